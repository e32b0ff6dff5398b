"""No token and no words of a member reach the log, whoever logs them and at whatever level."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.logs import describe_error, log_error, redact, set_up_logging

TOKEN = "MTE4NzU2.Gx1z2Q.f00dfeed_-secretsecretsecret"  # noqa: S105 - of nobody
HOOK = "aW50ZXJhY3Rpb246MTIzNDU2Nzg5OnNlY3JldA"


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    """Leave logging as it was found."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level
    for name in ("bot", "corpus", "retrieval", "discord"):
        logging.getLogger(name).setLevel(logging.NOTSET)


@pytest.fixture
def written() -> io.StringIO:
    """Return what is logged, at the level that says most."""
    stream = io.StringIO()
    set_up_logging("debug", TOKEN, stream=stream)
    return stream


@pytest.mark.parametrize(
    "text",
    [
        f"POST https://discord.com/api/v10/interactions/11/{HOOK}/callback",
        f"https://discord.com/api/v10/webhooks/22/{HOOK}/messages/@original",
        f"http://127.0.0.1/api/webhooks/22/{HOOK}?wait=true",
        f"{{'id': '1', 'token': '{HOOK}', 'type': 2}}",
        f'{{"d": {{"token": "{HOOK}"}}}}',
        f"{{'Authorization': 'Bot {TOKEN}'}}",
        f"identify with {TOKEN}",
    ],
)
def test_tokens_are_taken_out(written: io.StringIO, text: str) -> None:
    logging.getLogger("bot").debug("%s", text)
    logging.getLogger("aiohttp.client").warning("%s", text)

    line = written.getvalue()
    assert line.count("[redacted]") == 2
    assert HOOK not in line
    assert TOKEN not in line


@given(st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=8), st.text())
def test_the_bots_token_is_found_in_any_text(token: str, around: str) -> None:
    told = around.replace(token, "")

    assert token not in redact(f"{told}{token}{told}{token}", token).replace("[redacted]", "")


def test_an_errors_words_are_not_logged(written: io.StringIO) -> None:
    """SQLAlchemy's errors name the values of a statement, and one of these is the question."""
    try:
        int("Who robbed the bank?")
    except ValueError as error:
        logging.getLogger("bot").exception("answer %d failed", 7)
        log_error(logging.getLogger("bot"), error, "answer %d failed", 8)

    text = written.getvalue()
    assert "robbed" not in text
    assert text.count("ValueError at test_logs.py:") == 2


def test_discords_library_never_logs_payloads(written: io.StringIO) -> None:
    logging.getLogger("discord.gateway").debug("everything that was said")
    logging.getLogger("discord.http").info("resumed")

    assert "everything" not in written.getvalue()
    assert "resumed" in written.getvalue()


def test_the_level_is_the_operators() -> None:
    stream = io.StringIO()
    set_up_logging("warning", TOKEN, stream=stream)
    logging.getLogger("bot.chat").info("quiet")
    logging.getLogger("discord").info("quiet")
    logging.getLogger("bot.chat").warning("loud")

    assert "quiet" not in stream.getvalue()
    assert "loud" in stream.getvalue()


def test_an_error_that_was_never_raised_has_no_place() -> None:
    assert describe_error(KeyError("x")) == "KeyError at an unknown place"
