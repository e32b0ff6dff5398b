"""What Quoth says of corrections: below an answer that it cannot edit, and to moderators."""

from __future__ import annotations

from bot.catalogue.lines import Sentence, Template
from bot.catalogue.parameters import ArticleId, Count, Moment


class SweepSentence(Sentence):
    """All that a reply to an outdated message says, besides which quotes are gone."""

    OUTDATED = Template(
        "The answer above is out of date, and Discord does not let Quoth edit it any more."
    )
    BUTTONS_HOLD = Template("Its buttons show what still stands.")


class SweptSentence(Sentence):
    """What became of the messages that were to be corrected."""

    OF_ANSWER = Template("Corrected since {}:", (Moment,))
    LATELY = Template("Posted answers corrected lately")
    WITHDRAWN = Template("Article {}, withdrawn on {}:", (ArticleId, Moment))
    RESTORED = Template("Article {}, restored on {}:", (ArticleId, Moment))
    CHANGED = Template("Article {}, changed on {}:", (ArticleId, Moment))
    PURGED = Template("Article {}, deleted for good on {}:", (ArticleId, Moment))

    # How many, by what became of them
    EDITED = Template("{} messages edited", (Count,), for_one="{} message edited")
    REPLIED = Template(
        "{} messages too old to edit, with a reply below them",
        (Count,),
        for_one="{} message too old to edit, with a reply below it",
    )
    PRIVATE = Template(
        "{} answers that only their askers see, whose buttons say it",
        (Count,),
        for_one="{} answer that only its asker sees, whose buttons say it",
    )
    UNREACHABLE = Template(
        "{} messages deleted or out of reach",
        (Count,),
        for_one="{} message deleted or out of reach",
    )
    WAITING = Template(
        "{} messages still to be corrected", (Count,), for_one="{} message still to be corrected"
    )
