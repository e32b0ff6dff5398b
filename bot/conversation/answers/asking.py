"""A question in, an answer out: stored, read back and checked, then handed over to be sent."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.conversation.actors import Actor
from bot.conversation.answers.arriving import note_sent
from bot.conversation.answers.questions import AskRequest, read_request, topic_request
from bot.conversation.answers.searching import Found, search
from bot.conversation.desk import Desk
from bot.conversation.recalling import Recalled, recall_key
from bot.conversation.recording import key_of
from bot.conversation.responses import Show
from bot.conversation.servers import may_post
from bot.conversation.upkeep.joining import find_present
from bot.ledger import answers
from bot.ledger.records import AnswerRecord, AnswerState, Filters, Visibility
from bot.ledger.servers import Server
from bot.rendering.answer_screen import answer_screen, short_silence_screen, silence_screen
from bot.rendering.screen import Screen
from retrieval.answer import MAX_QUESTION_CHARS
from retrieval.answering import Request

__all__ = ["AskRequest", "Asked", "answer_mention", "ask", "find_sources"]


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer that is stored and about to be sent.

    Parameters
    ----------
    answer_key : str
    screen : Screen
    is_public : bool
        Whether it goes into the channel, as a message of Quoth's own.
    is_answered : bool
        Whether it shows quotes.
    """

    answer_key: str
    screen: Screen
    is_public: bool
    is_answered: bool


def ask(desk: Desk, actor: Actor, request: AskRequest) -> Asked:
    """Answer a question, for all to see if there are quotes and the channel allows that.

    Raises
    ------
    Refused
        If the question cannot be searched for as typed.
    """
    server = find_present(desk, actor.server_id)
    found = search(desk, server.collection, read_request(desk, request))
    is_public = not request.private and found.answer.answered and may_post(actor, server.settings)
    recalled = _store(
        desk,
        actor,
        found,
        visibility=Visibility.PUBLIC if is_public else Visibility.PRIVATE,
        filters=_filters(request),
    )
    # What was withdrawn a moment ago is not posted, even as the notice that it is gone.
    is_public = is_public and bool(recalled.quotes)
    if recalled.record.reason is not None:
        screen = silence_screen(recalled, button=True)
    else:
        screen = answer_screen(recalled, private=not is_public)
    return _asked(recalled, screen, is_public=is_public)


def answer_mention(desk: Desk, actor: Actor, text: str, *, replied_to: int | None) -> Asked | None:
    """Answer what was said to Quoth in a channel; None where it may not answer for all to see.

    Parameters
    ----------
    text : str
        Without the mention.
    replied_to : int or None
        The message it replies to: if that is an answer, this is a follow-up. It runs as typed,
        then, if that is met with silence, joined to the question before.

    Raises
    ------
    Refused
        If the question cannot be searched for as typed.
    """
    server = find_present(desk, actor.server_id)
    if not may_post(actor, server.settings):
        return None
    request = read_request(desk, AskRequest(text))
    earlier = None if replied_to is None else _find_earlier(desk, actor, replied_to)
    recalled = _store(
        desk,
        actor,
        _search_on(desk, server, request, earlier),
        visibility=Visibility.PUBLIC,
        follows=None if earlier is None else earlier.answer_key,
    )
    is_silent = recalled.record.reason is not None
    screen = short_silence_screen(recalled) if is_silent else answer_screen(recalled)
    return _asked(recalled, screen, is_public=True)


def find_sources(desk: Desk, actor: Actor, text: str) -> Show:
    """Show the passages on the topic of a message to whoever asks for them, without a verdict.

    The message is not stored: it is somebody else's, and they asked nothing of Quoth.
    """
    server = find_present(desk, actor.server_id)
    found = search(desk, server.collection, topic_request(desk, text))
    recalled = _store(desk, actor, _without_words(found), visibility=Visibility.PRIVATE)
    key = recalled.record.answer_key
    note_sent(desk, actor, key, channel_id=actor.channel_id, message_id=None)
    return Show(answer_screen(recalled))  # says that this is no verdict: there is no question


def _asked(recalled: Recalled, screen: Screen, *, is_public: bool) -> Asked:
    return Asked(recalled.record.answer_key, screen, is_public, bool(recalled.quotes))


def _find_earlier(desk: Desk, actor: Actor, message_id: int) -> AnswerRecord | None:
    """Return the answer that a message replies to, None if it is none, or was deleted."""
    with desk.store.reading() as connection:
        record = answers.find_by_message(connection, actor.server_id, message_id)
    return None if record is None or record.state is AnswerState.DELETED else record


def _search_on(desk: Desk, server: Server, request: Request, earlier: AnswerRecord | None) -> Found:
    """Search for a question as typed; if that finds nothing, joined to the one before it."""
    found = search(desk, server.collection, request)
    if found.answer.answered or earlier is None or not earlier.question:
        return found
    joined = f"{earlier.question.strip()} {request.question.strip()}"
    if len(joined) > MAX_QUESTION_CHARS:
        return found
    found = search(desk, server.collection, replace(request, question=joined))
    return replace(found, answer=replace(found.answer, question=request.question))


def _without_words(found: Found) -> Found:
    """Return what was found without the words it was found by."""
    silence = found.answer.abstained
    if silence is not None:
        silence = replace(silence, unmatched=())
    return replace(found, answer=replace(found.answer, question="", searched="", abstained=silence))


def _filters(request: AskRequest) -> Filters | None:
    chosen = Filters(request.source, request.published_from, request.published_to)
    return None if chosen == Filters() else chosen


def _store(
    desk: Desk,
    actor: Actor,
    found: Found,
    *,
    visibility: Visibility,
    filters: Filters | None = None,
    follows: str | None = None,
) -> Recalled:
    """Commit an answer, and return it as the ledger and the store give it back."""
    key = desk.new_key()
    with desk.store.transaction() as connection:
        answers.record(
            connection,
            found.answer,
            key=key,
            server_id=actor.server_id,
            channel_id=actor.channel_id,
            visibility=visibility,
            member_key=key_of(desk, connection, actor),
            at=desk.now(),
            filters=filters,
            follows=follows,
            further=found.further,
        )
    return recall_key(desk, actor, key)
