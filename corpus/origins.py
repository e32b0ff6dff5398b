"""Where an article says it has its news from: the publishers and agencies that it names as source.

A name counts only where two things meet: it is a publisher's (by its words, because it is called a
newspaper, a broadcaster or an agency, or because it publishes an article of the collection), and
the words around it say that something was told to it, reported or first published by it. People and
authorities who are merely quoted are speakers, not origins.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from corpus.article import Span


class OriginKind(StrEnum):
    """What the words around an origin's name say."""

    ATTRIBUTION = "attribution"
    REPRINT = "reprint"
    CREDIT = "credit"


@dataclass(frozen=True, slots=True, order=True)
class Origin:
    """A named origin.

    Parameters
    ----------
    span : Span
        Its name, without an article before it.
    kind : OriginKind
    name : str
        By which it is told from others: "the ABC" and "ABC News" are one.
    """

    span: Span
    kind: OriginKind
    name: str


# The last word of a publisher's name, and the first of one.
_LAST_WORDS = frozenset(
    """
    News Times Post Herald Press Daily Journal Radio TV Television Newspaper Mail Tribune
    Gazette Chronicle Guardian Telegraph Courier Observer Mirror Express Standard Independent
    Examiner Inquirer Globe Weekly Magazine Media Broadcasting Dispatch Sentinel Bulletin Newswire
    Today Star Reporter Advertiser Argus Advocate Monitor Newsweek Online
    """.split()
)
# Last words that name nothing without others before them: "the News".
_NEVER_ALONE = frozenset(
    """
    News Press Daily Radio TV Television Newspaper Weekly Magazine Media Broadcasting
    Bulletin Today Reporter Online
    """.split()
)
# Last words that other firms have too: an article stands before a newspaper's name.
_AMBIGUOUS = frozenset("Advertiser Advocate Express Monitor Reporter Standard Star".split())
_FIRST_WORDS = frozenset({"Radio", "Agence", "Agencia"})

# World agencies and broadcasters that go by a name of their own.
_KNOWN = frozenset(
    """
    AAP ABC AFP ANI ANSA AP Axios BBC Bloomberg CBC CBS CCTV CNBC CNN DPA EFE Interfax ITV KCNA
    Kyodo MSNBC NBC NHK NPR PBS Politico PTI Reuters RFA RNZ RTE SBS TASS UPI VOA Xinhua Yonhap
    """.split()
) | {"Al Jazeera", "Deutsche Welle", "Voice of America", "Le Monde", "El País", "Der Spiegel"}

_NEWS_WORDS = (
    {"Agency", "Service", "Network"}
    | _LAST_WORDS
    | _FIRST_WORDS
    | {name.split()[0] for name in _KNOWN}
)
_AGENCIES = (["News", "Agency"], ["Press", "Agency"], ["News", "Service"], ["News", "Network"])
_CLOSING = ".'\u2019&-"

_SPACE = "[ \u00a0]"
_WORD = r"[A-Z\u00c0-\u00de][\w&\u2019'-]*(?:\.(?:[a-z]{2,3}\b|[A-Z]\b\.?))*"
_RUN = re.compile(rf"{_WORD}(?:{_SPACE}(?:of{_SPACE}(?!the\b))?{_WORD})*")
_DOMAIN = re.compile(r"[\w-]+(?:\.[a-z]{2,3}){1,2}")
_LEADING = frozenset(
    """
    The A An In On At As But And When While After Before For From This That It He She They We
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday
    """.split()
)

