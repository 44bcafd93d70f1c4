"""Saying that a run changed: to the page, the tray and whoever else listens."""

from __future__ import annotations

import logging
import threading

from inspector_app.events import bus
from inspector_app.models import WorkspaceTaskRun

# Reentrant, because a listener on this thread may stop a run in its turn.
_one_at_a_time = threading.RLock()

logger = logging.getLogger(__name__)


def announce(run_id: int) -> None:
    """Publish the run and the counts as the database has them now.

    Whatever goes wrong with that costs the event, never the run it speaks of.
    """
    if bus.unheard:
        return
    # Not loaded by a command line, to which nobody listens.
    from . import activity
    from .serialize import run_json

    try:
        # Read and said in one go: an older state never comes behind a newer one.
        with _one_at_a_time:
            run = WorkspaceTaskRun.objects.select_related("workspace").filter(pk=run_id).first()
            if run is not None:
                bus.publish("run", run_json(run))
            activity.publish()
    except Exception:
        logger.exception("run %d changed, but that could not be said", run_id)
