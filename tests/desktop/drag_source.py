"""A GTK window to drag files from; run by the system's Python, which has GTK: FILE-URI…"""

from __future__ import annotations

import sys

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, Gtk  # noqa: E402 -- the version is chosen first

window = Gtk.Window(title="drag-source")
window.set_default_size(150, 100)
window.move(0, 0)
area = Gtk.EventBox()
area.add(Gtk.Label(label="drag me"))
window.add(area)
area.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, [], Gdk.DragAction.COPY)
area.drag_source_add_uri_targets()
area.connect("drag-data-get", lambda *given: given[2].set_uris(sys.argv[1:]))
window.connect("destroy", Gtk.main_quit)
window.show_all()
window.set_keep_above(True)
Gtk.main()
