"""What Quoth says about the articles of a server: the list, and the record of one of them."""

from __future__ import annotations

from bot.catalogue.lines import Sentence, Template
from bot.catalogue.parameters import (
    ArticleId,
    Collection,
    Count,
    Day,
    Key,
    LanguageTag,
    Member,
    Moment,
    Number,
)


class BrowsingSentence(Sentence):
    """All that is said around titles and records."""

    # The list
    SOURCES = Template("Articles of this server")
    HOLDS = Template(
        "{} articles in the collection {}",
        (Count, Collection),
        for_one="{} article in the collection {}",
    )
    EMPTY = Template(
        "This server has no articles yet. Who has Manage Server can add some with /corpus add."
    )
    OPEN_ONE = Template("Open the record of an article")
    ALL = Template("All articles")

    # An article's state
    WITHDRAWN = Template("Withdrawn on {}; it is not quoted.", (Day,))
    PURGED = Template("Deleted for good on {}; nothing of it can be shown.", (Day,))

    # The record
    IDENTITY = Template("Article {}, version {}; characters in all: {}", (ArticleId, Number, Count))
    TEXT_HASH = Template("SHA-256 of its text: {}", (Key,))
    TITLE = Template("Title:")
    PUBLISHER = Template("Publisher:")
    AUTHOR = Template("Author:")
    PUBLISHED = Template("Date:")
    URL = Template("Address:")
    LANGUAGE = Template("Language: {}", (LanguageTag,))
    LANGUAGE_NOT_GIVEN = Template("Language: not given")
    FILE = Template("File:")
    NOT_GIVEN = Template("not given")
    UNNAMED = Template("Article {}, which has no title", (ArticleId,))

    # How a field is known
    STANDS_AT = Template("(stands in the article, characters {} to {})", (Number, Number))
    STANDS = Template("(stands in the article)")
    METADATA = Template("(stated beside the text in the article's own file)")
    SIDECAR = Template("(stated in the file sources.toml that came with it)")
    OPERATOR = Template("(stated by the operator)")

    # What was done to it
    ADDED_BY_MEMBER = Template("Added on {} by {}", (Moment, Member))
    ADDED_BY_GONE = Template("Added on {} by somebody whose name is no longer kept", (Moment,))
    ADDED_BY_OPERATOR = Template("Added on {} by the operator", (Moment,))
    ADDED_BY_QUOTH = Template("Added on {} by Quoth itself", (Moment,))
    VERSION_BY_MEMBER = Template("Version {} came on {} from {}", (Number, Moment, Member))
    VERSION_BY_GONE = Template(
        "Version {} came on {} from somebody whose name is no longer kept", (Number, Moment)
    )
    VERSION_BY_OPERATOR = Template("Version {} came on {} from the operator", (Number, Moment))
    VERSION_BY_QUOTH = Template("Version {} came on {} from Quoth itself", (Number, Moment))
    RECORD_CORRECTED = Template("Record corrected on {}", (Moment,))
    WITHDRAWN_AT = Template("Withdrawn on {}", (Moment,))
    RESTORED_AT = Template("May be quoted again since {}", (Moment,))
    EARLIER_CHANGES = Template(
        "{} earlier changes are not listed here.",
        (Count,),
        for_one="{} earlier change is not listed here.",
    )
