"""Python's own command line, as far as a stand-in follows it."""

from __future__ import annotations

from dataclasses import dataclass, field

USAGE = "usage: djdesk-sidecar python [option …] [-m MODULE | -c CODE | SCRIPT | -] [argument …]\n"

_SIMPLE = frozenset("BEIOPSVbdiqsuvx")
_WITH_VALUE = frozenset("WX")
_KINDS = {"m": "module", "c": "code"}


@dataclass
class Options:
    """What to run: ``kind`` is module, code, stdin or file, ``what`` its name or text."""

    kind: str = "file"
    what: str = ""
    argv: list[str] = field(default_factory=list)
    version: bool = False
    unbuffered: bool = False
    isolated: bool = False


def parse(arguments: list[str]) -> Options:
    """Read the options up to what is to be run; the rest is its own.

    Raises:
        ValueError: with a sentence.
    """
    options = Options()
    rest = list(arguments)
    while rest:
        word = rest.pop(0)
        if word == "-" or not word.startswith("-"):
            options.kind = "stdin" if word == "-" else "file"
            options.what, options.argv = word, [word, *rest]
            return options
        if word == "--version":
            options.version = True
        elif word.startswith("--"):
            raise ValueError(f"unknown option {word}")
        elif _letters(word[1:], rest, options):
            return options
        if options.version:
            return options
    raise ValueError("nothing to run")


def _letters(letters: str, rest: list[str], options: Options) -> bool:
    """Follow a group of short options; true when it named what to run."""
    for at, letter in enumerate(letters):
        behind = letters[at + 1 :]
        if letter in _WITH_VALUE:
            if not behind and rest:
                rest.pop(0)
            return False
        if letter in _KINDS:
            if not behind and not rest:
                raise ValueError(f"argument expected for the -{letter} option")
            options.kind = _KINDS[letter]
            options.what = behind or rest.pop(0)
            options.argv = [f"-{letter}", *rest]
            return True
        if letter not in _SIMPLE:
            raise ValueError(f"unknown option -{letter}")
        options.version |= letter == "V"
        options.unbuffered |= letter == "u"
        options.isolated |= letter in "IP"
    return False
