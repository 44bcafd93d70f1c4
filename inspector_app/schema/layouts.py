"""Where the user has put boxes, kept for each view of a workspace's models."""

from __future__ import annotations

import time
from typing import Any

from inspector_app.errors import Problem
from inspector_app.models import Preference, Workspace

KEPT = 200
BOXES_MOST = 5_000
FAR = 1_000_000
ID_MOST = 400


def prefix(workspace_id: int) -> str:
    return f"layout:{workspace_id}:"


def moved(workspace: Workspace, key: str) -> dict[str, list[int]]:
    """The places of the boxes that were moved by hand; all others are laid out."""
    found = Preference.objects.filter(pk=prefix(workspace.pk) + key).first()
    places: dict[str, list[int]] = found.value["moved"] if found is not None else {}
    return places


def keep(workspace: Workspace, key: Any, places: Any) -> None:
    """Remember ``places``; none forgets the view. Of each workspace, the last 200 views are kept.

    Raises:
        Problem: ``invalid_parameter`` for what is no key or no places.
    """
    if not isinstance(key, str) or not (len(key) == 16 and key.isascii() and key.isalnum()):
        raise Problem("invalid_parameter", "key is that of a drawing.", field="key")
    if not _are_places(places):
        raise Problem(
            "invalid_parameter", "moved holds a pair of numbers for each box.", field="moved"
        )
    name = prefix(workspace.pk) + key
    if not places:
        Preference.objects.filter(pk=name).delete()
        return
    value = {"at": time.time(), "moved": places}
    Preference.objects.update_or_create(key=name, defaults={"value": value})
    own = Preference.objects.filter(key__startswith=prefix(workspace.pk))
    newest = own.order_by("-value__at").values_list("pk", flat=True)[:KEPT]
    own.exclude(pk__in=list(newest)).delete()


def forget(workspace_id: int) -> None:
    Preference.objects.filter(key__startswith=prefix(workspace_id)).delete()


def _are_places(places: Any) -> bool:
    return (
        isinstance(places, dict)
        and len(places) <= BOXES_MOST
        and all(
            len(name) <= ID_MOST
            and isinstance(place, list)
            and len(place) == 2
            and all(type(one) is int and -FAR < one < FAR for one in place)
            for name, place in places.items()
        )
    )
