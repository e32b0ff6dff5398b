"""The values an answer is made of, and their JSON form (one object, stable keys)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, TypeVar, get_type_hints

from corpus.article import Span

Value = TypeVar("Value")

# A longer question is refused where it is typed, and met with silence elsewhere.
MAX_QUESTION_CHARS = 1000


class Reason(StrEnum):
    """Why a question is met with silence."""

    NO_MATCH = "no_match"
    NOT_THIS_FACT = "not_this_fact"
    OFF_TOPIC = "off_topic"
    ONLY_STOP_WORDS = "only_stop_words"
    LANGUAGE = "language"
    NOT_A_QUESTION = "not_a_question"
    TOO_LONG = "too_long"


class NoteKind(StrEnum):
    """What may be said about the quotes of an answer; the words are in ``bot.catalogue``.

    Notes
    -----
    What a `Note` carries beside the ranks it is about:

    - ``FIGURES_DIFFER``: the number with its unit in each quote, in the order of ``quotes``.
    - ``RESPONSE``: the words that respond; the claim is another quote of the answer.
    - ``NO_RESPONSE``: how many articles were searched; ``quotes`` make the claim.
    - ``WORDING_VARIES``: the quotation in the quote, then in each copy.
    - ``ARTICLES``: how many articles hold the quotes and the copies in ``also_in``.
    - ``ORIGINS``: how many origins these articles name, and where each is named first.
    - ``PART_UNANSWERED``: the number, from 1, of the question for which nothing is shown.
    - ``PUBLISHER_ONLY``: how many articles the publisher named in the question has.
    - ``UNDATED_LEFT_OUT``: how many articles without a date a period left out.
    """

    CAPTION = "caption"
    NO_DATE = "no_date"
    SAMPLE = "sample"
    STARTER = "starter"
    UNDATED_LEFT_OUT = "undated_left_out"
    UNVERIFIED = "unverified"
    FIGURES_DIFFER = "figures_differ"
    RESPONSE = "response"
    NO_RESPONSE = "no_response"
    WORDING_VARIES = "wording_varies"
    ARTICLES = "articles"
    ORIGINS = "origins"
    PART_UNANSWERED = "part_unanswered"
    PUBLISHER_ONLY = "publisher_only"


@dataclass(frozen=True, slots=True)
class SourceFields:
    """The fields of a source record as an answer prints them; None is unknown."""

    title: str | None
    publisher: str | None
    author: str | None
    published: str | None
    published_precision: str | None
    url: str | None
    file: str | None


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of the quoted article shown beside the quote: context or speaker."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where the same words stand in another article."""

    article_id: str
    version: int
    sha256: str
    start: int
    end: int
    text: str
    source: SourceFields


@dataclass(frozen=True, slots=True)
class Quote:
    """Verbatim words of one article version, with all a reader needs to check them.

    Parameters
    ----------
    rank : int
        From 1.
    article_id, version, sha256
        Name the article version and the SHA-256 of its whole text.
    start, end : int
        The span of ``text`` in it, in code points.
    prefix, suffix : str
        Up to 32 characters before and after (W3C TextQuoteSelector).
    kind : str
        ``"body"`` or ``"caption"``.
    score : float
        What it was ranked by; above 0.
    context : tuple of Excerpt
        Sentences of the same article needed to understand it, in order of place.
    speaker : Excerpt or None
        Who says it, as named in the article.
    also_in : tuple of Place
        Copies of the sentence in other articles, by article id and place.
    """

    rank: int
    article_id: str
    version: int
    sha256: str
    start: int
    end: int
    text: str
    prefix: str
    suffix: str
    kind: str
    score: float
    context: tuple[Excerpt, ...]
    speaker: Excerpt | None
    source: SourceFields
    also_in: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class NotePlace:
    """A span of an article that a note rests on."""

    article_id: str
    version: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Note:
    """Something the catalogue can say about quotes, with the spans it rests on.

    ``count`` is the note's number where it has one (articles left out), else None.
    """

    kind: NoteKind
    quotes: tuple[int, ...] = ()
    spans: tuple[NotePlace, ...] = ()
    count: int | None = None


@dataclass(frozen=True, slots=True)
class NearestSource:
    """A source that is near the question's topic, shown with silence as a link only."""

    article_id: str
    source: SourceFields


