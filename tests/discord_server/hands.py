"""Turns what members do into events of the gateway."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tests.discord_server import payloads
from tests.discord_server.ids import make_token
from tests.discord_server.interactions import (
    AUTOCOMPLETE,
    COMMAND,
    COMPONENT,
    MODAL_SUBMIT,
    Interaction,
)
from tests.discord_server.messages import BUTTON, Message, Pick
from tests.discord_server.offers import (
    STRING_SELECT,
    Filling,
    check_may_use,
    choose_values,
    descend,
    fill_options,
    find_component,
)
from tests.discord_server.people import Member
from tests.discord_server.results import Choice, Result, Said
from tests.discord_server.state import Payload, State
from tests.discord_server.writing import Writer

if TYPE_CHECKING:
    from tests.discord_server.guilds import Channel
    from tests.discord_server.rest import Rest

MESSAGE_MENU = 3


class Hands:
    """Carries out what members do."""

    def __init__(self, state: State, rest: Rest, writer: Writer) -> None:
        self._state, self._rest, self._writer = state, rest, writer

    async def command(
        self, member: Member, channel: Channel, name: str, *, options: Payload, forge: bool
    ) -> Result:
        """Send a slash command."""
        command, data = await self._fill(channel, name, options, forge=forge)
        if not forge:
            check_may_use(command, member, channel)
        return await self._act(COMMAND, member, channel, data).answered()

    async def autocomplete(
        self, member: Member, channel: Channel, name: str, *, focused: str, options: Payload
    ) -> list[Choice]:
        """Send what was typed so far, and return the suggestions."""
        _, data = await self._fill(channel, name, options, focused=focused, forge=False)
        result = await self._act(AUTOCOMPLETE, member, channel, data).answered()
        choices = result.interaction.choices or []
        return [Choice(each["name"], each["value"]) for each in choices]

    async def menu(
        self, member: Member, channel: Channel, name: str, *, message: Message, forge: bool
    ) -> Result:
        """Send an entry of the message menu."""
        command = await self._await_command(channel, name, MESSAGE_MENU)
        if not forge:
            check_may_use(command, member, channel)
            assert message.visible_to(member), f"{member.name} does not see {message!r}"
        data = {
            "id": command["id"],
            "name": name,
            "type": MESSAGE_MENU,
            "target_id": str(message.id),
            "resolved": {"messages": {str(message.id): payloads.message(message)}},
        }
        return await self._act(COMMAND, member, channel, data).answered()

    async def click(self, member: Member, message: Message, pick: Pick, *, forge: bool) -> Result:
        """Send a click."""
        custom_id = pick if forge else find_component(message, pick, member)["custom_id"]
        data = {"component_type": BUTTON, "custom_id": custom_id}
        return await self._act(COMPONENT, member, message.channel, data, message).answered()

    async def choose(
        self,
        member: Member,
        message: Message,
        pick: Pick,
        *,
        values: Sequence[Any],
        forge: bool,
    ) -> Result:
        """Send what was chosen in a select."""
        if forge:
            data = {"component_type": STRING_SELECT, "custom_id": pick, "values": list(values)}
        else:
            select = find_component(message, pick, member)
            filling = Filling(message.channel, self._writer, {})
            chosen = choose_values(select, list(values), filling)
            data = {"component_type": select["type"], "custom_id": select["custom_id"]}
            data |= {"values": chosen, "resolved": filling.resolved}
        return await self._act(COMPONENT, member, message.channel, data, message).answered()

    async def submit(self, opened_by: Interaction, data: Payload) -> Result:
        """Send a modal that an interaction opened."""
        result = self._act(
            MODAL_SUBMIT, opened_by.member, opened_by.channel, data, opened_by.message
        )
        result.interaction.from_message = opened_by.message is not None
        return await result.answered()

    def filling(self, channel: Channel) -> Filling:
        """Return a place for what a form points at."""
        return Filling(channel, self._writer, {})

    def say(
        self,
        member: Member,
        channel: Channel,
        content: str,
        *,
        mention: bool,
        reply_to: Message | None,
        ping: bool,
    ) -> Said:
        """Post a member's message."""
        message = self._writer.make(channel, member)
        message.content = f"<@{self._state.bot_id}> {content}" if mention else content
        message.mentions = [channel.guild.bot] if mention else []
        message.reply_to = reply_to
        if reply_to is not None and ping and reply_to.author not in message.mentions:
            message.mentions.append(reply_to.author)
        self._state.send("MESSAGE_CREATE", payloads.message_event(message))
        return Said(self._state, message)

    def delete(self, message: Message) -> None:
        """Delete anybody's message."""
        self._writer.delete(message)

    async def _fill(
        self,
        channel: Channel,
        name: str,
        options: Payload,
        *,
        forge: bool,
        focused: str | None = None,
    ) -> tuple[Payload, Payload]:
        first, *path = name.split(" ")
        command = await self._await_command(channel, first, 1)
        passed, node = descend(command, path)
        filling = Filling(channel, self._writer, {})
        filled = fill_options(node, options, filling, focused=focused, forge=forge)
        for each in reversed(passed):
            filled = [{"name": each["name"], "type": each["type"], "options": filled}]
        data = {"id": command["id"], "name": first, "type": 1, "options": filled}
        if "guild_id" in command:
            data["guild_id"] = command["guild_id"]
        return command, {**data, "resolved": filling.resolved}

    async def _await_command(self, channel: Channel, name: str, kind: int) -> Payload:
        """Return a command as soon as the bot has declared it."""
        guild = channel.guild
        await self._state.notices.until(
            lambda: self._state.find_command(name, guild, kind) is not None,
            lambda: f"command {name}; there are {list(self._state.commands.values())}"[:2000],
        )
        found = self._state.find_command(name, guild, kind)
        assert found is not None
        return found

    def _act(
        self,
        kind: int,
        member: Member,
        channel: Channel,
        data: Payload,
        message: Message | None = None,
    ) -> Result:
        token = make_token("interaction-token")
        interaction = Interaction(
            self._state.ids.take(), token, kind, member, channel, data, message
        )
        self._state.interactions[token] = interaction
        self._state.send("INTERACTION_CREATE", payloads.interaction(interaction))
        return Result(self._state, self._rest, interaction)
