"""A known value is found however ordinary programs write it down, in whatever reads it arrives."""

from __future__ import annotations

import html
import json
import shlex
from collections.abc import Callable
from urllib.parse import quote, quote_plus

import pytest

from inspector_app.redaction.redactor import Redactor
from inspector_app.redaction.secret import Secret

VALUES = [
    "Zq3-plain-text-0001",
    "Zq5/of'the\"database+22 2=",
    "C:\\Zq\\new\\t4bZ9",
    "Grün-Zq7-käse-12345",
    "line1-Zq8abc\nline2-Zq9def\nend-12345",
]


def small_escapes(value: str) -> str:
    """As JavaScript's and other programs' may be."""
    pieces = quote(value, safe="").split("%")
    return "%".join([pieces[0], *(piece[:2].lower() + piece[2:] for piece in pieces[1:])])


SPELLINGS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "repr": repr,
    "ascii": ascii,
    "bytes": lambda value: repr(value.encode()),
    "repr of a repr": lambda value: repr(repr(value)),
    "JSON": json.dumps,
    "JSON with all letters": lambda value: json.dumps(value, ensure_ascii=False),
    "JSON in JSON": lambda value: json.dumps(json.dumps(value)),
    "repr in JSON": lambda value: json.dumps(repr(value)),
    "address": lambda value: quote(value, safe=""),
    "path of an address": quote,
    "form": quote_plus,
    "address with small escapes": small_escapes,
    "shell": shlex.quote,
}


@pytest.mark.parametrize("spell", SPELLINGS.values(), ids=SPELLINGS)
@pytest.mark.parametrize("value", VALUES)
def test_a_value_is_found(value: str, spell: Callable[[str], str]) -> None:
    redactor = Redactor([Secret("SHOP", value)])
    text = f"here {spell(value)} there"
    stream = redactor.stream()
    data = text.encode()
    cut = len(data) // 2
    in_two_reads = stream.feed(data[:cut]) + stream.feed(data[cut:]) + stream.flush()

    for found in (redactor.text(text), in_two_reads.decode()):
        assert "[redacted: SHOP]" in found
        assert not [letters for letters in ("Zq", "12345", "2=", "bZ9") if letters in found]


def test_a_value_is_found_in_html() -> None:
    redactor = Redactor([Secret("SHOP", VALUES[1])])

    assert redactor.text(html.escape(VALUES[1])) == "[redacted: SHOP]"
