"""The core of the room: people, permissions, the ledger, the look of every page."""