_NOUN = (
    r"(?:newspaper|paper|tabloid|broadsheet|broadcaster|news agency|newswire|news (?:site|website"
    r"|outlet|channel|network|service)|magazine|radio station|TV station|television station)"
)
_REPORTED = (
    r"(?:reports?|reported|reporting|revealed|reveals|quoted|quotes|wrote|writes|discovered|learned"
    r"|understands|published|broke the (?:news|story)|said|says|saw|seen|cited|obtained)"
)
_TOLD = (
    r"(?:told|tells|telling|according to|as reported (?:by|in|on)|reported (?:by|in)"
    r"|revealed (?:by|in)|obtained by|seen by|quoted (?:by|in)|cited by|speaking (?:to|with|on)"
    r"|spoke (?:to|with)|interview(?:ed)? (?:with|by|on|in)"
    r"|confirmed to|said to|revealed to|(?:comments|statement) to)"
)
_THIS_ARTICLE = re.compile(
    r"\b(?:this|the) (?:\w+ )?(?:article|story|report|piece|interview|column|essay|post|version)\b"
    r"[^.!?\n]*\Z",
    re.IGNORECASE,
)
_PUBLISHED = (
    r"(?:(?:originally|first|previously|also) (?:published|appeared|printed|posted|ran|aired)"
    r"(?: \w+){0,2}? (?:by|in|on|at)"
    r"|(?:re)?printed (?:\w+ ){0,3}?(?:from|by|courtesy of)"
    r"|republished (?:\w+ ){0,3}?(?:from|by|courtesy of)|syndicated (?:by|from))"
)
_BETWEEN = rf"(?:{_SPACE}(?:the|The))?(?:{_SPACE}[\w-]+-(?:run|owned|backed|based))?"
_NOUN_BETWEEN = rf"(?:{_SPACE}(?:[\w-]+ )?{_NOUN})?"
_BEFORE = re.compile(
    rf"(?:\b(?P<told>{_TOLD})|\b(?P<published>{_PUBLISHED})"
    rf"|(?P<credit>©(?: ?\d{{4}})?(?: ?Provided by)?|\bProvided by|\bStory by|\bSource:|\bvia))"
    rf"{_BETWEEN}{_NOUN_BETWEEN}{_SPACE}?\Z",
    re.IGNORECASE,
)
_REPRINT = re.compile(rf"\b{_PUBLISHED}{_BETWEEN}{_SPACE}", re.IGNORECASE)
_PUBLISHED_PARTS = ("ublished", "ppeared", "rinted", "yndicated", "osted", "aired")
_CALLED = (
    *("newspaper", "tabloid", "broadsheet", "broadcaster", "newswire", "magazine"),
    *("news agency", "news site", "news website", "news outlet", "news channel"),
)
_CALLED_BEFORE = tuple(f"{noun} " for noun in _CALLED)
_CALLED_AFTER = tuple(f" {noun}" for noun in _CALLED)
_AFTER = re.compile(
    rf"(?:\u2019s|'s)?(?:,? {_NOUN})?,?{_SPACE}"
    rf"(?:has |had |have |also |first |later |earlier )*{_REPORTED}\b"
)
_LOOKED_AT = 60
_SENTENCE_LOOKED_AT = 200

# "VARNHOLM (Reuters) - ", at the head of an article, and "(AFP)", at its end.
_DATELINE = re.compile(r"\)\s*[-\u2013\u2014]")
_DATELINE_CHARS = 400
_SIGN_OFF = re.compile(r"\)?\s*\Z")


@dataclass(frozen=True, slots=True)
class Publishers:
    """Names of publishers beside those that show by their words.

    Parameters
    ----------
    names : frozenset of str
        Folded, without an article.
    words : frozenset of str
        As written: the first word of each, and those that show.
    """

    names: frozenset[str]
    words: frozenset[str]

    @classmethod
    def of(cls, names: Iterable[str]) -> Publishers:
        """Return the publishers of these names."""
        plain = [name.removeprefix("The ").split() for name in names]
        return cls(
            names=frozenset(_fold_name(" ".join(words)) for words in plain),
            words=frozenset(_NEWS_WORDS).union(words[0] for words in plain if words),
        )


def find_origins(text: str, publishers: Publishers) -> list[Origin]:
    """Return the origins that an article names, in order of place, each time it names one."""
    is_called = any(noun in text for noun in _CALLED)
    origins: list[Origin] = []
    for run in _RUN.finditer(text):
        words = run.group().split()
        if (
            not publishers.words.isdisjoint(words)
            or words[-1].rstrip(_CLOSING) in publishers.words
            or "." in words[-1]
            or (is_called and _is_called(text, *run.span()))
        ) and (span := _trim(text, *run.span())):
            origins += _judge(text, span, publishers)
    return sorted([*origins, *_find_reprints(text, {origin.span for origin in origins})])


def _fold_name(name: str) -> str:
    return name.casefold().replace("\u00a0", " ").removeprefix("the ")


