"""What a value looks like: a secret, or something that anybody may read."""

from __future__ import annotations

import re

# Shorter values are ordinary words too often to be replaced wherever they stand.
LEAST = 8
# From here on a value of letters alone counts: nobody has such a word by chance.
LEAST_OF_LETTERS = 16
# Fewer different characters are a placeholder like "xxxxxxxx".
LEAST_DIFFERENT = 5

_PUBLIC = re.compile(
    r"""
      [a-z_][a-z0-9_]{0,39} (?: \.[A-Za-z_]\w{0,39} )+ (?: :\w+ )?  # an import path
    | \.{0,2} (?: / [\w.~<>:%*-]* )+                                # a path, a route
    | [\w-]{1,40} (?: / [\w.-]{1,40} )+ (?: /|\.\w{1,5} )           # a relative one
    | [a-z][a-z0-9+.-]* :// [^\s@?]* (?: \?[^\s@=]* )?              # an address without credentials
    | (?: [a-z0-9-]{1,63} \. )+ [a-z]{2,10} (?: :\d+ )?             # a host
    | [\w.+-]+ @ (?: [a-z0-9-]+ \. )+ [a-z]{2,10}                   # a mail address
    | [A-Z]+ (?: _[A-Z0-9]+ )+                                      # the name of a variable
    | [\d\s.,:;+*/-]+                                               # a number, a date, a crontab
    | \d+/\d* (?: [smhd]|sec(ond)?|min(ute)?|hour|day|month|year ) (?: /(?:ip|user|key) )?
      (?: ,\d+/\d* [smhd] (?: /(?:ip|user|key) )? )*                # how often something may be
    """,
    re.VERBOSE | re.ASCII,
)
_LETTERS = re.compile(r"[a-z]+|[A-Z][a-z]*", re.ASCII)
_WORDS = re.compile(r"[^\W\d_]+(?:[ _.,:;/-]+[^\W\d_]+)*[.!?…]?")


def looks_public(value: str) -> bool:
    """Whether ``value`` is a path, an address, a number or a name rather than a secret."""
    return bool(_PUBLIC.fullmatch(value)) and not _long_and_mixed(value)


def looks_secret(value: str) -> bool:
    """Whether ``value`` is so particular that no ordinary text holds it."""
    if len(value) < LEAST or len(set(value)) < LEAST_DIFFERENT or looks_public(value):
        return False
    if len(value) >= LEAST_OF_LETTERS and not _is_prose(value):
        return True
    return not _WORDS.fullmatch(value) or _is_mixed_case(value)


def _is_prose(value: str) -> bool:
    """Words with spaces between them; a passphrase has more than four."""
    return " " in value and len(value.split()) <= 4 and bool(_WORDS.fullmatch(value))


def _is_mixed_case(value: str) -> bool:
    """Capitals within a word, as random letters have them and CamelCase has not."""
    return value.isalpha() and len(_LETTERS.findall(value)) > len(value) / 3


def _long_and_mixed(value: str) -> bool:
    """A part that is random letters and digits, as in a token that looks like an import path."""
    return any(
        len(part) >= LEAST_OF_LETTERS and sum(char.isdigit() for char in part) >= 3
        for part in re.split(r"[/.:_-]", value)
    )
