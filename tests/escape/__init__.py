"""Attempts to break out of every tier, as root and as an ordinary user, and how they end.

``python -m tests.escape`` runs them all and writes ``docs/escape-table.md``.
"""
