"""What deserves attention, worst first: each finding with its evidence, why, and what to do.

A rule works on the report, whichever way it was read, and says nothing of what it does not know.
One that is wrong about a real project is mended or removed.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

from . import (
    admin_lists,
    apps,
    checks,
    databases,
    disagreement,
    migration_graph,
    migrations,
    requirements,
    secrets,
    settings_values,
    support,
    urls,
)
from .context import Context
from .finding import RANK, Finding, Report

Rule = Callable[[Report, Context], Iterator[Finding]]

# Django's word comes first; what is as severe keeps this order.
RULES: tuple[Rule, ...] = (
    checks.trouble,
    checks.default,
    migrations.conflicts,
    migration_graph.broken,
    migrations.inconsistent,
    databases.unreachable,
    migrations.unapplied,
    migrations.missing,
    migrations.without,
    checks.deploy,
    secrets.written,
    settings_values.debug_on_a_server,
    settings_values.risks,
    settings_values.without_effect,
    settings_values.order_of_middleware,
    urls.shadowed,
    urls.colliding_names,
    admin_lists.one_query_each,
    apps.not_found,
    requirements.unmet,
    support.end_of_life,
    disagreement.models,
    admin_lists.unindexed_filters,
    urls.included_twice,
    apps.unreadable,
)

logger = logging.getLogger(__name__)


def find(report: Report, context: Context) -> list[Finding]:
    """The findings of a report that is complete but for them."""
    found = [finding for rule in RULES for finding in _tried(rule, report, context)]
    return sorted(found, key=lambda finding: RANK[finding["severity"]])


def _tried(rule: Rule, report: Report, context: Context) -> list[Finding]:
    """A report holds what a project made up; a rule that stumbles takes no other with it."""
    try:
        return list(rule(report, context))
    except (AttributeError, KeyError, IndexError, TypeError, ValueError):
        logger.exception("the rule %s.%s failed", rule.__module__, rule.__name__)
        return []
