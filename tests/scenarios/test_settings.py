"""``/settings``: each menu, button and form, what it changes for members, and who may use it."""

from __future__ import annotations

import pytest

from tests.discord_server.guilds import Channel
from tests.discord_server.messages import Message
from tests.discord_server.offers import NotOffered
from tests.discord_server.people import Member
from tests.discord_server.results import Result
from tests.discord_server.world import World
from tests.scenarios.moderating import (
    FERRIES,
    FERRIES_QUOTE,
    HANDBOOK,
    NOT_ADMINISTRATOR,
    NOT_MODERATOR,
    newsroom,
    post,
    read,
    report,
    send_form,
    use,
)
from tests.scenarios.steps import ask, press

CHANNELS = "Channels to answer in; none means every channel"
REPORTS = "Channel for reports; none means /review only"
ROLES = "Roles that may moderate"
FIELDS = ("member_questions", "member_seconds", "server_questions", "retention_days")


async def open_settings(member: Member, channel: Channel) -> Message:
    """Open the settings, and return their screen."""
    return (await use(member, channel, "settings")).message


async def choose(member: Member, screen: Message, menu: str, *chosen: object) -> str:
    """Choose in a menu of the settings; return what is then shown or said."""
    result = await (await member.choose(screen, menu, chosen)).settled()
    return read(result.own[-1])


async def set_limits(member: Member, screen: Message, **given: str) -> str:
    """Fill in the form of limits; return what is then shown or said."""
    form = (await member.click(screen, "Limits…")).modal
    result = await (await form.submit(dict(given))).settled()
    return read(result.own[-1])


async def test_the_settings_are_shown_as_they_are(world: World) -> None:
    shown = await use(world.administrator, world.channel, "settings")

    assert shown.private
    assert read(shown).splitlines() == [
        "### Settings of this server",
        "Quoth answers in every channel that it can see.",
        "Answers are posted in the channel for all to see.",
        f"Reports are posted in <#{world.moderators_channel.id}>.",
        f"Moderators are those who have Manage Messages, or the role: <@&{world.reviewers.id}>",
        "A member may ask 100 questions in 60 s.",
        "All members together may ask 1,000 questions a minute.",
        "Questions and who asked them are kept for 30 days.",
    ]
    assert shown.message.buttons == ["Keep answers private", "Limits…", "Check permissions"]
    for menu in (CHANNELS, REPORTS, ROLES):
        assert shown.message.find(menu) is not None


async def test_quoth_answers_in_the_chosen_channels_only(world: World) -> None:
    async with newsroom(world) as room:
        screen = await open_settings(room.administrator, room.channel)
        said = await choose(room.administrator, screen, CHANNELS, room.other)
        assert f"Quoth answers only in: <#{room.other.id}>" in said
        assert said.splitlines()[1] == "**Saved.**"

        outside = await ask(room.member, room.channel, HANDBOOK)
        inside = await ask(room.member, room.other, HANDBOOK)
        assert len(inside.posted) == 1
        ignored = await room.member.say(room.channel, HANDBOOK, mention=True)
        answered = await room.member.say(room.other, HANDBOOK, mention=True)
        await answered.reply()
        assert outside.posted == []
        assert outside.message.ephemeral
        assert ignored.messages == []

        said = await choose(room.administrator, screen, CHANNELS)
        assert "Quoth answers in every channel that it can see." in said
        assert len((await ask(room.member, room.channel, HANDBOOK)).posted) == 1


async def test_answers_are_private_or_public_as_the_button_says(world: World) -> None:
    async with newsroom(world) as room:
        screen = await open_settings(room.administrator, room.channel)
        await press(room.administrator, screen, "Keep answers private")
        assert "Answers are seen by the asker only." in read(screen)
        private = await ask(room.member, room.channel, HANDBOOK)
        refused = await press(room.member, private.message, "Post to channel")
        assert private.posted == []
        assert "This server allows no public answers in this channel" in read(refused.own[-1])

        await press(room.administrator, screen, "Post answers for all")
        assert "Answers are posted in the channel for all to see." in read(screen)
        await press(room.member, private.message, "Post to channel")
        assert len(private.posted) == 1


async def test_reports_go_to_the_chosen_channel(world: World) -> None:
    async with newsroom(world) as room:
        screen = await open_settings(room.administrator, room.channel)
        answer = await post(room.member, room.channel, HANDBOOK)
        said = await choose(room.administrator, screen, REPORTS, room.other)
        assert f"Reports are posted in <#{room.other.id}>." in said
        await report(room.member, answer)
        await world.server.until(lambda: room.other.messages)
        assert "**Report" in read(room.other.messages[0])

        said = await choose(room.administrator, screen, REPORTS)
        assert "Reports wait in /review; no channel is named for them." in said
        await report(room.moderator, answer)
        listed = await use(room.moderator, room.channel, "review")
        assert "2 reports wait." in read(listed)
        assert len(room.other.messages) == 1


