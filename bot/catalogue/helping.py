"""What ``/help`` says."""

from __future__ import annotations

from bot.catalogue.lines import Sentence, Template
from bot.catalogue.parameters import Collection, Count


class HelpSentence(Sentence):
    """All that ``/help`` shows, part by part."""

    TITLE = Template("Quoth")
    WHAT_IT_IS = Template(
        "Quoth can only quote. It answers with word-for-word passages of this server's articles, "
        "each with its source, and says so when they hold no answer. It writes nothing of its own."
    )
    OWN_COLLECTION = Template(
        "{} articles can be quoted here, of this server's own collection {}.",
        (Count, Collection),
        for_one="{} article can be quoted here, of this server's own collection {}.",
    )
    SHARED_COLLECTION = Template(
        "{} articles can be quoted here, of the shared collection {}.",
        (Count, Collection),
        for_one="{} article can be quoted here, of the shared collection {}.",
    )

    # Buttons to the parts
    FOR_MEMBERS = Template("For members")
    FOR_MODERATORS = Template("For moderators")
    FOR_ADMINISTRATORS = Template("For administrators")

    # For members
    ASK = Template("/ask: ask a question; it may be narrowed to a source or to dates.")
    PRIVATE = Template(
        "Where public answers are allowed, an answer is posted for all to see, without your name. "
        "With private, only you see it. When there is no answer, only you are told."
    )
    MENTION = Template(
        "Mention Quoth with a question, or reply to one of its answers, and it replies in place."
    )
    FIND_SOURCES = Template(
        "Find sources, in the menu of any message under Apps: passages on the message's topic."
    )
    ANSWER_BUTTONS = Template(
        "Below an answer: Context shows the paragraph around each quote, Verify checks the quotes "
        "again, Why shows the words that matched, Report tells the moderators, More turns the page."
    )
    BROWSE = Template("/sources and /source: the articles, and what is known about one.")
    PRIVACY = Template("/privacy: what is kept about you, and how to delete it.")

    # For moderators
    WHO_MODERATES = Template(
        "Moderators have Manage Messages, or a role named in /settings; in addition they can do "
        "this:"
    )
    VERIFY = Template(
        "Verify this answer, in the menu of an answer under Apps: each quote checked now, with the "
        "paragraph around it, its record and its copies."
    )
    RETRACT = Template(
        "Retract this answer, in the same menu: its quotes are taken out of every message that "
        "shows them."
    )
    REVIEW = Template(
        "/review: reports, and questions without an answer; claim one, look, decide. Another "
        "moderator can undo a decision."
    )
    AUDIT = Template("/audit: who did what, when, to which answer; as pages or as a file.")

    # For administrators
    WHO_ADMINISTERS = Template(
        "Administrators have Manage Server, or were given a command on Discord's Integrations "
        "page; in addition they can do this:"
    )
    ADD = Template(
        "/corpus add: add articles from files: .txt, .md with front matter, or .jsonl with one "
        "article a line; a file sources.toml may say where the others come from."
    )
    WITHDRAW = Template(
        "/corpus withdraw and restore: stop quoting an article, also in answers already posted, or "
        "quote it again."
    )
    STATUS = Template("/corpus status: how many articles there are, and how many there may be.")
    SETTINGS = Template(
        "/settings: channels, public answers, who moderates and where, limits, how long questions "
        "are kept, and a check of Quoth's permissions."
    )
    READ_ONLY = Template(
        "This server shares its articles with others: only the operator can change them."
    )


MEMBERS = (
    HelpSentence.ASK,
    HelpSentence.PRIVATE,
    HelpSentence.MENTION,
    HelpSentence.FIND_SOURCES,
    HelpSentence.ANSWER_BUTTONS,
    HelpSentence.BROWSE,
    HelpSentence.PRIVACY,
)
MODERATORS = (HelpSentence.VERIFY, HelpSentence.RETRACT, HelpSentence.REVIEW, HelpSentence.AUDIT)
ADMINISTRATORS = (
    HelpSentence.ADD,
    HelpSentence.WITHDRAW,
    HelpSentence.STATUS,
    HelpSentence.SETTINGS,
)
