"""``/corpus status``: what a server has and may have, and what became of answers lately corrected.

Adding stands in `adding`, withdrawing in `withdrawing`, beside this file.
"""

from __future__ import annotations

from bot.actions import Action, Target
from bot.catalogue.administering import CorpusSentence
from bot.catalogue.lines import Line
from bot.catalogue.parameters import Collection, Count
from bot.conversation.actors import Actor
from bot.conversation.desk import Desk
from bot.conversation.responses import Handler, Pressed, Show, Way
from bot.conversation.servers import (
    CORPUS_COMMAND,
    check_administrator,
    is_shared,
    require_server,
)
from bot.conversation.upkeep.swept import OF_ARTICLES, article_rows
from bot.ledger import sweeps
from bot.rendering.screen import Audience, Button, Buttons, Row, Rule, Screen, Style
from corpus.usage import Usage, measure_usage
from retrieval.indexing.generations import needs_rebuild

MAX_SWEEPS = 3  # shown, newest first


def status(desk: Desk, actor: Actor) -> Show:
    """Return the state of a server's corpus; raise Refused unless an administrator asks."""
    check_administrator(actor, CORPUS_COMMAND)
    with desk.store.reading() as connection:
        server = require_server(connection, actor)
        shared = is_shared(connection, server)
        usage = measure_usage(connection, server.collection)
        swept = sweeps.newest(connection, server.server_id, OF_ARTICLES, limit=MAX_SWEEPS)
    behind = needs_rebuild(desk.directory, server.collection)
    again = Button(Target(Action.CORPUS), Line(CorpusSentence.LOOK_AGAIN))
    return Show(
        Screen(
            (
                Row((Line(CorpusSentence.STATUS, (Collection(server.collection),)),), Style.TITLE),
                *_usage_rows(usage),
                Rule(),
                *(() if shared else _quota_rows(desk, usage)),
                Row((Line(CorpusSentence.SHARED if shared else CorpusSentence.OWN),)),
                Row((Line(CorpusSentence.OUT_OF_DATE if behind else CorpusSentence.UP_TO_DATE),)),
                *article_rows(swept),
                Buttons((again,)),
            ),
            Audience.MODERATORS,
        )
    )


def _usage_rows(usage: Usage) -> tuple[Row, ...]:
    return (
        Row((Line(CorpusSentence.ACTIVE, (Count(usage.active),)),), Style.ITEM),
        Row((Line(CorpusSentence.WITHDRAWN_COUNT, (Count(usage.withdrawn),)),), Style.ITEM),
        Row((Line(CorpusSentence.PURGED_COUNT, (Count(usage.purged),)),), Style.ITEM),
        Row((Line(CorpusSentence.VERSIONS, (Count(usage.versions),)),)),
    )


def _quota_rows(desk: Desk, usage: Usage) -> tuple[Row, ...]:
    articles = Count(usage.articles), Count(desk.settings.server_articles)
    size = Count(usage.stored_bytes), Count(desk.settings.server_bytes)
    return (
        Row((Line(CorpusSentence.ARTICLES_USED, articles),)),
        Row((Line(CorpusSentence.BYTES_USED, size),)),
    )


def _handle(desk: Desk, actor: Actor, _pressed: Pressed) -> Show:
    return status(desk, actor)


HANDLERS = {Action.CORPUS: Handler(_handle, Way.REPLACE)}
