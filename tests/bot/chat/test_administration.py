"""Files that administrators attach, as they come from Discord."""

from __future__ import annotations

import asyncio
from unittest.mock import AsyncMock, Mock

import aiohttp
import discord
import pytest

from bot.catalogue.administering import CorpusRefusal
from bot.catalogue.lines import Line
from bot.catalogue.parameters import Number
from bot.chat.administration import fetch
from bot.conversation.desk import Refused
from tests.bot.chat.interactions import refuse


def attachment(name: str, *, fails: Exception | None = None) -> Mock:
    """Return a file of a few bytes, or one that cannot be fetched."""
    read = AsyncMock(return_value=b"text", side_effect=fails)
    return Mock(spec=discord.Attachment, id=7, filename=name, read=read)


def test_files_are_fetched_in_order() -> None:
    given = [attachment("b.txt"), attachment("a.txt")]

    assert asyncio.run(fetch(given)) == [("b.txt", b"text"), ("a.txt", b"text")]


@pytest.mark.parametrize(
    "error",
    [refuse(404, 10008), refuse(403, 0), refuse(500, 0), TimeoutError(), aiohttp.ClientError()],
    ids=repr,
)
def test_a_file_that_cannot_be_fetched_is_to_be_attached_again(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(Refused) as refused:
        asyncio.run(fetch([attachment("a.txt"), attachment("secret.txt", fails=error)]))

    assert refused.value.line == Line(CorpusRefusal.NOT_FETCHED, (Number(2),))
    assert "attachment 7 not fetched" in caplog.text
    assert "secret" not in caplog.text
