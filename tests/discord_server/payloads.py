"""The world as JSON, just as much of it as discord.py reads."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tests.discord_server.ids import DISCORD_EPOCH_MS

if TYPE_CHECKING:
    from tests.discord_server.guilds import Channel, Guild, Role
    from tests.discord_server.interactions import Interaction
    from tests.discord_server.messages import Attachment, Message
    from tests.discord_server.people import Member
    from tests.discord_server.state import State

Payload = dict[str, Any]

TEXT_CHANNEL = 0
DEFAULT, REPLY, CHAT_COMMAND, MENU_COMMAND = 0, 19, 20, 23
GUILD_INSTALL = "0"


def timestamp(id_: int) -> str:
    """Return the time that an id carries."""
    return datetime.fromtimestamp(((id_ >> 22) + DISCORD_EPOCH_MS) / 1000, tz=UTC).isoformat()


def user(member: Member) -> Payload:
    """Return a user."""
    return {
        "id": str(member.id),
        "username": member.name.lower(),
        "discriminator": "0",
        "global_name": member.name,
        "avatar": None,
        "primary_guild": None,
        "public_flags": 0,
        "flags": 0,
        "bot": member.bot,
    }


def bare_member(whom: Member) -> Payload:
    """Return a member without the user."""
    return {
        "nick": None,
        "avatar": None,
        "banner": None,
        "roles": [str(each.id) for each in whom.roles],
        "joined_at": timestamp(whom.guild.id),
        "premium_since": None,
        "communication_disabled_until": None,
        "pending": False,
        "deaf": False,
        "mute": False,
        "flags": 0,
    }


def member(whom: Member) -> Payload:
    """Return a member with the user."""
    return {**bare_member(whom), "user": user(whom)}


def role(whom: Role) -> Payload:
    """Return a role."""
    return {
        "id": str(whom.id),
        "name": whom.name,
        "permissions": str(whom.permissions),
        "position": 0 if whom.id == whom.guild.id else 1,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": whom.managed,
        "mentionable": False,
        "icon": None,
        "unicode_emoji": None,
        "description": None,
        "flags": 0,
    }


def role_event(whom: Role) -> Payload:
    """Return the event of a new role."""
    return {"guild_id": str(whom.guild.id), "role": role(whom)}


def channel(where: Channel) -> Payload:
    """Return a text channel."""
    return {
        "id": str(where.id),
        "type": TEXT_CHANNEL,
        "guild_id": str(where.guild.id),
        "name": where.name,
        "position": 0,
        "topic": None,
        "nsfw": False,
        "parent_id": None,
        "last_message_id": None,
        "rate_limit_per_user": 0,
        "flags": 0,
        "permission_overwrites": [
            {
                "id": str(id_),
                "type": 0 if id_ in where.guild.roles else 1,
                "allow": str(allow),
                "deny": str(deny),
            }
            for id_, (allow, deny) in where.overwrites.items()
        ],
    }


def guild(whole: Guild) -> Payload:
    """Return a guild as the gateway sends it to a bot that may not see all members."""
    return {
        "id": str(whole.id),
        "name": whole.name,
        "owner_id": str(whole.owner_id),
        "member_count": len(whole.members),
        "roles": [role(each) for each in whole.roles.values()],
        "channels": [channel(each) for each in whole.channels.values() if not each.deleted],
        "members": [member(whole.bot)],
        "emojis": [],
        "stickers": [],
        "features": [],
        "threads": [],
        "presences": [],
        "voice_states": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
        "preferred_locale": "en-GB",
        "large": False,
        "joined_at": timestamp(whole.id),
        "icon": None,
        "splash": None,
        "banner": None,
        "description": None,
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "afk_timeout": 300,
        "afk_channel_id": None,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "rules_channel_id": None,
        "public_updates_channel_id": None,
        "vanity_url_code": None,
        "premium_progress_bar_enabled": False,
    }


def attachment(file: Attachment) -> Payload:
    """Return a file's record."""
    return {
        "id": str(file.id),
        "filename": file.filename,
        "size": len(file.data),
        "url": file.url,
        "proxy_url": file.url,
        "content_type": file.content_type,
        "description": file.description,
    }


