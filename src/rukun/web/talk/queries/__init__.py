"""What the pages of talk read; everything starts from the person."""
