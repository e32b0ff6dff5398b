"""What Quoth says when it cannot or may not do what was asked."""

from __future__ import annotations

from bot.catalogue.lines import Sentence, Template
from bot.catalogue.parameters import Count, Member, Moment


class Refusal(Sentence):
    """Why not, and what to do instead; only the one who asked sees it."""

    NOT_MODERATOR = Template(
        "Only moderators of this server can do this: who has Manage Messages, or a role named in "
        "/settings."
    )
    NOT_ADMINISTRATOR = Template("Only who has Manage Server on this server can do this.")
    NOT_ASKER = Template("Only the member who asked can do this.")
    NO_ANSWER = Template(
        "This is no answer of Quoth's on this server, or it is no longer kept; ask again."
    )
    NO_REPORT = Template("This report is no longer kept; /review shows what is open.")
    NO_ARTICLE = Template("This server's corpus holds no such article; /sources lists them.")
    RETRACTED = Template("This answer was taken back; its quotes are no longer shown.")
    CLAIMED = Template("{} has claimed this since {}.", (Member, Moment))
    DECIDED = Template("{} has decided this already, at {}.", (Member, Moment))
    CHANGED = Template("This has changed meanwhile; open it again.")
    READ_ONLY = Template(
        "This server shares its articles with others, so only the operator can change them."
    )
    WAIT = Template(
        "You have asked many questions in a short time; ask again in {} seconds.",
        (Count,),
        for_one="You have asked many questions in a short time; ask again in {} second.",
    )
    SERVER_WAIT = Template(
        "Many questions are being asked on this server; ask again in {} seconds.",
        (Count,),
        for_one="Many questions are being asked on this server; ask again in {} second.",
    )
    BUSY = Template("Quoth is busy; ask again in a moment.")
    FAILED = Template("Something went wrong, and was noted for the operator; try again later.")
    SERVER_ONLY = Template("Quoth answers only on servers that it is a member of.")