def message(whole: Message, *, nested: bool = False) -> Payload:
    """Return a message; one inside another does not tell what it replied to in full."""
    payload: Payload = {
        "id": str(whole.id),
        "channel_id": str(whole.channel.id),
        "author": user(whole.author),
        "content": whole.content,
        "timestamp": timestamp(whole.id),
        "edited_timestamp": datetime.now(tz=UTC).isoformat() if whole.edited else None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [{**user(each), "member": bare_member(each)} for each in whole.mentions],
        "mention_roles": [],
        "attachments": [attachment(each) for each in whole.attachments],
        "embeds": whole.embeds,
        "components": whole.components,
        "pinned": False,
        "flags": whole.flags,
        "type": message_type(whole),
    }
    if whole.nonce is not None:
        payload["nonce"] = whole.nonce
    if whole.reply_to is not None:
        payload["message_reference"] = reference(whole.reply_to)
        if not nested:
            gone = whole.reply_to.deleted
            payload["referenced_message"] = None if gone else message(whole.reply_to, nested=True)
    if whole.interaction is not None:
        application = str(whole.channel.guild.state.application_id)
        payload |= {"application_id": application, "webhook_id": application}
        payload["interaction_metadata"] = interaction_metadata(whole.interaction)
    return payload


def message_event(whole: Message) -> Payload:
    """Return a message as the gateway sends it."""
    return {
        **message(whole),
        "guild_id": str(whole.channel.guild.id),
        "member": bare_member(whole.author),
    }


def message_type(whole: Message) -> int:
    """Return the number of the kind of message."""
    if whole.interaction is not None and whole.interaction.type == 2:
        is_menu = "target_id" in whole.interaction.data
        return MENU_COMMAND if is_menu else CHAT_COMMAND
    return DEFAULT if whole.reply_to is None else REPLY


def reference(to: Message) -> Payload:
    """Return the pointer to a message that was replied to."""
    return {
        "type": 0,
        "message_id": str(to.id),
        "channel_id": str(to.channel.id),
        "guild_id": str(to.channel.guild.id),
    }


def interaction_metadata(of: Interaction) -> Payload:
    """Return what a message tells about the interaction it came from."""
    return {
        "id": str(of.id),
        "type": of.type,
        "user": user(of.member),
        "authorizing_integration_owners": {GUILD_INSTALL: str(of.channel.guild.id)},
    }


def interaction(whole: Interaction) -> Payload:
    """Return an interaction as the gateway sends it."""
    where = whole.channel
    permissions = str(where.permissions_of(whole.member))
    payload: Payload = {
        "id": str(whole.id),
        "application_id": str(where.guild.state.application_id),
        "type": whole.type,
        "token": whole.token,
        "version": 1,
        "guild_id": str(where.guild.id),
        "guild": {"id": str(where.guild.id), "locale": "en-GB", "features": []},
        "guild_locale": "en-GB",
        "locale": "en-GB",
        "channel_id": str(where.id),
        "channel": {**channel(where), "permissions": permissions},
        "member": {**member(whole.member), "permissions": permissions},
        "app_permissions": str(where.permissions_of(where.guild.bot)),
        "entitlements": [],
        "authorizing_integration_owners": {GUILD_INSTALL: str(where.guild.id)},
        "context": 0,
        "attachment_size_limit": 10 * 1024 * 1024,
        "data": whole.data,
    }
    if whole.message is not None:
        payload["message"] = message(whole.message)
    return payload


def application(state: State) -> Payload:
    """Return the bot's application."""
    id_ = str(state.application_id)
    return {
        "id": id_,
        "name": "Quoth",
        "description": "",
        "icon": None,
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": 0,
        "owner": {"id": "1", "username": "operator", "discriminator": "0", "avatar": None},
        "team": None,
        "summary": "",
        "integration_types_config": {GUILD_INSTALL: {}},
    }


def bot_user(state: State) -> Payload:
    """Return the bot's own user."""
    return {
        "id": str(state.bot_id),
        "username": "quoth",
        "discriminator": "0",
        "global_name": None,
        "avatar": None,
        "bot": True,
        "verified": True,
        "mfa_enabled": True,
        "flags": 0,
        "public_flags": 0,
    }
