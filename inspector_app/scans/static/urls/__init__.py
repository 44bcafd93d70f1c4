"""The URLs of a project as its URLconfs write them, read without importing one."""

from __future__ import annotations
