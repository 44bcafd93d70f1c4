"""Ids of Django's system checks."""

from __future__ import annotations

import re

from django import template

register = template.Library()

_ID = re.compile(r"\w+(?:\.\w+)*\.[CEWID]\d+\Z")


@register.filter
def is_check(identifier: str) -> bool:
    """Whether a finding's id is that of a check, which the page of checks lists."""
    return _ID.match(identifier) is not None
