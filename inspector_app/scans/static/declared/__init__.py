"""What code of the project declares outside models and URLs: admins, receivers, commands, tasks."""

from __future__ import annotations
