"""Who says a quotation that names nobody: whoever speaks in the nearest attribution.

A wrong name is worse than none. So a speaker is given only where a name or a noun with its article
("a spokesperson") stands right before "said" or after it; a pronoun sends the search further back,
and anything else ends it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.article import Span
from retrieval.prose import blank_quotations
from retrieval.tokens import fold_word

# A quotation may run on over so many sentences after its speaker was named.
SENTENCES_BACK = 4

# A verb of saying, as a regular expression.
SAYING = (
    "said|says|told|added|adds|wrote|writes|tweeted|replied|warned|claimed|explained|argued|noted|"
    "insisted|continued|stated|testified"
)
_SAYS = re.compile(rf"\b(?:(?:has|had|have|also|later|then) )?(?:{SAYING})\b")
# "…”, said Harth": the quotation is blanked out when this is looked for.
_NAME_AFTER = re.compile(r" ((?:(?:the|an?) )?(?:[A-Z][\w\u2019'.-]*[ \u00a0]?)+)")
_WORD = re.compile(r"[\w\u2019'.-]+")
_LETTER = re.compile(r"[^\W_]")
_ARTICLES = frozenset("a an the".split())
_PREPOSITIONS = frozenset("of for in at from to by on with".split())
_LINKS = _PREPOSITIONS | _ARTICLES | frozenset("and van von de bin al".split())
_PRONOUNS = frozenset("he she it they we i you who which that".split())
_ARTICLE_WITHIN = 4  # words
_SUBJECT_CHARS = 150  # how much before a verb is read for who speaks


def is_bare_quotation(text: str, preceding: str = "") -> bool:
    """Return whether a text is quoted speech and nothing beside it.

    Parameters
    ----------
    preceding : str
        What stands before it in its block, where the quotation may have begun.
    """
    if not _LETTER.search(text):
        return False
    outside = blank_quotations(preceding + text)[len(preceding) :]
    return not _LETTER.search(outside)


def runs_on(text: str) -> bool:
    """Return whether a text ends inside of a quotation in double marks."""
    return text.rfind("\u201c") > text.rfind("\u201d") or text.count('"') % 2 == 1


def find_speaker(before: Sequence[str]) -> tuple[int, Span] | None:
    """Return who was last said to speak.

    Parameters
    ----------
    before : sequence of str
        The sentences before a quotation, nearest first.

    Returns
    -------
    tuple of (int, Span) or None
        Place in ``before`` and the speaker's span within that sentence; None if nobody is named.
    """
    for place, text in enumerate(before[:SENTENCES_BACK]):
        for subject in find_subjects(blank_quotations(text)):
            return None if subject is None else (place, subject)
    return None


def find_speaker_after(block: str, end: int) -> Span | None:
    """Return who is said, after this place of a block, to speak the words that run on there."""
    return next(find_subjects(blank_quotations(block), end), None)


def find_subjects(outside: str, start: int = 0) -> Iterator[Span | None]:
    """Yield who speaks in each attribution but those to a pronoun; None for what is not a name."""
    for verb in _SAYS.finditer(outside, start):
        words = _last_words(outside[: verb.start()].removesuffix(" "))
        if not words or words[-1].group().lower() not in _PRONOUNS:
            yield _find_subject(outside, verb)


def _find_subject(outside: str, verb: re.Match[str]) -> Span | None:
    """Return the name or noun that a verb of saying belongs to."""
    before = outside[: verb.start()].removesuffix(" ")
    if not before.strip(" ,"):
        after = _NAME_AFTER.match(outside, verb.end())
        is_told = verb.group().endswith("told")
        return None if after is None or is_told else _trim(after.group(1), after.start(1))
    subjects = (_read_subject(_last_words(head)) for head in _heads(before))
    return next((subject for subject in subjects if subject is not None), None)


def _heads(before: str) -> Iterator[str]:
    """Yield what may end in the subject: with one or two parts between commas passed over."""
    if not before.endswith(","):
        yield before
        return
    parts = before[:-1].split(",")
    for passed_over in (1, 2):
        yield ",".join(parts[:-passed_over])


def _last_words(text: str) -> list[re.Match[str]]:
    """Return the words at the end of a text that nothing but a space parts."""
    words: list[re.Match[str]] = []
    start = text.rfind(" ", 0, max(0, len(text) - _SUBJECT_CHARS)) + 1
    for word in _WORD.finditer(text, start):
        if words and word.start() != words[-1].end() + 1:
            words.clear()
        words.append(word)
    return words if words and words[-1].end() == len(text) else []


def _read_subject(words: list[re.Match[str]]) -> Span | None:
    """Return the name that words end in, or their last noun with its article."""
    start = len(words)
    while start and (words[start - 1].group()[0].isupper() or words[start - 1].group() in _LINKS):
        start -= 1
    name = start
    while name < len(words) and fold_word(words[name].group()) == "":
        name += 1
    is_governed = any(word.group().lower() in _PREPOSITIONS for word in words[start:name])
    if name < len(words) and not is_governed:
        return Span(words[name].start(), words[-1].end())
    for place in reversed(range(max(0, start - _ARTICLE_WITHIN), start)):
        is_object = place > 0 and words[place - 1].group().lower() in _PREPOSITIONS
        if words[place].group().lower() in _ARTICLES and not is_object:
            return Span(words[place].start(), words[-1].end())
    return None


def _trim(name: str, start: int) -> Span:
    return Span(start, start + len(name.rstrip()))
