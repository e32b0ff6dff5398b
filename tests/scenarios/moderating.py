"""Steps that scenarios of moderating share: reporting, forms, and what an honest client refuses."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from tests.discord_server.guilds import Channel, Guild
from tests.discord_server.interactions import COMPONENT, Interaction
from tests.discord_server.messages import Message, Pick
from tests.discord_server.offers import Upload
from tests.discord_server.people import Member
from tests.discord_server.results import Result
from tests.discord_server.world import World
from tests.scenarios.steps import HOW_MANY, ask, plain

FERRIES = "When will the ferries stop running?"
FERRIES_QUOTE = "Ferries between Varnholm and Oster Point will stop running in October."
LIDO = "Which architect designed the lido of Varnholm?"
LIDO_QUOTE = (
    "The lido of Varnholm was designed by the architect Bruna Falk, who drew it in a single night "
    "after the town council had turned down every plan that was sent in before."
)
LIDO_WIDER = (
    "It opened in the wet summer of 1931, long after the money that had been collected for it by "
    f"three swimming clubs was spent. {LIDO_QUOTE} Her name stands on no plaque there, and the "
    "town has paid nothing to her heirs in all the years since then."
)
LIDO_FILE = Upload(
    "lido.md",
    f"---\ntitle: The lido\n---\n\n{LIDO_WIDER}\n\nSwimming lessons begin in May.\n".encode(),
)

HANDBOOK = "Who may retract an answer?"  # which the handbook of a new server answers

NOT_MODERATOR = "Only moderators of this server can do this"
NOT_ADMINISTRATOR = "Only who has Manage Server on this server can do this."
NO_ANSWER = "This is no answer of Quoth's on this server"
NO_REPORT = "This report is no longer kept"

TEXT_INPUT, LABEL = 4, 18
SWEEP_SECONDS = 30.0


def read(shown: Message | Result) -> str:
    """Return what a member reads."""
    return plain(shown.text)


def mention(member: Member) -> str:
    """Return how a message names somebody."""
    return f"<@{member.id}>"


async def post(member: Member, channel: Channel, question: str = HOW_MANY) -> Message:
    """Ask, and return the answer that is posted for all to see."""
    return (await ask(member, channel, question)).post


async def use(member: Member, channel: Channel, command: str, **options: object) -> Result:
    """Use a command and wait until everything is said."""
    return await (await member.command(channel, command, **options)).settled()


async def pick_menu(
    member: Member, name: str, message: Message, *, channel: Channel | None = None
) -> Result:
    """Use an entry of a message's menu, forged if that stands in another channel, and wait."""
    used = member.menu(channel or message.channel, name, message, forge=channel is not None)
    return await (await used).settled()


async def fill(
    member: Member, message: Message, button: Pick, given: Mapping[str, object] | None = None
) -> Result:
    """Press a button that opens a form, send the form, and wait until everything is said."""
    form = (await member.click(message, button)).modal
    return await (await form.submit(dict(given or {}))).settled()


async def send_form(
    member: Member, channel: Channel, custom_id: str, given: Mapping[str, str]
) -> Result:
    """Send a form that was never opened for this member."""
    state = member.guild.state
    opened = Interaction(state.ids.take(), "never-opened", COMPONENT, member, channel, {})
    rows = [
        {"type": LABEL, "component": {"type": TEXT_INPUT, "custom_id": name, "value": value}}
        for name, value in given.items()
    ]
    sent = await state.hands.submit(opened, {"custom_id": custom_id, "components": rows})
    return await sent.settled()


async def report(
    member: Member, answer: Message, reason: str = "wrong_passage", note: str = ""
) -> Result:
    """Report an answer, and wait until the member is told that it was sent."""
    return await fill(member, answer, "Report", {"choice": reason, "note": note})


async def find_card(world: World, sender: Member) -> Message:
    """Wait for the card in the moderators' channel about what somebody sent."""

    def cards() -> list[Message]:
        shown = world.moderators_channel.messages
        return [each for each in shown if f"Sent by {mention(sender)}" in read(each)]

    await world.server.until(cards, what=f"a card of {sender.name}")
    (card,) = cards()
    return card


async def sees(world: World, message: Message, words: str) -> None:
    """Wait until these words can be read in a message, even if the bot has to notice by itself."""
    await world.server.until(
        lambda: words in read(message), seconds=SWEEP_SECONDS, what=f"{words!r} in {message!r}"
    )


async def article_id(world: World, title: str) -> str:
    """Return the id of an article of the first guild, as its record shows it."""
    record = read(await use(world.asker, world.channel, "source", article=title))
    return record.partition("Article ")[2].partition(",")[0]


class Newsroom:
    """A guild of a test's own, so that its settings are nobody else's."""

    def __init__(self, world: World) -> None:
        self.guild: Guild = world.server.add_guild("Newsroom", "send_messages_in_threads")
        self.channel = self.guild.add_channel("general")
        self.other = self.guild.add_channel("other")
        self.member = self.guild.add_member("Member")
        self.moderator = self.guild.add_member("Moderator", "manage_messages")
        self.administrator = self.guild.add_member("Administrator", "manage_guild")


@asynccontextmanager
async def newsroom(world: World) -> AsyncIterator[Newsroom]:
    """Let the bot join a guild, and throw it out again."""
    room = Newsroom(world)
    await stocked(world, room)
    yield room
    room.guild.remove_bot()


async def stocked(world: World, room: Newsroom) -> None:
    """Wait until the bot has given a guild the handbook."""
    await world.server.until(lambda: f"came to server {room.guild.id}" in world.bot.output)
    async with asyncio.timeout(SWEEP_SECONDS):
        while "Quoth sample articles" not in read(await use(room.member, room.channel, "sources")):
            continue
