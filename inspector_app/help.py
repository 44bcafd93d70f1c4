"""Where the bundled documentation speaks of what a page shows."""

from __future__ import annotations

DOCS = "/docs/"

# By the name of the page's address. A test holds every page and every anchor to this.
PAGES = {
    "home": "guide.html#open-a-project",
    "overview": "guide.html#before-you-trust-it",
    "scans": "guide.html#scans",
    "scan": "guide.html#scans",
    "compare-scans": "guide.html#scans",
    "models": "guide.html#see-its-models",
    "migrations": "guide.html#migrations",
    "urls": "guide.html#urls",
    "settings": "guide.html#settings",
    "compare-settings": "guide.html#settings",
    "checks": "guide.html#checks",
    "commands": "guide.html#run-a-command",
    "runs": "guide.html#run-a-command",
    "run": "guide.html#read-its-output",
    "compare": "guide.html#read-its-output",
    "exports": "guide.html#take-it-with-you",
    "preferences": "guide.html#preferences",
}

# What a page links to by a word, and the palette lists, with the title it is listed under.
TOPICS = {
    "guide": ("User guide", "guide.html"),
    "scans": ("Scans, and what changed", "guide.html#scans"),
    "findings": ("Findings", "guide.html#findings"),
    "models": ("Models and diagrams", "guide.html#see-its-models"),
    "interpreter": ("Project setup: interpreter, settings, env files", "guide.html#project-setup"),
    "trust": ("Trust", "guide.html#trust"),
    "output": ("Read the output of a run", "guide.html#read-its-output"),
    "limits": ("What is kept", "guide.html#what-is-kept"),
    "export": ("Take it with you", "guide.html#take-it-with-you"),
    "editor": ("Your editor", "guide.html#your-editor"),
    "keys": ("Keys", "guide.html#keys"),
    "presets": ("The commands", "commands.html"),
    "own-commands": ("Commands of a project's own", "commands.html#commands-of-a-project-s-own"),
    "tiers": ("Tiers of the sandbox", "safety.html#tiers"),
    "safety": ("What is promised, and what is not", "safety.html"),
    "terminal": ("From a terminal", "command-line.html"),
    "trouble": ("When something is wrong", "troubleshooting.html"),
}


def of_page(view_name: str) -> str:
    """The address of the documentation of a page; the first page of it for one that has none."""
    return DOCS + PAGES.get(view_name.rpartition(":")[2], "")


def of_topic(name: str) -> str:
    return DOCS + TOPICS[name][1]
