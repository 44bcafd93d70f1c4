"""The user's own editor."""
