"""``/help``: what members, moderators and administrators can do, and whose articles are quoted."""

from __future__ import annotations

from bot.actions import Action, Target
from bot.catalogue.helping import ADMINISTRATORS, MEMBERS, MODERATORS, HelpSentence
from bot.catalogue.lines import Line
from bot.catalogue.parameters import Collection, Count
from bot.conversation.actors import Actor
from bot.conversation.desk import Desk
from bot.conversation.responses import Handler, Pressed, Show, Way
from bot.conversation.servers import is_shared, require_server
from bot.rendering.screen import Button, Buttons, Row, Rule, Screen, Style
from corpus.usage import measure_usage

ADMINISTRATORS_PAGE = 3

# Page -> its button, who can do this, what they can do.
PARTS = {
    1: (HelpSentence.FOR_MEMBERS, None, MEMBERS),
    2: (HelpSentence.FOR_MODERATORS, HelpSentence.WHO_MODERATES, MODERATORS),
    ADMINISTRATORS_PAGE: (
        HelpSentence.FOR_ADMINISTRATORS,
        HelpSentence.WHO_ADMINISTERS,
        ADMINISTRATORS,
    ),
}


def show_help(desk: Desk, actor: Actor, page: int = 1) -> Show:
    """Return one of the parts, by default what every member can do."""
    with desk.store.reading() as connection:
        server = require_server(connection, actor)
        shared = is_shared(connection, server)
        active = measure_usage(connection, server.collection).active
    named = HelpSentence.SHARED_COLLECTION if shared else HelpSentence.OWN_COLLECTION
    collection = Line(named, (Count(active), Collection(server.collection)))
    chosen = page if page in PARTS else 1
    label, who, sentences = PARTS[chosen]
    rows = [Row((Line(sentence),), Style.ITEM) for sentence in sentences]
    if chosen == ADMINISTRATORS_PAGE and shared:
        rows = [Row((Line(HelpSentence.READ_ONLY),)), *rows[-1:]]
    intro = () if who is None else (Row((Line(who),)),)
    buttons = tuple(
        Button(Target(Action.HELP, page=number), Line(name), disabled=number == chosen)
        for number, (name, _, _) in PARTS.items()
    )
    return Show(
        Screen(
            (
                Row((Line(HelpSentence.TITLE),), Style.TITLE),
                Row((Line(HelpSentence.WHAT_IT_IS),)),
                Row((collection,), Style.QUIET),
                Rule(),
                Row((Line(label),), Style.STRONG),
                *intro,
                *rows,
                Buttons(buttons),
            )
        )
    )


def _handle(desk: Desk, actor: Actor, pressed: Pressed) -> Show:
    return show_help(desk, actor, pressed.target.page)


HANDLERS = {Action.HELP: Handler(_handle, Way.REPLACE)}