@dataclass(frozen=True, slots=True)
class Abstention:
    """Why there are no quotes, which words were not found, and where to look instead."""

    reason: Reason
    unmatched: tuple[str, ...] = ()
    nearest: tuple[NearestSource, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """Quotes for a question, or the reason for silence; never both.

    Parameters
    ----------
    question : str
        As typed.
    searched : str
        What was searched for, as shown to the member.
    collection : str
        Whose articles were asked.
    asked : str or None
        The day asked, ISO 8601; None if none was given and no article is dated.
    quotes : tuple of Quote
        Best first; empty when abstaining.
    notes : tuple of Note
    abstained : Abstention or None
    confidence : float
        Probability, 0 to 1, that the quotes shown (or those withheld) answer the question.
    index : str
        Digest of the generation that answered: ids, versions, hashes and settings.
    elapsed_ms : float
        The only field that differs between two runs.

    Raises
    ------
    ValueError
        If there are quotes beside a reason for silence, or neither.
    """

    question: str
    searched: str
    collection: str
    asked: str | None
    quotes: tuple[Quote, ...]
    notes: tuple[Note, ...]
    abstained: Abstention | None
    confidence: float
    index: str
    elapsed_ms: float

    def __post_init__(self) -> None:
        if bool(self.quotes) == (self.abstained is not None):
            raise ValueError("an answer has either quotes or a reason for silence")

    @property
    def answered(self) -> bool:
        """Return whether there are quotes."""
        return bool(self.quotes)


def answer_to_json(answer: Answer) -> dict[str, Any]:
    """Return the JSON object of an answer, in the contract's order of keys."""
    fields = asdict(answer)
    ordered: dict[str, Any] = {}
    for key, value in fields.items():
        if key == "quotes":
            ordered["answered"] = answer.answered
        ordered[key] = value
    return ordered


def answer_from_json(data: Any) -> Answer:
    """Return the answer that a JSON object describes; keys that no answer has are passed over.

    Raises
    ------
    ValueError
        If a key is missing, or a value is not of its kind.
    """
    return _build(
        Answer,
        data,
        quotes=_each(_quote, data, "quotes"),
        notes=_each(_note, data, "notes"),
        abstained=_maybe(_abstention, data, "abstained"),
    )


def _quote(data: Any) -> Quote:
    return _build(
        Quote,
        data,
        context=_each(_excerpt, data, "context"),
        speaker=_maybe(_excerpt, data, "speaker"),
        source=_source(_get(data, "source")),
        also_in=_each(_place, data, "also_in"),
    )


def _excerpt(data: Any) -> Excerpt:
    return _build(Excerpt, data)


def _place(data: Any) -> Place:
    return _build(Place, data, source=_source(_get(data, "source")))


def _source(data: Any) -> SourceFields:
    return _build(SourceFields, data)


def _note(data: Any) -> Note:
    return _build(
        Note,
        data,
        kind=NoteKind(_get(data, "kind")),
        quotes=_each(_integer, data, "quotes"),
        spans=_each(_note_place, data, "spans"),
    )


def _note_place(data: Any) -> NotePlace:
    return _build(NotePlace, data)


def _abstention(data: Any) -> Abstention:
    return _build(
        Abstention,
        data,
        reason=Reason(_get(data, "reason")),
        unmatched=_each(_text, data, "unmatched"),
        nearest=_each(_nearest, data, "nearest"),
    )


def _nearest(data: Any) -> NearestSource:
    return _build(NearestSource, data, source=_source(_get(data, "source")))


def _text(value: Any) -> str:
    return str(_check("a text", value, str))


def _integer(value: Any) -> int:
    return int(_check("a number", value, int))


def _build(kind: type[Value], data: Any, /, **nested: Any) -> Value:
    """Return a value of one of the classes above; what is not nested is read from the object."""
    types = get_type_hints(kind)
    plain = {
        name: _check(name, _get(data, name), types[name]) for name in types if name not in nested
    }
    if "start" in plain:
        Span(plain["start"], plain["end"])
    return kind(**plain, **nested)


def _each(read: Callable[[Any], Value], data: Any, key: str) -> tuple[Value, ...]:
    return tuple(read(item) for item in _check(key, _get(data, key), list))


def _maybe(read: Callable[[Any], Value], data: Any, key: str) -> Value | None:
    value = _get(data, key)
    return None if value is None else read(value)


def _get(data: Any, key: str) -> Any:
    if not isinstance(data, dict):
        raise ValueError(f"not a part of an answer: {data!r}")  # noqa: TRY004 - the file is wrong
    if key not in data:
        raise ValueError(f"not an answer: the key {key!r} is missing")
    return data[key]


def _check(name: str, value: Any, kind: Any) -> Any:
    """Return a value of a kind; in Python True is a number and 1 is no float, in JSON neither."""
    is_kind = isinstance(value, int | float if kind is float else kind)
    if not is_kind or isinstance(value, bool):
        raise ValueError(f"not an answer: {name} cannot be {value!r}")
    return value
