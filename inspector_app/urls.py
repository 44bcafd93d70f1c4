from __future__ import annotations

from django.urls import path

from .later import view

app_name = "inspector"

urlpatterns = [
    path("", view("home.home"), name="home"),
    path("w/<slug:slug>/", view("overview.overview"), name="overview"),
    path("w/<slug:slug>/migrations/", view("migrations_page.migrations"), name="migrations"),
    path("w/<slug:slug>/urls/", view("urls_page.urls"), name="urls"),
    path("w/<slug:slug>/urls/rest/", view("urls_page.url_rest"), name="url-rest"),
    path("w/<slug:slug>/urls/detail/", view("urls_page.url_detail"), name="url-detail"),
    path("w/<slug:slug>/urls/answer/", view("urls_page.url_answer"), name="url-answer"),
    path("w/<slug:slug>/settings/", view("settings_page.settings"), name="settings"),
    path("w/<slug:slug>/settings/compare/", view("settings_page.compare"), name="compare-settings"),
    path("w/<slug:slug>/checks/", view("checks_page.checks"), name="checks"),
    path("w/<slug:slug>/commands/", view("commands.commands"), name="commands"),
    path("w/<slug:slug>/runs/", view("runs.runs"), name="runs"),
    path("w/<slug:slug>/runs/<int:number>/", view("runs.run"), name="run"),
    path("w/<slug:slug>/runs/<int:number>/compare/", view("compare.compare"), name="compare"),
    path("w/<slug:slug>/interpreter/", view("interpreter.why"), name="interpreter"),
    path("w/<slug:slug>/export.ipynb", view("exports.notebook"), name="export-notebook"),
    path("tiers/", view("proven.proven"), name="tiers"),
    path("api/workspaces/", view("api_workspaces.collection")),
    path("api/workspaces/<slug:slug>/status/", view("api_workspaces.status")),
    path("api/workspaces/<slug:slug>/trust/", view("api_workspaces.trust")),
    path("api/workspaces/<slug:slug>/scan/", view("api_workspaces.scan")),
    path("api/workspaces/<slug:slug>/remove/", view("api_workspaces.remove")),
    path("api/workspaces/<slug:slug>/presets/", view("api_commands.presets")),
    path("api/workspaces/<slug:slug>/command-line/", view("api_commands.line")),
    path("api/workspaces/<slug:slug>/consents/", view("api_commands.consents")),
    path("api/sample/", view("api_workspaces.sample")),
    path("api/task-runs/", view("api_runs.create")),
    path("api/task-runs/<int:run_id>/", view("api_runs.detail")),
    path("api/task-runs/<int:run_id>/cancel/", view("api_runs.cancel")),
    path("api/task-runs/<int:run_id>/keep/", view("api_runs.keep")),
    path("api/task-runs/<int:run_id>/edit/", view("api_host.edit")),
    path("api/task-runs/<int:run_id>/log/", view("api_log.lines")),
    path("api/task-runs/<int:run_id>/log/find/", view("api_log.find")),
    path("api/task-runs/<int:run_id>/log/matches/", view("api_log.matches")),
    path("api/task-runs/<int:run_id>/log/marks/", view("api_log.marks")),
    path("api/task-runs/<int:run_id>/stdout/", view("api_log.stdout"), name="run-stdout"),
    path("api/task-runs/<int:run_id>/log.txt/", view("api_log.text"), name="run-log"),
    path("api/host/pick-folder/", view("api_host.pick_folder")),
    path("api/preferences/", view("api_preferences.preferences")),
    path("events/", view("stream.events")),
]
