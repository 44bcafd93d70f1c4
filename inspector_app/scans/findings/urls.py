"""URLs that are never reached, and names that lead to one of several."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from .context import Context
from .finding import INFO, WARNING, Finding, Place, Report, evidence, finding
from .own import OwnFiles
from .url_patterns import Url


def _urls(report: Report) -> list[Url]:
    return [Url(number, entry) for number, entry in enumerate(report["urls"]) if entry["view"]]


def _complete(report: Report) -> bool:
    """Only the resolver itself has every pattern, and all of them in the order it tries them."""
    section = report["sections"].get("urls")
    return section is not None and section["source"] == "runtime"


def shadowed(report: Report, _context: Context) -> Iterator[Finding]:
    """A pattern of the project that an earlier one takes every request from."""
    if not _complete(report):
        return
    own, urls = OwnFiles(report), _urls(report)
    # By the folder that a pattern begins with, as far as that is literal.
    wide: dict[str, list[Url]] = defaultdict(list)
    for url in urls:
        if url.literal is None:
            folder, slash, _ = url.start.partition("/")
            wide[folder if slash else ""].append(url)
    first: dict[str, Url] = {}
    for url in urls:
        path = url.literal
        if path is None:
            continue
        before = first.setdefault(path, url)
        if url.place[0] not in own:
            continue
        if before is url:
            near = (*wide[path.partition("/")[0]], *wide[""])
            takers = [one for one in near if one.takes(path, url.number)]
            before = min(takers, key=lambda one: one.number, default=url)
        if before is not url and before.view != url.view:
            yield finding(
                "url-never-reached",
                WARNING,
                f"{url.route} is never reached",
                proof=[
                    evidence(f"{url.route}, {url.short_view}", url.place),
                    evidence(f"{before.route}, {before.short_view}, comes first", before.place),
                ],
                why=f"{before.route} stands before it and takes the same path, so "
                f"{before.short_view} answers instead of {url.short_view}.",
                action="Put the more exact pattern first.",
                identifier="URL order",
                about=url.route,
            )


def colliding_names(report: Report, _context: Context) -> Iterator[Finding]:
    """One name, the same parameters, different views: ``reverse`` finds only the last."""
    own = OwnFiles(report)
    same: dict[tuple[str, object], list[Url]] = defaultdict(list)
    for url in _urls(report):
        if url.name and url.parameters is not None and not url.generated:
            same[url.name, url.parameters].append(url)
    for (name, _), urls in same.items():
        views = {url.view for url in urls}
        routes = {url.route for url in urls}
        if len(views) < 2 or len(routes) < 2 or not any(url.place[0] in own for url in urls):
            continue
        last = urls[-1]
        others = " and ".join(dict.fromkeys(url.route for url in urls[:-1]))
        yield finding(
            "url-name-collision",
            WARNING,
            f"The URL name {name} stands for {len(routes)} routes",
            proof=[evidence(f"{url.route}, {url.short_view}", url.place) for url in urls],
            why=f"reverse(“{name}”) and the url tag give {last.route}; links that mean {others} "
            "lead there too.",
            action="Rename one of them, or set app_name in the URLconf of its app.",
            identifier="URL names",
            about=name,
        )


def included_twice(report: Report, _context: Context) -> Iterator[Finding]:
    """One view under one name at several routes: its URLconf is included more than once.

    A view with two names has two routes on purpose, so that is no finding.
    """
    own = OwnFiles(report)
    same: dict[tuple[str, str, object], list[Url]] = defaultdict(list)
    for url in _urls(report):
        if url.name and url.parameters is not None and not url.generated and url.place[0] in own:
            same[url.name, url.view, url.parameters].append(url)
    twice: dict[tuple[Place, ...], list[list[Url]]] = defaultdict(list)
    for urls in same.values():
        if len({url.route.rstrip("/") for url in urls}) > 1 and len({u.place for u in urls}) == 1:
            twice[tuple(_includes(url) for url in urls)].append(urls)
    for found in twice.values():
        # A router that writes two of its own routes under one name includes nothing.
        if len({_way(url) for url in found[0]}) == 1:
            continue
        urls, number = found[0], len(found)
        routes = " and ".join(dict.fromkeys(url.route for url in urls))
        yield finding(
            "urlconf-included-twice",
            INFO,
            f"{urls[0].short_view} is reached at {routes}"
            + (f", and {number - 1} more in the same way" if number > 1 else ""),
            proof=[
                *(evidence(f"included for {url.route}", _includes(url)) for url in urls),
                evidence(f"{urls[0].name}, {urls[0].short_view}", urls[0].place),
            ],
            why=f"Its URLconf is included {len(urls)} times in one namespace, so reverse() only "
            f"gives {urls[-1].route}.",
            action="Give each include() a namespace of its own, or keep one of them.",
            identifier="URL names",
            about=urls[0].name,
        )


def _way(url: Url) -> tuple[str, ...]:
    """What the includes on the way to it put before its own route."""
    return tuple(part["text"] for part in url.parts[:-1])


def _includes(url: Url) -> Place:
    """Where the last include on the way to it stands."""
    places = [(part["file"], part["line"]) for part in url.parts[:-1] if part.get("file")]
    return places[-1] if places else url.place