async def test_reports_wait_in_review_if_their_channel_is_closed_or_gone(world: World) -> None:
    async with newsroom(world) as room:
        screen = await open_settings(room.administrator, room.channel)
        await choose(room.administrator, screen, REPORTS, room.other)
        room.other.deny(room.guild.bot, "send_messages")
        first = await report(room.member, await post(room.member, room.channel, HANDBOOK))
        room.other.delete()
        later = room.guild.add_channel("later")
        second = await report(room.member, await post(room.member, later, HANDBOOK))
        listed = await use(room.moderator, later, "review")
        found = await press(room.administrator, screen, "Check permissions")

        for sent in (first, second):
            assert "Your report went to the moderators of this server." in read(sent)
        assert "2 reports wait." in read(listed)
        assert f"<#{room.other.id}> lacks" in read(found)


async def test_a_role_makes_moderators_at_once_and_no_longer(world: World) -> None:
    async with newsroom(world) as room:
        role = room.guild.add_role("Editors")
        editor = room.guild.add_member("Editor", roles=(role,))
        screen = await open_settings(room.administrator, room.channel)
        assert NOT_MODERATOR in read(await use(editor, room.channel, "review"))
        said = await choose(room.administrator, screen, ROLES, role)
        assert f"or the role: <@&{role.id}>" in said
        assert "No report waits." in read(await use(editor, room.channel, "review"))
        await choose(room.administrator, screen, ROLES)
        assert NOT_MODERATOR in read(await use(editor, room.channel, "review"))


async def test_limits_hold_from_the_next_question_on(world: World) -> None:
    async with newsroom(world) as room:
        screen = await open_settings(room.administrator, room.channel)
        form = (await room.administrator.click(screen, "Limits…")).modal
        assert [each.component["value"] for each in form.fields] == ["5", "60", "60", "30"]
        said = await set_limits(
            room.administrator,
            screen,
            member_questions="1",
            member_seconds="3600",
            server_questions="1000",
            retention_days="7",
        )
        assert "A member may ask 1 question in 3,600 s." in said
        assert "Questions and who asked them are kept for 7 days." in said

        first = await ask(room.member, room.channel, HANDBOOK)
        second = await ask(room.member, room.channel, HANDBOOK)
        other = await ask(room.moderator, room.channel, HANDBOOK)
        assert len(first.posted) >= 1
        assert "You have asked many questions in a short time; ask again in" in read(second.own[-1])
        assert "Your answer is posted" in read(other.own[-1])
        kept = read(await use(room.member, room.channel, "privacy"))
        assert "are erased after 7 days." in kept


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("typed", ["0", "-1", "1.5", "many", "9999", "٣", " "])
async def test_a_bad_number_is_refused_with_its_bounds(
    world: World, field: str, typed: str
) -> None:
    screen = await open_settings(world.administrator, world.channel)
    given = dict.fromkeys(FIELDS, "20")
    form = (await world.administrator.click(screen, "Limits…")).modal
    sent = await send_form(
        world.administrator, world.channel, form.custom_id, {**given, field: typed}
    )
    said = read(sent.own[-1])
    after = read(await open_settings(world.administrator, world.channel))

    assert "must be a whole number from 1 to" in said
    assert "A member may ask 100 questions in 60 s." in after


async def test_the_permission_check_names_what_is_missing_where(world: World) -> None:
    async with newsroom(world) as room:
        screen = await open_settings(room.administrator, room.channel)
        found = read(await press(room.administrator, screen, "Check permissions"))
        assert "Nothing is missing in 2 channels." in found
        room.other.deny(room.guild.bot, "send_messages", "read_message_history")
        room.channel.deny(room.guild.bot, "view_channel")
        await press(room.administrator, screen, "Back to the settings")
        await press(room.administrator, screen, "Check permissions")
        lacking = read(screen).splitlines()
        (closed,) = (line for line in lacking if f"<#{room.channel.id}> lacks" in line)
        (mute,) = (line for line in lacking if f"<#{room.other.id}> lacks" in line)

        assert "View Channels" in closed
        assert "Send Messages" in mute
        assert "Read Message History" in mute
        assert "View Channels" not in mute
        assert "Give Quoth's role these permissions" in read(screen)


