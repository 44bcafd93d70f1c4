from __future__ import annotations

import itertools
import random
import time
from collections.abc import Iterable

import pytest

from inspector_app.redaction import stream
from inspector_app.redaction.marks import MARK
from inspector_app.redaction.redactor import Redactor
from inspector_app.redaction.secret import Secret
from tests.redaction.secrets import KNOWN, REDACTED, TEXT

DATA = TEXT.encode()


def passed(parts: Iterable[bytes]) -> bytes:
    filter_ = Redactor(KNOWN).stream()
    return b"".join([*map(filter_.feed, parts), filter_.flush()])


def test_a_stream_and_a_whole_text_are_redacted_alike() -> None:
    redactor = Redactor(KNOWN)

    assert redactor.text(TEXT).splitlines() == REDACTED.splitlines()
    assert passed([DATA]).decode() == REDACTED
    assert redactor.count == REDACTED.count(MARK.decode())


@pytest.mark.parametrize("start", range(0, len(DATA), 200))
def test_a_secret_is_found_whatever_read_it_is_cut_by(start: int) -> None:
    expected = REDACTED.encode()
    for cut in range(start, min(start + 200, len(DATA))):
        assert passed([DATA[:cut], DATA[cut:]]) == expected, DATA[max(cut - 40, 0) : cut + 40]


def test_a_secret_is_found_byte_by_byte() -> None:
    assert passed(bytes([byte]) for byte in DATA) == REDACTED.encode()


@pytest.mark.parametrize("seed", range(20))
def test_a_secret_is_found_in_reads_of_any_size(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 -- no secret depends on it
    for _ in range(20):
        cuts = [0, *sorted(chance.sample(range(len(DATA)), 30)), len(DATA)]
        parts = [DATA[a:b] for a, b in itertools.pairwise(cuts)]
        assert passed(parts) == REDACTED.encode(), cuts


@pytest.mark.parametrize("seed", range(10))
def test_bytes_without_a_secret_pass_exactly(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    noise = bytes(chance.choices(b"\x00\xff\xc3\r\n\x1b[0m =:'\"\\/@abkeyKEY_-.0", k=3000))
    filter_ = Redactor().stream()
    at, result = 0, b""
    while at < len(noise):
        size = chance.randint(1, 200)
        result += filter_.feed(noise[at : at + size])
        at += size
    result += filter_.flush()

    assert MARK in result or result == noise


@pytest.mark.parametrize(
    ("begun", "shown"),
    [
        (b"Applying orders.0001_initial...", b"Applying orders.0001_initial..."),
        (b"10 %\r20 %", b"10 %\r20 %"),
        (b"Starting development server at http://127.0.0.1:8000/", None),
        (b"Password: ", None),
        (b"SECRET_KEY = 'abc", b"SECRET_KEY = '"),
        (b"db is postgres://shop:pw", b"db is postgres://shop:"),
        (b"it is Xy7-Known-Val", b"it is "),
        (b"it is Xy7-Known-Vay", None),
    ],
)
def test_of_an_unfinished_line_only_what_may_be_a_secret_waits(
    begun: bytes, shown: bytes | None
) -> None:
    assert Redactor(KNOWN).stream().feed(begun) == (begun if shown is None else shown)


def test_a_secret_that_is_broken_off_by_the_end_is_not_shown_in_part() -> None:
    assert passed([b"it is Xy7-Known-Val"]) == b"it is [redacted: STRIPE_SECRET]"
    assert passed([b"SECRET_KEY = 'abc"]) == b"SECRET_KEY = '[redacted: SECRET_KEY]"


def test_what_only_began_like_a_secret_is_shown_at_the_end() -> None:
    assert passed([b"it is Xy7"]) == b"it is Xy7"
    assert passed([b"see http://localhost:8000"]) == b"see http://localhost:8000"


def test_a_value_longer_than_what_may_be_held_is_left_out_whole() -> None:
    filter_ = Redactor().stream()
    held, result = 0, filter_.feed(b"SECRET_KEY = '")
    for _ in range(50):
        result += filter_.feed(b"y" * 1000)
        held = max(held, len(filter_._text) - filter_._passed)
    result += filter_.feed(b"'\nDEBUG = True\n") + filter_.flush()

    assert result == b"SECRET_KEY = '[redacted: SECRET_KEY]'\nDEBUG = True\n"
    assert held <= stream.HELD


def test_a_line_without_an_end_is_not_kept() -> None:
    filter_ = Redactor(KNOWN).stream()
    for _ in range(100):
        assert filter_.feed(b"{'name': 'x'}, " * 1000)

    assert len(filter_._text) <= stream.CONTEXT + stream.HELD


def test_a_value_far_into_a_long_line_is_found() -> None:
    filter_ = Redactor().stream()
    result = filter_.feed(b"[" + b'{"pk": 1}, ' * 100_000 + b'{"password": ')
    result += filter_.feed(b'"s3cr') + filter_.feed(b'3t"}]\n')

    assert result.endswith(b'{"password": "[redacted: password]"}]\n')


@pytest.mark.parametrize(
    "piece",
    [
        b"key",
        b"API_KEY=[",
        b"KEY={'a':",
        b"cookie: ",
        b"token=",
        b"api_key='\\'",
        b"auth=a_a_",
        b"'pass':\\'",
        b"://a:",
        b"://a:b@",
        b"a://b:c/d",
        b"-----BEGIN PRIVATE KEY-----",
        b"-----BEGIN A ",
        b"eyJ-",
        b"sk_live_",
        b"django-insecure-",
        b"SECRET_KEY = 'a'\n    'b'\n",
        b"SECRET_KEY = ",
        b"\\",
        b"Xy7-Known-",
        b"a_",
    ],
)
def test_no_text_keeps_the_engine_busy_for_long(piece: bytes) -> None:
    """A project chooses what it prints, so nothing may take quadratic time."""
    text = b"auth=" + piece * (500_000 // len(piece))
    started = time.monotonic()
    for parts in ([text], [text + b"1", b"\n"]):
        passed(parts)

    # Quadratic time would be minutes.
    assert time.monotonic() - started < 60


def test_the_end_of_a_word_does_not_wait_for_a_token_that_it_could_begin() -> None:
    stream = Redactor().stream()

    assert stream.feed(b"Applying") + stream.settle() == b"Applying"
    assert stream.feed(b"hp_" + b"a" * 36 + b"\n") == b"hp_" + b"a" * 36 + b"\n"


def test_a_known_secret_waits_for_its_end() -> None:
    stream = Redactor([Secret("SECRET_KEY", "gate-Xy7-Known-9")]).stream()

    assert stream.feed(b"sing g") + stream.settle() == b"sing "


def test_a_token_that_paused_in_its_beginning_is_replaced() -> None:
    stream = Redactor().stream()
    shown = stream.feed(b"is g") + stream.settle() + stream.feed(b"hp_" + b"a" * 36 + b"\n")

    assert b"aaa" not in shown
    assert b"[redacted: GitHub token]" in shown
