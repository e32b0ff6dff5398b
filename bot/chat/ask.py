"""Questions: ``/ask``, a mention, and the menu Find sources."""

from __future__ import annotations

import asyncio
import logging
import re
from collections import OrderedDict
from collections.abc import Callable, Sequence

import discord
from discord import app_commands

from bot.catalogue.lines import Line
from bot.catalogue.refusals import Refusal
from bot.chat.actors import read_actor, read_author
from bot.chat.delivery import answer, explain
from bot.chat.effects import mark_sent, note_unposted
from bot.chat.integrations import add_granted
from bot.chat.sending import Unconfirmed, say, send_once
from bot.chat.service import Lane, Service
from bot.conversation.actors import Actor
from bot.conversation.answers import arriving, asking
from bot.conversation.answers.questions import MAX_SOURCE_CHARS, AskRequest
from bot.conversation.desk import Desk
from bot.conversation.responses import Publish, Response, Show
from bot.conversation.servers import may_post
from bot.conversation.sources import suggesting
from bot.logs import describe_error, log_error
from bot.rendering.screen import Screen
from retrieval.answer import MAX_QUESTION_CHARS

LOG = logging.getLogger(__name__)

MAX_CHOICES = 25
MAX_CHOICE_CHARS = 100
CHOICE_SECONDS = 2.0  # Discord waits for three
MAX_SEEN = 1000
MAX_DAY_CHARS = 10

Question = app_commands.Range[str, 1, MAX_QUESTION_CHARS]
SourceWords = app_commands.Range[str, 1, MAX_SOURCE_CHARS]
Suggest = Callable[[Desk, Actor, str], Sequence[tuple[str, str]]]
TypedDay = app_commands.Range[str, 1, MAX_DAY_CHARS]


