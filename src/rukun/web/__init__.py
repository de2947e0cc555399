"""The Django site: the room itself."""
