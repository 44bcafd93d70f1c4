"""The addresses of the whole process; the pages themselves belong to inspector_app."""

from __future__ import annotations

from django.urls import include, path, re_path

from backend import access, documentation

urlpatterns = [
    path("enter/<str:token>/", access.enter),
    re_path(r"^docs/(?P<path>.*)$", documentation.docs, name="docs"),
    path("", include("inspector_app.urls")),
]

handler400 = "inspector_app.views.failures.bad_request"
handler403 = "inspector_app.views.failures.forbidden"
handler404 = "inspector_app.views.failures.not_found"
handler500 = "inspector_app.views.failures.server_error"
