"""Sphinx settings. The result is served by DJDesk under its own strict CSP, and works offline."""

from __future__ import annotations

project = "DJDesk"
project_copyright = "2026, the DJDesk authors"
version = release = "0.1.0"

extensions = ["myst_parser"]
myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3
exclude_patterns = ["images/README*"]

html_theme = "djdesk"
html_theme_path = ["."]
html_title = "DJDesk"
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_static_path: list[str] = []
html_domain_indices = False
html_use_index = False
