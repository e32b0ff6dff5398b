"""Routes of interactions: the first response, the original, follow-ups."""

from __future__ import annotations

import time
from typing import Any

from tests.discord_server import payloads
from tests.discord_server.form_limits import find_choice_faults, find_modal_faults
from tests.discord_server.interactions import (
    AUTOCOMPLETE,
    CHOICES,
    COMPONENT,
    DEFER,
    DEFER_UPDATE,
    MODAL,
    MODAL_SUBMIT,
    REPLY,
    UPDATE,
    Interaction,
)
from tests.discord_server.messages import EPHEMERAL, LOADING, SUPPRESS_EMBEDS, V2, Message
from tests.discord_server.refusals import Refused
from tests.discord_server.rest import Request, Rest, Route
from tests.discord_server.state import State
from tests.discord_server.writing import Writer

CALLBACK = "/interactions/{interaction_id}/{interaction_token}/callback"
WEBHOOK = "/webhooks/{webhook_id}/{webhook_token}"
ORIGINAL = f"{WEBHOOK}/messages/@original"
FOLLOWUP = f"{WEBHOOK}/messages/{{message_id}}"


class InteractionRoutes:
    """Serves what only the token of an interaction gives access to."""

    def __init__(self, state: State, rest: Rest, writer: Writer, *, answer_seconds: float) -> None:
        self._state, self._rest, self._writer = state, rest, writer
        self._answer_seconds = answer_seconds

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            ("POST", CALLBACK, self._respond),
            ("GET", ORIGINAL, lambda request: payloads.message(self._original(request))),
            ("PATCH", ORIGINAL, lambda request: self._edit(request, self._original(request))),
            ("DELETE", ORIGINAL, lambda request: self._writer.delete(self._original(request))),
            ("POST", WEBHOOK, self._follow_up),
            ("GET", FOLLOWUP, lambda request: payloads.message(self._message(request))),
            ("PATCH", FOLLOWUP, lambda request: self._edit(request, self._message(request))),
            ("DELETE", FOLLOWUP, lambda request: self._writer.delete(self._message(request))),
        ]

    def _respond(self, request: Request) -> Any:
        interaction = self._state.interactions.get(request.ids["interaction_token"])
        latency = time.monotonic() - (interaction.created if interaction else 0)
        if interaction is None or interaction.id != request.id("interaction_id"):
            raise Refused(10062)
        if interaction.response is not None:
            raise Refused(40060)
        interaction.latency = latency
        if interaction.expired or latency > self._answer_seconds:
            raise Refused(10062)
        kind, data = request.payload["type"], request.payload.get("data") or {}
        self._check_kind(request, interaction, kind)
        self._carry_out(request, interaction, kind, data)
        interaction.response = kind
        if request.query.get("with_response") in ("1", "true"):
            return describe_response(interaction)
        return None

    def _check_kind(self, request: Request, interaction: Interaction, kind: int) -> None:
        if (kind == CHOICES) != (interaction.type == AUTOCOMPLETE):
            self._rest.object_all(
                request, ["suggestions, and nothing else, answer an autocomplete"]
            )
        if kind == MODAL and interaction.type == MODAL_SUBMIT:
            self._rest.object_all(request, ["a modal cannot answer a modal"])
        updates = interaction.type == COMPONENT or interaction.from_message
        if kind in (DEFER_UPDATE, UPDATE) and not updates:
            self._rest.object_all(request, ["there is no message to update"])

    def _carry_out(
        self, request: Request, interaction: Interaction, kind: int, data: dict[str, Any]
    ) -> None:
        interaction.private = bool((data.get("flags") or 0) & EPHEMERAL)
        if kind == REPLY:
            interaction.original = self._create(request, interaction, data)
        elif kind == DEFER:
            message = self._writer.make(
                interaction.channel, interaction.channel.guild.bot, interaction=interaction
            )
            message.flags = LOADING | (data.get("flags") or 0) & EPHEMERAL
            interaction.original = message
        elif kind == CHOICES:
            self._rest.object_all(request, find_choice_faults(data.get("choices") or []))
            interaction.choices = data.get("choices") or []
        elif kind == MODAL:
            self._rest.object_all(request, find_modal_faults(data))
            interaction.modal = data
        else:
            interaction.original = interaction.message
            interaction.private = bool(interaction.message and interaction.message.ephemeral)
            if kind == UPDATE:
                assert interaction.message is not None
                self._writer.edit(request, interaction.message, data)
                interaction.updated = True

    def _create(self, request: Request, interaction: Interaction, data: dict[str, Any]) -> Message:
        return self._writer.create(request, data, interaction.channel, interaction=interaction)

    def _interaction(self, request: Request) -> Interaction:
        """Return the answered interaction whose token, still good, is in the path."""
        interaction = self._state.interactions.get(request.ids["webhook_token"])
        if interaction is None or interaction.response is None:
            raise Refused(10015)
        if request.id("webhook_id") != self._state.application_id:
            raise Refused(10015)
        if not interaction.alive:
            raise Refused(50027)
        return interaction

    def _original(self, request: Request) -> Message:
        message = self._interaction(request).original
        if message is None or message.deleted:
            raise Refused(10008)
        return message

    def _message(self, request: Request) -> Message:
        interaction = self._interaction(request)
        reachable = [*interaction.followups, interaction.original]
        for message in reachable:
            if message and message.id == request.id("message_id") and not message.deleted:
                return message
        raise Refused(10008)

    def _edit(self, request: Request, message: Message) -> Any:
        interaction = self._interaction(request)
        payload = dict(request.payload)
        # As for webhooks, nothing but these two flags may be set.
        payload["flags"] = (payload.get("flags") or message.flags) & (V2 | SUPPRESS_EMBEDS)
        self._writer.edit(request, message, payload)
        interaction.updated = interaction.updated or message is interaction.message
        return payloads.message(message)

    def _follow_up(self, request: Request) -> Any:
        interaction = self._interaction(request)
        original = interaction.original
        if original is not None and original.loading and not original.deleted:
            # The first follow-up takes the place of "thinking" and is as private as that was.
            message = self._writer.edit(request, original, request.payload)
        else:
            message = self._create(request, interaction, request.payload)
        interaction.followups.append(message)
        return payloads.message(message)


def describe_response(interaction: Interaction) -> dict[str, Any]:
    """Return what a callback answers when asked for a response."""
    about: dict[str, Any] = {"id": str(interaction.id), "type": interaction.type}
    resource: dict[str, Any] = {"type": interaction.response}
    original = interaction.original
    if original is not None:
        about["response_message_id"] = str(original.id)
        about["response_message_loading"] = original.loading
        about["response_message_ephemeral"] = original.ephemeral
        resource["message"] = payloads.message(original)
    if interaction.response not in (REPLY, UPDATE, DEFER):
        return {"interaction": about}
    return {"interaction": about, "resource": resource}
