"""Which function answers which action."""

from __future__ import annotations

from collections.abc import Mapping

from bot.actions import Action
from bot.conversation import (
    administering,
    auditing,
    browsing,
    deciding,
    helping,
    inspecting,
    privacy,
    publishing,
    reporting,
    retracting,
    reviewing,
    settling,
    undoing,
    verifying,
    widening,
    withdrawing,
)
from bot.conversation.responses import Handler

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
