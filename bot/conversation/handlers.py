"""Which function answers which action."""

from __future__ import annotations

from collections.abc import Mapping

from bot.actions import Action
from bot.conversation import helping, privacy
from bot.conversation.answers import inspecting, publishing, verifying
from bot.conversation.responses import Handler
from bot.conversation.reviews import (
    auditing,
    deciding,
    reporting,
    retracting,
    reviewing,
    undoing,
    widening,
)
from bot.conversation.settings import settling
from bot.conversation.sources import administering, browsing, withdrawing

HANDLERS: Mapping[Action, Handler] = {
    **administering.HANDLERS,
    **auditing.HANDLERS,
    **browsing.HANDLERS,
    **deciding.HANDLERS,
    **helping.HANDLERS,
    **inspecting.HANDLERS,
    **privacy.HANDLERS,
    **publishing.HANDLERS,
    **reporting.HANDLERS,
    **retracting.HANDLERS,
    **reviewing.HANDLERS,
    **settling.HANDLERS,
    **undoing.HANDLERS,
    **verifying.HANDLERS,
    **widening.HANDLERS,
    **withdrawing.HANDLERS,
}
