"""Every sentence Quoth may say.

A `Sentence` is one of a fixed list; a `Line` is a sentence with its parameters, each of the type
that the sentence asks for. Free text has no way in: to let Quoth say something new, add a member
here, where review sees it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from bot.inert import make_one_line
from corpus.directory import check_collection_name
from retrieval.answer import MAX_QUESTION_CHARS, NoteKind, Reason

ARTICLE_ID = re.compile(r"[A-Za-z0-9_.-]{1,128}")


@dataclass(frozen=True, slots=True)
class Count:
    """How many of something; the only parameter that decides between singular and plural."""

    value: int

    def __post_init__(self) -> None:
        if self.value < 0:
            raise ValueError(f"a count is 0 or more, not {self.value}")

    def __str__(self) -> str:
        return f"{self.value:,}"


@dataclass(frozen=True, slots=True)
class Number:
    """A rank, a version or an offset: digits only, as another command takes them."""

    value: int

    def __post_init__(self) -> None:
        if self.value < 0:
            raise ValueError(f"a number is 0 or more, not {self.value}")

    def __str__(self) -> str:
        return str(self.value)


@dataclass(frozen=True, slots=True)
class ArticleId:
    """The id of an article."""

    value: str

    def __post_init__(self) -> None:
        if ARTICLE_ID.fullmatch(self.value) is None:
            raise ValueError(f"{self.value!r} is not an article id")

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class Collection:
    """The name of a collection."""

    value: str

    def __post_init__(self) -> None:
        check_collection_name(self.value)

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """Words of the question, in its order."""

    value: tuple[str, ...]

    def __str__(self) -> str:
        return ", ".join(make_one_line(word) for word in self.value)


Parameter = Count | Number | ArticleId | Collection | QuestionWords


@dataclass(frozen=True, slots=True)
class Template:
    """The words of a sentence, with ``{}`` for each parameter in order.

    Parameters
    ----------
    words : str
        For any count but one.
    takes : tuple of type
        The parameters' types.
    for_one : str
        The words when the first parameter is a count of one; empty where they do not differ.
    """

    words: str
    takes: tuple[type[Parameter], ...] = ()
    for_one: str = ""


class Sentence(Enum):
    """All that Quoth says in its own words."""

    # Labels
    QUESTION = Template("Question:")
    SEARCHED_FOR = Template("Searched for:")
    COLLECTION = Template("Collection: {}", (Collection,))
    QUOTE_NUMBER = Template("[{}]", (Number,))
    CONTEXT = Template("Context:")
    QUOTE = Template("Quote:")
    SAID_BY = Template("Said by:")
    ALSO_IN = Template("Same words also in:")
    NEARLY = Template("In nearly the same words also in:")
    NEAREST = Template("Nearest sources, which may not answer it:")
    SOURCE = Template("Source:")
    FILE = Template("File:")
    PLACE = Template(
        "Article {}, version {}, characters {} to {}", (ArticleId, Number, Number, Number)
    )

    # About a source
    NO_TITLE = Template("No title given")
    NO_DATE = Template("No date given")

    # About quotes
    CAPTION = Template("Picture caption.")
    SAMPLE = Template("Sample article written to try Quoth out, not a news source.")
    UNSHOWABLE = Template(
        "These words hold characters that cannot be shown here; read them at the source."
    )
    UNVERIFIED = Template("A source could not be verified; what it says is not shown.")

    # About the search
    STARTER = Template(
        "Your collection is empty: this is from the starter articles that come with Quoth."
    )
    UNDATED_LEFT_OUT = Template(
        "{} articles without a date were left out.",
        (Count,),
        for_one="{} article without a date was left out.",
    )

    # Silence
    NO_MATCH = Template("No answer: nothing in the articles matches the question.")
    NOT_THIS_FACT = Template(
        "No answer: the articles come near the subject, but nothing found in them states this."
    )
    OFF_TOPIC = Template("No answer: the articles do not seem to be about this.")
    ONLY_STOP_WORDS = Template(
        "No answer: the question holds only words that every text holds; name what it is about."
    )
    LANGUAGE = Template("No answer: the question does not seem to be in the articles' language.")
    NOT_A_QUESTION = Template(
        "No answer: Quoth only quotes articles, and found nothing to quote for this message."
    )
    TOO_LONG = Template(
        "No answer: the question is too long; ask it in at most {} characters.", (Count,)
    )
    WORDS_NOT_FOUND = Template("Words not found in the articles: {}", (QuestionWords,))


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of the catalogue with its parameters.

    Raises
    ------
    ValueError
        If the parameters are not of the sentence's types, one for one.
    """

    sentence: Sentence
    parameters: tuple[Parameter, ...] = ()

    def __post_init__(self) -> None:
        given = tuple(type(parameter) for parameter in self.parameters)
        if given != self.sentence.value.takes:
            wanted = ", ".join(kind.__name__ for kind in self.sentence.value.takes)
            raise ValueError(f"{self.sentence.name} takes ({wanted}), not {self.parameters!r}")

    @property
    def text(self) -> str:
        """Return the sentence in words."""
        template: Template = self.sentence.value
        one = bool(template.for_one) and self.parameters[0] == Count(1)
        return (template.for_one if one else template.words).format(*self.parameters)


NOTES = {
    NoteKind.CAPTION: Sentence.CAPTION,
    NoteKind.NO_DATE: Sentence.NO_DATE,
    NoteKind.SAMPLE: Sentence.SAMPLE,
    NoteKind.STARTER: Sentence.STARTER,
    NoteKind.UNDATED_LEFT_OUT: Sentence.UNDATED_LEFT_OUT,
    NoteKind.UNVERIFIED: Sentence.UNVERIFIED,
}
REASONS = {
    Reason.NO_MATCH: Line(Sentence.NO_MATCH),
    Reason.NOT_THIS_FACT: Line(Sentence.NOT_THIS_FACT),
    Reason.OFF_TOPIC: Line(Sentence.OFF_TOPIC),
    Reason.ONLY_STOP_WORDS: Line(Sentence.ONLY_STOP_WORDS),
    Reason.LANGUAGE: Line(Sentence.LANGUAGE),
    Reason.NOT_A_QUESTION: Line(Sentence.NOT_A_QUESTION),
    Reason.TOO_LONG: Line(Sentence.TOO_LONG, (Count(MAX_QUESTION_CHARS),)),
}


def note_line(kind: NoteKind, count: int | None) -> Line:
    """Return what is said for a kind of note; ``count`` is its number where it has one."""
    return Line(NOTES[kind], () if count is None else (Count(count),))
