"""What Quoth says on every screen of the chat: buttons of answers, and quotes that are gone."""

from __future__ import annotations

from bot.catalogue.lines import Sentence, Template
from bot.catalogue.parameters import Count, Day, Member, Number


class ScreenSentence(Sentence):
    """All that is said around answers in the chat, besides `bot.catalogue.answers`."""

    # Buttons
    CONTEXT = Template("Context")
    VERIFY = Template("Verify")
    WHY = Template("Why")
    REPORT = Template("Report")
    MORE = Template("More")
    POST = Template("Post to channel")
    ASK_MODERATOR = Template("Ask a moderator")
    REASONS = Template("Why not?")
    PREVIOUS = Template("Previous")
    NEXT = Template("Next")

    # Around an answer
    ASKED_BY = Template("Asked by {}", (Member,))
    PAGE = Template("Page {} of {}", (Number, Number))
    OPEN = Template("open")  # leads to a page whose title Discord would not show as a link
    PLACES = Template("{} places", (Count,), for_one="{} place")
    MORE_PLACES = Template("{} more places", (Count,), for_one="{} more place")
    SHORT_SILENCE = Template("No answer found in the articles.")
    TOO_LONG = Template("These words are too long to be shown here; read them at the source.")
    WIDENED = Template("A moderator had more of the same version shown here.")
    CORRECTED = Template("What is known about this source was corrected on {}.", (Day,))

    # An answer that was taken back
    RETRACTED_ON = Template("This answer was taken back by a moderator on {}.", (Day,))
    BECAUSE_WRONG_PASSAGE = Template("Reason: the passage does not answer the question.")
    BECAUSE_MISLEADING_CUT = Template("Reason: the passage misleads without what stands around it.")
    BECAUSE_SOURCE_PROBLEM = Template("Reason: there is a problem with the source.")
    BECAUSE_OUTDATED = Template("Reason: what it says is out of date.")
    BECAUSE_RULES = Template("Reason: the rules of this server.")

    # A quote that is gone
    GONE_RETRACTED = Template("Quote {} was taken back by a moderator.", (Number,))
    GONE_WITHDRAWN = Template("Quote {} is gone: its article was withdrawn.", (Number,))
    GONE_PURGED = Template("Quote {} is gone: its article was removed for good.", (Number,))
    GONE_CORRECTED = Template(
        "Quote {} is gone: its article was corrected, and may say something else now.", (Number,)
    )
    GONE_UNVERIFIED = Template(
        "Quote {} is gone: it could not be verified against the stored article.", (Number,)
    )
    GONE_ON = Template("Date: {}", (Day,))