def _name_origin(name: str) -> str:
    """Return what names of one publisher have in common: "The ABC", "ABC News" and "ABC"."""
    words = _fold_name(name).split()
    while len(words) > 1 and words[-1] in {"news", "agency", "newspaper", "online"}:
        del words[-1]
    return " ".join(words)


def _trim(text: str, start: int, end: int) -> Span | None:
    """Return a run of words with capitals without those that only begin a sentence or end it."""
    words = list(re.finditer(r"[^ \u00a0]+", text[start:end]))
    while words and words[0].group() in _LEADING:
        del words[0]
    if not words:
        return None
    last = re.sub(r"(?:['\u2019]s|[.'\u2019&-])+\Z", "", words[-1].group())
    return Span(start + words[0].start(), start + words[-1].start() + len(last)) if last else None


def _judge(text: str, span: Span, publishers: Publishers) -> Iterator[Origin]:
    """Yield an origin if a name is a publisher's and is given as one."""
    name = span.slice(text)
    is_publisher = (
        _is_news_name(text, span)
        or _is_called(text, span.start, span.end)
        or _fold_name(name) in publishers.names
    )
    if is_publisher and (kind := _read_cue(text, span)):
        yield Origin(span, kind, _name_origin(name))


def _read_cue(text: str, span: Span) -> OriginKind | None:
    """Return what the words around a publisher's name say of it, None if nothing."""
    if _is_signed(text, span):
        return OriginKind.CREDIT
    cue = _BEFORE.search(text[max(0, span.start - _LOOKED_AT) : span.start])
    if cue is None:
        return OriginKind.ATTRIBUTION if _AFTER.match(text, span.end) else None
    if cue["published"]:
        return OriginKind.REPRINT
    return OriginKind.CREDIT if cue["credit"] else OriginKind.ATTRIBUTION


def _find_reprints(text: str, known: Collection[Span]) -> Iterator[Origin]:
    """Yield what "This article first appeared in …" names, whatever it is called."""
    if not any(part in text for part in _PUBLISHED_PARTS):
        return
    for cue in _REPRINT.finditer(text):
        sentence = text[max(0, cue.start() - _SENTENCE_LOOKED_AT) : cue.start()]
        run = _RUN.match(text, cue.end())
        span = run and _THIS_ARTICLE.search(sentence) and _trim(text, run.start(), run.end())
        if span and span not in known:
            yield Origin(span, OriginKind.REPRINT, _name_origin(span.slice(text)))


def _is_called(text: str, start: int, end: int) -> bool:
    """Return whether a name is said to be a newspaper's, a broadcaster's and so on."""
    return text.endswith(_CALLED_BEFORE, 0, start) or text.startswith(_CALLED_AFTER, end)


def _is_news_name(text: str, span: Span) -> bool:
    """Return whether a name is a publisher's by its words."""
    name = span.slice(text).replace("\u00a0", " ")
    words = name.split()
    first, last = words[0], words[-1]
    if name in _KNOWN:
        return not _stands_for_another(text, name)
    is_the = text[max(0, span.start - 4) : span.start].lower() in {"the ", "the\u00a0"}
    if len(words) == 1:
        alone = last in _LAST_WORDS and last not in _NEVER_ALONE
        return (alone and is_the) or _DOMAIN.fullmatch(name) is not None
    if last in _AMBIGUOUS:
        return is_the
    return last in _LAST_WORDS or first in _FIRST_WORDS or words[-2:] in _AGENCIES


def _stands_for_another(text: str, name: str) -> bool:
    """Return whether an article gives initials to something that is no publisher."""
    place = text.find(f"({name})")
    if place < 1:
        return False
    words = text[max(0, place - _LOOKED_AT) : place].split()[-len(name) - 1 :]
    in_full = [word for word in words if word[0].isupper()]
    initials = "".join(word[0] for word in in_full)
    return name in initials and not any(
        word in _LAST_WORDS or word in _FIRST_WORDS for word in in_full
    )


def _is_signed(text: str, span: Span) -> bool:
    """Return whether a name stands in brackets in a dateline, or closes the article."""
    if text[max(0, span.start - 1) : span.start] != "(":
        return False
    if span.start < _DATELINE_CHARS and _DATELINE.match(text, span.end):
        return True
    return _SIGN_OFF.match(text, span.end) is not None
