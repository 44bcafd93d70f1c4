"""Rehearsals: what a command would have changed."""
