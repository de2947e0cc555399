"""What the pages of talk show, put together from what ``queries`` read: plain values, no HTML."""
