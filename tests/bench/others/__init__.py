"""Scripts for other tools, run in an environment of their own; only ``gauge`` is imported here."""
