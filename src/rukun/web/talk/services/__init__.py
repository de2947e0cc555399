"""What people and the room itself do with talk: permission, change, ledger entry."""
