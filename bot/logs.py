"""What is logged, and that no token can be: on standard error, one line a record.

Records of Quoth's own hold counts and ids only. Those of other libraries can hold more, so
discord.py never speaks below its level INFO, where it logs whole payloads, and every line is
searched for tokens as it leaves.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from typing import Any, TextIO

OWN = ("bot", "corpus", "retrieval")
REDACTED = "[redacted]"
FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
MAX_FRAMES = 8

# Where Discord puts the token of an interaction: in addresses, and in payloads of the gateway.
_IN_ADDRESS = re.compile(r"(/(?:interactions|webhooks)/[0-9]{1,20}/)[^/\s?\"']+")
_IN_PAYLOAD = re.compile(r"""(["']token["']\s*:\s*["'])[^"']+""")
_IN_HEADER = re.compile(r"(Bot )[A-Za-z0-9_.-]{20,}")
_BY_FORM = re.compile(r"aW50ZXJhY3Rpb246[A-Za-z0-9+/=_-]+")  # base64 of "interaction:"


class RedactingFormatter(logging.Formatter):
    """Writes a record, its traceback included, without any token.

    Parameters
    ----------
    token : str or None
        The bot's own, which is searched for as it stands.
    """

    def __init__(self, token: str | None) -> None:
        super().__init__(FORMAT)
        self._token = token

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's name
        """Return where an error came from; its words may be somebody's."""
        return describe_error(ei[1])

    def format(self, record: logging.LogRecord) -> str:
        """Return the record's line."""
        return redact(super().format(record), self._token)


def redact(text: str, token: str | None) -> str:
    """Return a text without the bot's token, and without what has the form of one."""
    if token:
        text = text.replace(token, REDACTED)
    for pattern in (_IN_ADDRESS, _IN_PAYLOAD, _IN_HEADER):
        text = pattern.sub(rf"\1{REDACTED}", text)
    return _BY_FORM.sub(REDACTED, text)


def set_up_logging(level: str, token: str | None, *, stream: TextIO | None = None) -> None:
    """Log to a stream (standard error) from a level on, such as ``info``."""
    number = logging.getLevelName(level.upper())
    handler = logging.StreamHandler(sys.stderr if stream is None else stream)
    handler.setFormatter(RedactingFormatter(token))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(max(number, logging.WARNING))
    for name in OWN:
        logging.getLogger(name).setLevel(number)
    logging.getLogger("discord").setLevel(max(number, logging.INFO))


def log_error(logger: logging.Logger, error: BaseException, what: str, *args: object) -> None:
    """Log that something failed, with what `describe_error` says of the error."""
    logger.error(f"{what}: %s", *args, describe_error(error))


def describe_error(error: BaseException) -> str:
    """Return an error's kind and where it came from, without its words.

    They can hold what somebody typed: SQLAlchemy's name the values of a statement.
    """
    frames = traceback.extract_tb(error.__traceback__)[-MAX_FRAMES:]
    places = [f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in reversed(frames)]
    return f"{type(error).__qualname__} at {' < '.join(places) or 'an unknown place'}"
