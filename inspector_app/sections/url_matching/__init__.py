"""Which view answers a path, found by the project's own patterns."""