def add_commands(tree: app_commands.CommandTree[discord.Client], service: Service) -> None:
    """Add what asks to the tree."""

    async def suggest(
        interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        return await suggest_sources(service, interaction, typed)

    @tree.command(name="ask", description="Ask a question, answered with quotes or not at all")
    @app_commands.rename(published_from="from", published_to="to")
    @app_commands.describe(
        question="What you want to know, in your own words",
        source="Only from this article, or from titles and publishers with these words",
        published_from="Only articles from this day on, as in 2024-01-31",
        published_to="Only articles up to this day, as in 2024-01-31",
        private="Show the answer to you alone",
    )
    @app_commands.autocomplete(source=suggest)
    async def ask(
        interaction: discord.Interaction,
        question: Question,
        source: SourceWords | None = None,
        published_from: TypedDay | None = None,
        published_to: TypedDay | None = None,
        private: bool = False,  # noqa: FBT001, FBT002 - discord.py's way to name an option
    ) -> None:
        request = AskRequest(question, source, published_from, published_to, private)
        await answer_question(service, interaction, request)

    @tree.context_menu(name="Find sources")
    async def find_sources(interaction: discord.Interaction, message: discord.Message) -> None:
        async def work(actor: Actor) -> Response:
            await service.count_question(actor)
            return await service.call(Lane.ANSWERS, asking.find_sources, actor, message.content)

        await answer(service, interaction, work)


async def answer_question(
    service: Service, interaction: discord.Interaction, request: AskRequest
) -> None:
    """Answer ``/ask``: in the channel with a receipt for the asker, or to the asker alone."""
    alone: list[tuple[Actor, str]] = []

    async def work(actor: Actor) -> Response:
        await service.count_question(actor)
        asked = await service.call(Lane.ANSWERS, asking.ask, actor, request)
        if asked.is_public:
            return Publish(asked.answer_key, asked.screen)
        alone.append((actor, asked.answer_key))
        return Show(asked.screen)

    shown = await answer(service, interaction, work)
    for actor, key in alone:
        await note_shown(service, actor, key, shown=shown)


async def note_shown(service: Service, actor: Actor, key: str, *, shown: bool) -> None:
    """Mark an answer that went to its asker alone."""
    try:
        if shown:
            await mark_sent(service, actor, key, message_id=None)
        else:
            await service.do(Lane.QUICK, lambda desk: arriving.note_failed(desk, key))
    except Exception as error:  # noqa: BLE001 - the asker has the answer; it stays pending
        log_error(LOG, error, "an answer was not marked")


async def suggest_sources(
    service: Service,
    interaction: discord.Interaction,
    typed: str,
    *,
    find: Suggest = suggesting.suggest,
    command: str | None = None,
) -> list[app_commands.Choice[str]]:
    """Return titles that fit what is typed so far; none, where that cannot be said in time.

    Parameters
    ----------
    command : str or None
        The command for administrators that this belongs to.
    """
    actor = read_actor(interaction)
    if actor is None:
        return []
    try:
        async with asyncio.timeout(CHOICE_SECONDS):
            actor = await add_granted(service.command_ids, actor, command)
            found = await service.call(Lane.QUICK, find, actor, typed)
    except Exception as error:  # noqa: BLE001 - nobody can be told in a list of suggestions
        LOG.warning("no suggestions: %s", describe_error(error))
        return []
    return [
        app_commands.Choice(name=name[:MAX_CHOICE_CHARS], value=article_id)
        for name, article_id in found[:MAX_CHOICES]
        if name and len(article_id) <= MAX_CHOICE_CHARS
    ]


class Mentions:
    """Answers messages that mention Quoth or reply to it, each once, in place.

    Parameters
    ----------
    service : Service
    """

    def __init__(self, service: Service) -> None:
        self._service = service
        self._seen: OrderedDict[int, None] = OrderedDict()

    async def answer(self, message: discord.Message, own_id: int) -> None:
        """Answer a message if it is a question to Quoth."""
        actor = read_author(message)
        if actor is None or not actor.can_post or not self._is_new(message.id):
            return
        with self._service.under_way():
            try:
                await self._answer(message, actor, strip_mention(message.content, own_id))
            except Exception as error:  # noqa: BLE001 - the one place: logged, and said politely
                await self._excuse(message, actor, error)

    async def _answer(self, message: discord.Message, actor: Actor, text: str) -> None:
        await self._service.count_question(actor)
        reference = message.reference
        asked = await self._service.call(
            Lane.ANSWERS,
            asking.answer_mention,
            actor,
            text,
            replied_to=None if reference is None else reference.message_id,
        )
        if asked is None:
            return
        try:
            sent = await self._reply(message, asked.screen, nonce=asked.answer_key)
        except (discord.HTTPException, Unconfirmed) as error:
            await note_unposted(self._service, actor, asked.answer_key, error)
            raise
        await mark_sent(self._service, actor, asked.answer_key, message_id=sent.id)

    async def _excuse(self, message: discord.Message, actor: Actor, error: Exception) -> None:
        line = explain(error)
        if line.sentence is Refusal.FAILED:
            log_error(LOG, error, "message %d got no answer", message.id)
        try:
            if not await self._may_excuse(actor, line):
                return
            await self._reply(message, say(line), nonce=str(message.id))
        except Exception as failure:  # noqa: BLE001 - nothing else can be said
            LOG.warning("message %d heard nothing: %s", message.id, describe_error(failure))

    async def _may_excuse(self, actor: Actor, line: Line) -> bool:
        """Return whether a channel hears of a refusal: where answers go, and not too often."""
        settings = await self._service.settings(actor.server_id)
        if not may_post(actor, settings):
            return False
        often = line.sentence in {Refusal.WAIT, Refusal.SERVER_WAIT, Refusal.BUSY}
        return not often or self._service.tells_wait(actor)

    async def _reply(
        self, message: discord.Message, screen: Screen, *, nonce: str
    ) -> discord.Message:
        reference = message.to_reference(fail_if_not_exists=False)
        return await send_once(
            message.channel.send, screen, nonce=nonce, reference=reference, mention_author=False
        )

    def _is_new(self, message_id: int) -> bool:
        """Return whether a message was not heard before; a resumed connection may repeat one."""
        if message_id in self._seen:
            return False
        self._seen[message_id] = None
        if len(self._seen) > MAX_SEEN:
            self._seen.popitem(last=False)
        return True


def strip_mention(content: str, own_id: int) -> str:
    """Return what was said to Quoth, without the mention of it."""
    return re.sub(rf"<@!?{own_id}>", " ", content).strip()
