"""What templates need beyond Django: icons, exact command lines, sizes and durations.

Django imports all such modules before the first page: what few pages need is imported later.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from inspector_app import assets
from inspector_app import help as help_pages
from inspector_app.escapes import DIRECTION, ESCAPE
from inspector_app.icons import markup
from inspector_app.models import Workspace, WorkspaceTaskRun
from inspector_app.shortcuts import commands

register = template.Library()

Status = WorkspaceTaskRun.Status

_JOINT = re.compile(r"(?<=\w[./_])(?=\w)")


@register.simple_tag
def icon(name: str, css: str = "i") -> SafeString:
    """An inline Lucide icon, silent for screen readers; ``name`` must be in the registry."""
    return SafeString(markup(name, css))


@register.simple_tag(takes_context=True)
def place(context: template.Context, file: str, line: int | None = None) -> SafeString:
    """A place in the source, ``models.py:12``, which opens in the user's editor or is copied."""
    editor = context["editor"]() if "editor" in context else ""
    return format_html(
        '<button class="loc" type="button" data-action="place" data-path="{}" data-line="{}"'
        ' title="{}">{}{}</button>',
        file,
        line or "",
        f"Open in {editor} (Shift: copy)" if editor else "Copy",
        file,
        f":{line}" if line else "",
    )


@register.simple_tag
def docs_link(topic: str) -> SafeString:
    """A link into the bundled documentation, for a topic of :mod:`inspector_app.help`."""
    title, _ = help_pages.TOPICS[topic]
    words = '<a class="link" href="{}">Read more<span class="vh"> on: {}</span></a>'
    return format_html(words, help_pages.of_topic(topic), title)


@register.simple_tag
def keys(name: str) -> str:
    """The key of a command of the registry, as a tooltip shows it."""
    return commands()[name].shown[0]


@register.simple_tag
def stylesheet() -> str:
    """The address of all style sheets in one."""
    return static(assets.STYLESHEET)


@register.simple_tag
def module_preloads(entry: str = assets.MAIN_MODULE) -> SafeString:
    """Links that let the page fetch all modules of a script at once."""
    return format_html_join(
        "\n",
        '<link rel="modulepreload" href="{}">',
        ((static(name),) for name in assets.modules(entry)),
    )


@register.filter
def command(run: WorkspaceTaskRun) -> list[str]:
    """The whole command line of a run, for people."""
    from inspector_app.commands.argv import display

    return display(run.argv, run.workspace)


@register.filter
def short_command(run: WorkspaceTaskRun) -> str:
    """The same from the command's name on, without what every command is given."""
    from inspector_app.commands.argv import from_command

    return " ".join(part for part in from_command(run.argv, run.workspace) if part != "--no-color")


@register.filter
def state(run: WorkspaceTaskRun) -> str:
    """How a run ended or where it is, in a few words."""
    if run.exit_code is not None and run.status in (Status.SUCCEEDED, Status.FAILED):
        rehearsed = "rehearsed, " if run.rehearsal is not None else ""
        return f"{rehearsed}exit {run.exit_code}"
    return str(run.status).replace("_", " ")


@register.filter
def dot(run: WorkspaceTaskRun) -> SafeString:
    """The same as a dot; it always stands beside the word."""
    if run.active:
        tone = "run"
    elif run.status == Status.SUCCEEDED:
        tone = "ok"
    elif run.status == Status.CANCELLED:
        tone = "hollow"
    else:
        tone = "warn" if _answered(run) else "err"
    return format_html('<span class="dot {}"></span>', tone)


@register.filter
def tone(run: WorkspaceTaskRun) -> str:
    """The class for that word."""
    if run.active or run.status in (Status.SUCCEEDED, Status.CANCELLED):
        return "mid"
    return "t-warn" if _answered(run) else "t-err"


def _answered(run: WorkspaceTaskRun) -> bool:
    """Whether the command came to its own end: a check that finds errors exits with 1."""
    return run.status == Status.FAILED and run.exit_code is not None


@register.filter
def changes(changed: int | None) -> str:
    """What the comparison showed, in words."""
    return "not compared" if changed is None else f"{amount(changed, 'file')} changed"


@register.filter
def arguments(argv: Iterable[str]) -> SafeString:
    """A command line, one element for each argument, so that it wraps only between them."""
    return format_html_join(" ", "<span>{}</span>", ((part,) for part in argv))


@register.filter
def joints(name: str) -> SafeString:
    """A name that may wrap after a dot, a slash or an underscore, ahead of anywhere else."""
    return format_html_join(SafeString("<wbr>"), "{}", ((part,) for part in _JOINT.split(name)))


@register.filter
def last_name(dotted: str) -> str:
    """What a dotted name ends with, such as that of a class."""
    return dotted.rpartition(".")[2]


@register.filter
def after(text: str, start: str) -> str:
    """``text`` without what it begins with and what stands before it."""
    return text.removeprefix(start).lstrip()


@register.filter
def seconds(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.2f}\N{NO-BREAK SPACE}s" if value < 10 else f"{value:,.1f}\N{NO-BREAK SPACE}s"


@register.filter
def memory(value: int | None) -> str:
    return "" if value is None else f"{value / 1_000_000:,.0f} MB"


@register.filter
def thousands(value: int | None) -> str:
    return "" if value is None else f"{value:,}"


@register.filter
def of(mapping: Mapping[object, object], key: object) -> object:
    """What ``mapping`` has for ``key``, or None."""
    return mapping.get(key)


@register.filter
def plain(text: str) -> str:
    """A line of output without its colours."""
    return in_order(ESCAPE.sub("", text))


@register.filter
def in_order(text: str) -> str:
    """A text that is read in the order in which it is written; what would turn it is seen."""
    return DIRECTION.sub("\N{REPLACEMENT CHARACTER}", text)


@register.filter
def amount(value: int, noun: str) -> str:
    """``3 files``, ``1 file``."""
    return f"{value:,} {noun}" if value == 1 else f"{value:,} {noun}s"


@register.filter
def home_path(value: str) -> str:
    """A path with the home folder as ``~``."""
    home = str(Path.home())
    return f"~{value.removeprefix(home)}" if value.startswith(f"{home}/") else value


@register.filter
def inside(value: str, root: str) -> str:
    """A path relative to the project's folder where it lies in there."""
    prefix = root.rstrip("/") + "/"
    return value.removeprefix(prefix) if value.startswith(prefix) else home_path(value)


@register.filter
def environment(workspace: Workspace) -> str:
    """What its interpreter is known by: the folder of an environment, else where it was found."""
    if workspace.bundled:
        return "DJDesk's own"
    if workspace.interpreter_source in ("project", "around"):
        return Path(workspace.interpreter).parent.parent.name
    return workspace.interpreter_source


@register.filter
def initials(name: str) -> str:
    """Two letters for the project's mark."""
    words = [word for word in name.replace("-", " ").replace("_", " ").split() if word]
    letters = "".join(word[0] for word in words[:2]) if len(words) > 1 else name[:2]
    return letters.upper()


@register.simple_tag
def ago(moment: datetime | None) -> SafeString | str:
    """A time that the page keeps up to date in words."""
    if moment is None:
        return ""
    return format_html(
        '<rel-time datetime="{}">{}</rel-time>',
        moment.isoformat(),
        moment.strftime("%Y-%m-%d %H:%M UTC"),
    )
