"""What Quoth says about a server's settings, and about what it may do where."""

from __future__ import annotations

from bot.catalogue.lines import Sentence, Template
from bot.catalogue.parameters import Channel, Count, Number, Permission, Role


class SettingRefusal(Sentence):
    """Why a setting stays as it was."""

    UNKNOWN_CHOICE = Template("Choose from the menu again; what came back is none of its choices.")
    MEMBER_QUESTIONS = Template(
        "How many questions a member may ask must be a whole number from {} to {}.",
        (Number, Number),
    )
    MEMBER_SECONDS = Template(
        "The seconds for these questions must be a whole number from {} to {}.", (Number, Number)
    )
    SERVER_QUESTIONS = Template(
        "How many questions a minute all may ask must be a whole number from {} to {}.",
        (Number, Number),
    )
    RETENTION_DAYS = Template(
        "How many days questions are kept must be a whole number from {} to {}.", (Number, Number)
    )


class SettingSentence(Sentence):
    """All that ``/settings`` shows."""

    TITLE = Template("Settings of this server")
    SAVED = Template("Saved.")

    # The present values
    EVERY_CHANNEL = Template("Quoth answers in every channel that it can see.")
    THESE_CHANNELS = Template("Quoth answers only in:")
    CHANNEL = Template("{}", (Channel,))
    PUBLIC = Template("Answers are posted in the channel for all to see.")
    PRIVATE = Template("Answers are seen by the asker only.")
    NO_MODERATORS_CHANNEL = Template("Reports wait in /review; no channel is named for them.")
    MODERATORS_CHANNEL = Template("Reports are posted in {}.", (Channel,))
    NO_ROLES = Template("Moderators are those who have Manage Messages.")
    ROLES = Template("Moderators are those who have Manage Messages, or the role:")
    ROLE = Template("{}", (Role,))
    MEMBER_LIMIT = Template(
        "A member may ask {} questions in {} s.",
        (Count, Count),
        for_one="A member may ask {} question in {} s.",
    )
    SERVER_LIMIT = Template(
        "All members together may ask {} questions a minute.",
        (Count,),
        for_one="All members together may ask {} question a minute.",
    )
    RETENTION = Template(
        "Questions and who asked them are kept for {} days.",
        (Count,),
        for_one="Questions and who asked them are kept for {} day.",
    )

    # What can be changed
    CHOOSE_CHANNELS = Template("Channels to answer in; none means every channel")
    CHOOSE_MODERATORS_CHANNEL = Template("Channel for reports; none means /review only")
    CHOOSE_ROLES = Template("Roles that may moderate")
    MAKE_PUBLIC = Template("Post answers for all")
    MAKE_PRIVATE = Template("Keep answers private")
    LIMITS = Template("Limits…")
    CHECK = Template("Check permissions")
    BACK = Template("Back to the settings")

    # The form of limits; labels have 45 characters at most
    LIMITS_TITLE = Template("Limits")
    MEMBER_QUESTIONS_LABEL = Template("Questions a member may ask")
    MEMBER_SECONDS_LABEL = Template("in so many seconds")
    SERVER_QUESTIONS_LABEL = Template("Questions a minute, of all members together")
    RETENTION_DAYS_LABEL = Template("Days that questions are kept")
    BOUNDS = Template("A whole number from {} to {}", (Number, Number))

    # Permissions
    PERMISSIONS_TITLE = Template("What Quoth may do")
    NOTHING_MISSING = Template(
        "Nothing is missing in {} channels.",
        (Count,),
        for_one="Nothing is missing in {} channel.",
    )
    NO_CHANNELS = Template("There is no channel to check.")
    MISSING_IN = Template("{} lacks:", (Channel,))
    MISSING = Template("{}", (Permission,))
    MORE_CHANNELS = Template(
        "In {} more channels something is missing.",
        (Count,),
        for_one="In {} more channel something is missing.",
    )
    HOW_TO_MEND = Template(
        "Give Quoth's role these permissions in the channel's own settings, or choose other "
        "channels."
    )
    NO_OTHERS = Template("No other permission is ever used.")
