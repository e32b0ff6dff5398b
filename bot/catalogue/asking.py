"""What Quoth says to a member who asks, looks closer, or posts and deletes an answer."""

from __future__ import annotations

from bot.catalogue.lines import Sentence, Template
from bot.catalogue.parameters import (
    ArticleId,
    Count,
    Day,
    Key,
    Moment,
    Number,
    QuestionWords,
)


class AskingRefusal(Sentence):
    """Why a question was not searched, or an answer not posted."""

    EMPTY = Template("The question is empty; ask one in your own words.")
    TOO_LONG = Template("The question is too long; ask it in at most {} characters.", (Count,))
    NOT_TEXT = Template("The question holds characters that no text can hold; ask it without them.")
    UNKNOWN_SOURCE = Template(
        "No article here has this source; /sources lists them, and choosing from the suggestions "
        "always finds one."
    )
    NOT_A_DAY = Template("A day is written like 2026-01-31, and must be in the calendar.")
    REVERSED = Template("There is no period from {} to {}; the first day comes first.", (Day, Day))
    ALREADY_POSTED = Template("This answer is posted in a channel already.")
    NOT_HERE = Template(
        "This server allows no public answers in this channel; /settings says where they may be."
    )
    CANNOT_POST = Template(
        "Quoth may not post in this channel; somebody who has Manage Server can change that."
    )
    UNCONFIRMED = Template(
        "It could not be confirmed whether your answer was posted; look for it in the channel "
        "before you ask again."
    )
    NOT_DELETED = Template(
        "Discord has not deleted the message, so your answer still stands; try again later, or "
        "tell somebody who has Manage Server."
    )
    NOTHING_STANDS = Template("None of these quotes still stands, so there is nothing to post.")
    NOT_PUBLIC = Template("This answer was never posted, so it shows no name.")
    QUESTION_GONE = Template("The question is no longer kept; ask it again.")


class AskingSentence(Sentence):
    """All that is said around asking."""

    # The passages on the topic of a message
    NO_VERDICT = Template(
        "Passages about the topic of this message. This is no verdict: Quoth does not judge "
        "whether a message is true, and what it says may stand in no passage."
    )

    # A question with a source or a period
    PART_SEARCHED = Template("Only part of the articles was searched, as the asker wanted.")

    # The receipt
    POSTED = Template("Your answer is posted, without your name.")
    POSTED_WITH_NAME = Template("Your answer is posted, with your name.")
    KEPT_PRIVATE = Template("Only you see this answer.")
    SHOW_NAME = Template("Show my name")
    HIDE_NAME = Template("Hide my name")
    DELETE = Template("Delete my answer")
    JUMP = Template("Go to the answer")

    # Deleting
    DELETE_ASK = Template(
        "Delete your answer? Its message goes for everybody, and this cannot be undone."
    )
    DELETE_YES = Template("Delete it")
    DELETED = Template("Your answer is deleted.")
    KEEP = Template("Keep it")

    # Asking a moderator
    ASK_MODERATOR_ASK = Template(
        "Send this question to the moderators of this server? They will see the question as you "
        "typed it, and that you asked it."
    )
    ASK_MODERATOR_YES = Template("Send it")
    NOT_NOW = Template("Not now")

    # Context
    CONTEXT_OF = Template("Around quote {}:", (Number,))

    # Why
    WHY = Template("Words of the question that stand, in some form, in each quote:")
    WHY_QUESTION_GONE = Template(
        "The question is no longer kept, so the words that matched cannot be shown."
    )
    WHY_NOT_KEPT = Template("The message is not kept, so the words that matched cannot be shown.")
    MATCHED = Template("[{}] {}", (Number, QuestionWords))
    MATCHED_TITLE = Template("[{}] in the title: {}", (Number, QuestionWords))
    MATCHED_NONE = Template("[{}] none; it was found by what stands beside it.", (Number,))

    # Verify
    CHECKED = Template("Checked against the stored articles at {}.", (Moment,))
    STANDS = Template(
        "\u2713 [{}] stands, word for word: characters {} to {} of article {}, version {}.",
        (Number, Number, Number, ArticleId, Number),
    )
    FAILS = Template("\u2717")
    OTHER_VERSION = Template(
        "Version {} was quoted; version {} is the current one.", (Number, Number)
    )
    NOT_STORED = Template("No such text is stored any more.")
    OTHER_TEXT = Template("The SHA-256 of the stored text is not that of the text quoted.")
    OTHER_WORDS = Template("The stored text ends before the place of the quote.")
    TEXT_HASH = Template("SHA-256 of the article's text: {}", (Key,))
    COPIES = Template(
        "The same words, or nearly, stand in {} other articles:",
        (Count,),
        for_one="The same words, or nearly, stand in {} other article:",
    )
    COPIES_GONE = Template(
        "{} more places hold them no longer, or may not be named.",
        (Count,),
        for_one="{} more place holds them no longer, or may not be named.",
    )
