from __future__ import annotations

from django.urls import path

from .views import (
    api_commands,
    api_host,
    api_log,
    api_preferences,
    api_rehearsal,
    api_runs,
    api_workspaces,
    exports,
    stream,
)
from .views.commands import commands
from .views.compare import compare
from .views.home import home
from .views.interpreter import why
from .views.overview import overview
from .views.proven import proven
from .views.rehearsal import diff
from .views.runs import run, runs

app_name = "inspector"

urlpatterns = [
    path("", home, name="home"),
    path("w/<slug:slug>/", overview, name="overview"),
    path("w/<slug:slug>/commands/", commands, name="commands"),
    path("w/<slug:slug>/runs/", runs, name="runs"),
    path("w/<slug:slug>/runs/<int:number>/", run, name="run"),
    path("w/<slug:slug>/runs/<int:number>/compare/", compare, name="compare"),
    path("w/<slug:slug>/runs/<int:number>/diff/<int:file>/", diff, name="run-diff"),
    path("w/<slug:slug>/interpreter/", why, name="interpreter"),
    path("w/<slug:slug>/export.ipynb", exports.notebook, name="export-notebook"),
    path("tiers/", proven, name="tiers"),
    path("api/workspaces/", api_workspaces.collection),
    path("api/workspaces/<slug:slug>/status/", api_workspaces.status),
    path("api/workspaces/<slug:slug>/trust/", api_workspaces.trust),
    path("api/workspaces/<slug:slug>/scan/", api_workspaces.scan),
    path("api/workspaces/<slug:slug>/remove/", api_workspaces.remove),
    path("api/workspaces/<slug:slug>/presets/", api_commands.presets),
    path("api/workspaces/<slug:slug>/command-line/", api_commands.line),
    path("api/workspaces/<slug:slug>/consents/", api_commands.consents),
    path("api/sample/", api_workspaces.sample),
    path("api/task-runs/", api_runs.create),
    path("api/task-runs/<int:run_id>/", api_runs.detail),
    path("api/task-runs/<int:run_id>/cancel/", api_runs.cancel),
    path("api/task-runs/<int:run_id>/keep/", api_runs.keep),
    path("api/task-runs/<int:run_id>/edit/", api_host.edit),
    path("api/task-runs/<int:run_id>/log/", api_log.lines),
    path("api/task-runs/<int:run_id>/log/find/", api_log.find),
    path("api/task-runs/<int:run_id>/log/matches/", api_log.matches),
    path("api/task-runs/<int:run_id>/log/marks/", api_log.marks),
    path("api/task-runs/<int:run_id>/stdout/", api_log.stdout, name="run-stdout"),
    path("api/task-runs/<int:run_id>/log.txt/", api_log.text, name="run-log"),
    path("api/task-runs/<int:run_id>/rehearsal/", api_rehearsal.facts),
    path("api/task-runs/<int:run_id>/patch/", api_rehearsal.patch, name="run-patch"),
    path("api/host/pick-folder/", api_host.pick_folder),
    path("api/preferences/", api_preferences.preferences),
    path("events/", stream.events),
]
