"""Measures, never asserts: ``make bench`` prints a table and writes build/bench.json."""

from __future__ import annotations