async def test_what_the_owner_gave_on_the_integrations_page_counts(world: World) -> None:
    async with newsroom(world) as room:
        role = room.guild.add_role("Librarians")
        librarian = room.guild.add_member("Librarian", roles=(role,))
        forged = await librarian.command(room.channel, "settings", forge=True)
        assert read(await forged.settled()) == NOT_ADMINISTRATOR

        room.guild.override("settings", allow=(role,))
        screen = await open_settings(librarian, room.channel)
        await press(librarian, screen, "Keep answers private")
        assert "Answers are seen by the asker only." in read(screen)
        with pytest.raises(NotOffered):
            await librarian.command(room.channel, "corpus status")
        forged = await librarian.command(room.channel, "corpus status", forge=True)
        assert read(await forged.settled()) == NOT_ADMINISTRATOR
        assert NOT_MODERATOR in read(await use(librarian, room.channel, "review"))

        room.guild.override("settings", allow=(role,), deny=(room.channel,))
        refused = await press(librarian, screen, "Post answers for all")
        assert read(refused.own[-1]) == NOT_ADMINISTRATOR
        assert "Answers are seen by the asker only." in read(screen)
        room.guild.override("corpus", allow=(librarian,))
        assert "Articles of this server" in read(
            await use(librarian, room.channel, "corpus status")
        )


async def test_what_the_owner_took_away_is_gone_for_the_client(world: World) -> None:
    async with newsroom(world) as room:
        room.guild.override("settings", deny=(room.administrator,))
        with pytest.raises(NotOffered):
            await room.administrator.command(room.channel, "settings")


async def test_members_and_moderators_change_nothing(world: World) -> None:
    here = await post(world.asker, world.guild.add_channel("talk"), FERRIES)
    screen = await open_settings(world.administrator, here.channel)
    before, shown = read(screen), here.text
    targets = [*screen.custom_ids, "quoth1:settings::0"]
    for member in (world.stranger, world.moderator, world.role_moderator):
        forged = await (await member.command(here.channel, "settings", forge=True)).settled()
        refusals: list[Result] = [forged]
        for each in targets:
            refusals.append(await press(member, here, each, forge=True))
            chosen = await member.choose(here, each, [str(here.channel.id)], forge=True)
            refusals.append(await chosen.settled())
        given = dict.fromkeys(FIELDS, "20")
        refusals.append(await send_form(member, here.channel, "quoth1:set_limits::0", given))
        for refused in refusals:
            assert read(refused.own[-1]) == NOT_ADMINISTRATOR, refused
            assert refused.own[-1].ephemeral

    assert read(await open_settings(world.administrator, here.channel)) == before
    assert here.text == shown


async def test_another_servers_channels_and_roles_cannot_be_chosen(world: World) -> None:
    screen = await open_settings(world.outside_administrator, world.elsewhere_channel)
    before = read(screen)
    for menu, value in (
        (CHANNELS, world.channel.id),
        (REPORTS, world.moderators_channel.id),
        (ROLES, world.reviewers.id),
        (ROLES, "no number"),
    ):
        component = screen.find(menu)
        assert component is not None
        forged = await world.outside_administrator.choose(
            screen, component["custom_id"], [str(value)], forge=True
        )
        assert "Choose from the menu again" in read((await forged.settled()).own[-1]), menu
    after = read(await open_settings(world.outside_administrator, world.elsewhere_channel))

    assert after == before
    assert str(world.guild.id) not in after


async def test_settings_of_one_server_are_not_anothers(world: World) -> None:
    first = read(await open_settings(world.administrator, world.channel))
    async with newsroom(world) as room:
        screen = await open_settings(room.administrator, room.channel)
        await press(room.administrator, screen, "Keep answers private")
        answered = await post(world.asker, world.guild.add_channel("talk"), FERRIES)
    assert FERRIES_QUOTE in read(answered)
    assert read(await open_settings(world.administrator, world.channel)) == first


async def test_the_settings_and_their_screen_outlive_a_restart(world: World) -> None:
    async with newsroom(world) as room:
        screen = await open_settings(room.administrator, room.channel)
        await choose(room.administrator, screen, REPORTS, room.other)
        form = (await room.administrator.click(screen, "Limits…")).modal
        await world.bot.restart()
        await press(room.administrator, screen, "Keep answers private")
        sent = await form.submit(member_questions="9")
        await sent.settled()
        shown = read(await open_settings(room.administrator, room.channel))

        assert f"Reports are posted in <#{room.other.id}>." in shown
        assert "Answers are seen by the asker only." in shown
        assert "A member may ask 9 questions in 60 s." in shown
