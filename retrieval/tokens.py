"""Text to terms: which stretches are words, and which words count as the same.

Words are found first and folded each on its own, because folding changes lengths: a token's span
points into the text as stored. Folding unifies typographic apostrophes, case and accents, drops the
possessive, joins the letters of dotted acronyms and reduces to the Snowball stem [1]_. Stop words
(function words, auxiliaries and question words) give no term.

References
----------
.. [1] M. F. Porter, *Snowball: A language for stemming algorithms*, 2001; the "english" stemmer.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import Stemmer

from corpus.article import Span

# A number keeps its separators ("230,000"), an acronym its dots ("U.S."), a word its apostrophes
# and the accents that follow a letter as characters of their own.
WORD = re.compile(
    r"\d+(?:[.,]\d+)*(?![^\W_])"
    r"|(?:[^\W\d_]\.){2,}"
    r"|[^\W_]+(?:(?:['\u2019\u02bc\uff07]|[\u0300-\u036f]+)[^\W_]+)*[\u0300-\u036f]*"
)
_ACCENTS = re.compile("[\u0300-\u036f]")
_APOSTROPHES = re.compile("[\u2019\u02bc\uff07]")

_STOP_WORDS = """
a about after again against all also am an and any anybody anyone anything are aren't as at be
because been before being between both but by can can't cannot could couldn't did didn't do does
doesn't doing don't during each else ever every for from further had hadn't has hasn't have haven't
having he her here hers herself him himself his how however i i'd i'll i'm i've if in into is isn't
it it's its itself just let let's like many may me might more most much must my myself no nor not
now of off on once only or other our ours ourselves out over own please same shall she should
shouldn't so some somebody someone something such than that that's the their theirs them themselves
then there there's these they they're they've this those through to too under until up upon us very
was wasn't we we'd we'll we're we've were weren't what what's whats whatever when when's whens where
where's wheres whether which while who who's whos whom whose why why's whys will with within without
won't would wouldn't yes you you'd you'll you're you've your yours yourself yourselves
""".split()

# Words that frame a question and seldom stand in its answer. They are dropped from questions that
# say anything else, and kept in articles.
_FRAME_WORDS = """
actually anybody anyone anything ask asked define defined definition describe described do does done
exactly example explain explained explanation find found get gets getting give given go goes gone
gonna got guess happen happened happening happens hear heard hello hey hi know knows list look make
mean meaning means mention mentioned okay provided reckon really refer said say saying says see seem
seems sort suppose supposedly take taken talk talked tell tells thing things think thinks thought
told try want wanted wonder
""".split()

_STEMMER = Stemmer.Stemmer("english")


@dataclass(frozen=True, slots=True)
class Token:
    """One occurrence of a word; ``term`` is its folded form, never empty."""

    span: Span
    term: str


def tokenize(text: str) -> list[Token]:
    """Return the words of a text that carry meaning, in order of place.

    Returns
    -------
    list of Token
        Every token's slice, folded with `fold_word`, is its term.
    """
    return [
        Token(Span(*match.span()), term)
        for match in WORD.finditer(text)
        if (term := fold_word(match.group()))
    ]


def extract_terms(text: str) -> list[str]:
    """Return the unigram terms of a text in order of place, stop words left out."""
    return [term for word in WORD.findall(text) if (term := fold_word(word))]


def extract_question_terms(question: str) -> list[str]:
    """Return the terms a question is about, in order of place.

    Words that only frame the question ("say", "happened") are left out, unless it has no others.
    """
    terms = extract_terms(question)
    return [term for term in terms if term not in FRAME_TERMS] or terms


def add_bigrams(terms: list[str]) -> list[str]:
    """Return unigrams followed by the bigrams of neighbours, ``"first second"``."""
    return terms + [f"{first} {second}" for first, second in pairwise(terms)]


def find_words(text: str) -> Iterator[str]:
    """Yield the words of a text as they are written, stop words included."""
    return (match.group() for match in WORD.finditer(text))


@lru_cache(maxsize=1 << 17)
def fold_word(word: str) -> str:
    """Return the term of one word, or "" if it is a stop word.

    Notes
    -----
    An acronym whose letters spell a stop word ("US", "U.S.", "WHO") keeps its dots as a term of its
    own, so that neither is the acronym lost nor the pronoun found.
    """
    plain = _fold_characters(word)
    if "." in plain and not plain[0].isdigit():
        plain = plain.replace(".", "")
        if plain in STOP_WORDS:
            return ".".join(plain)
    if plain in STOP_WORDS:
        is_acronym = len(word) > 1 and word.isalpha() and word.isupper()
        return ".".join(plain) if is_acronym else ""
    plain = plain.removesuffix("'s").replace("'", "")
    return "" if plain in STOP_WORDS else str(_STEMMER.stemWord(plain))


def _fold_characters(word: str) -> str:
    """Fold case, accents, compatibility forms and apostrophes of one word."""
    if word.isascii():
        return word.lower()
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", word).casefold())
    plain = unicodedata.normalize("NFC", _ACCENTS.sub("", folded))
    return _APOSTROPHES.sub("'", plain or folded)


STOP_WORDS = frozenset(_fold_characters(word) for word in _STOP_WORDS)
FRAME_TERMS = frozenset(fold_word(word) for word in _FRAME_WORDS) - {""}
