"""Text to terms: which stretches are words, and which words count as the same.

Words are found first and folded each on its own, because folding changes lengths: a token's span
points into the text as stored. Folding unifies typographic apostrophes, case and accents, drops the
possessive, joins the letters of dotted acronyms, leads irregular forms back to their verb or
singular and reduces to the Snowball stem [1]_. Stop words
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

# A number keeps its separators ("230,000"), an acronym its dots ("U.S."), and each its possessive.
# Other words keep their apostrophes, and the accents that follow a letter as characters.
_APOSTROPHE = "['\u2019\u02bc\uff07]"
_ACCENT = "[\u0300-\u036f]"
_END = rf"(?![^\W_]|{_ACCENT})"
_NUMBER = rf"\d+(?:[.,]\d+)*{_END}"
_ACRONYM = rf"(?:[^\W\d_]{_ACCENT}*\.)+[^\W\d_]{_ACCENT}*{_END}\.?"
_LETTERS = rf"(?:[^\W_]+{_ACCENT}*)++"
WORD = re.compile(
    rf"(?:{_NUMBER}|{_ACRONYM})(?:{_APOSTROPHE}s{_END})?|{_LETTERS}(?:{_APOSTROPHE}{_LETTERS})*"
)
# Mentions of members, roles and channels, emoji and times as chat writes them, and web addresses.
_ADDRESSED = r"<(?:[@#]|a?:|/|t:|id:)[^<>\s]{1,100}>|@(?:everyone|here)\b|\bhttps?://\S+"
_CONTRACTION = re.compile("(?:n't|'(?:s|d|m|ll|re|ve))$")
_POSSESSIVE = re.compile(f"{_APOSTROPHE}s$")

# Contractions of these ("she'll", "isn't") are stop words too.
STOP_WORDS = frozenset(
    """
    a about after again against ain't all also am an and any anybody anyone anything are as at be
    because been before being between both but by can can't cannot could did do does doing during
    each else ever every for from further had has have having he her here hers herself him himself
    his how however i if in into is it its itself just let like many may me might more most much
    must my myself no nor not now of off on once only or other our ours ourselves out over own
    please same shall shan't she should so some somebody someone something such than that the their
    theirs them themselves then there these they this those through to too under until up upon us
    very was we were what whats whatever when whens where whereabouts wheres whether which while
    who whos whom whose why whys will with within without won't would yes you your yours yourself
    yourselves
    """.split()
)

# Words that frame a question and seldom stand in its answer, as written ("found", not "founded").
# They are dropped from questions that say anything else, and kept in articles.
FRAME_WORDS = frozenset(
    """
    actually anybody anyone anything ask asked define defined definition describe described do does
    done exactly example explain explained explanation find found get gets getting give given go
    goes gone gonna got guess happen happened happening happens hear heard hello hey hi know knows
    list look make mean meaning means mention mentioned okay provided reckon really refer said say
    saying says see seem seems sort suppose supposedly take taken talk talked tell tells thing
    things think thinks thought told true try want wanted wonder
    """.split()
)

# Forms that the stemmer cannot lead back to their verb, singular or month, each line after its own.
# Those that are words of their own more often than not ("left", "saw", "ground") are left out.
_IRREGULAR = {
    form: base
    for base, *forms in map(
        str.split,
        """
        arise arose arisen
        become became
        begin began begun
        bite bit bitten
        blow blew blown
        break broke broken
        bring brought
        build built
        buy bought
        catch caught
        child children
        choose chose chosen
        deal dealt
        drive drove driven
        fall fell fallen
        feed fed
        feel felt
        fight fought
        find found
        flee fled
        fly flew flown
        forbid forbade forbidden
        forget forgot forgotten
        freeze froze frozen
        give gave given
        go went gone
        grow grew grown
        hide hid hidden
        hold held
        keep kept
        know knew known
        lead led
        lend lent
        lose lost
        man men
        mean meant
        meet met
        overthrow overthrew overthrown
        pay paid
        ride rode ridden
        rise rose risen
        run ran
        seek sought
        sell sold
        send sent
        shake shook shaken
        shoot shot
        shrink shrank shrunk
        sing sang sung
        sink sank sunk
        sleep slept
        speak spoke spoken
        spend spent
        spring sprang sprung
        stand stood
        steal stole stolen
        strike struck
        swear swore sworn
        swim swam swum
        take took taken
        teach taught
        tear tore torn
        throw threw thrown
        understand understood
        wake woke woken
        wear wore worn
        win won
        withdraw withdrew withdrawn
        woman women
        write wrote written
        january jan
        february feb
        april apr
        august aug
        september sep sept
        october oct
        november nov
        december dec
        """.strip().splitlines(),
    )
    for form in forms
}

_STEMMER = Stemmer.Stemmer("english", 0)  # its own cache takes longer than stemming does


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
    """Return the terms a question is about, in order of place."""
    return [term for term, _ in find_question_words(question)]


def find_question_words(question: str) -> list[tuple[str, str]]:
    """Return the terms a question is about, each with its word as typed, in order of place.

    Words that only frame the question ("say", "happened") are left out, unless it has no others;
    mentions and addresses say nothing of what it is about. In a question typed in capitals "HOW" is
    no acronym.
    """
    words = list(find_words(re.sub(_ADDRESSED, " ", question)))
    calm = [word.lower() for word in words] if question.isupper() else words
    pairs = [(fold_word(plain), word) for plain, word in zip(calm, words, strict=True)]
    content = [
        (term, word) for term, word in pairs if term and _fold_characters(word) not in FRAME_WORDS
    ]
    return (
        content
        or [pair for pair in pairs if pair[0]]
        or [(term, word) for word in words if (term := fold_word(word))]
    )


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
    if not plain[:1].isdigit():
        plain = plain.replace(".", "")
    root = _CONTRACTION.sub("", plain)
    if plain in STOP_WORDS or root in STOP_WORDS:
        return ".".join(root) if _is_acronym(_POSSESSIVE.sub("", word)) else ""
    return str(_STEMMER.stemWord(_IRREGULAR.get(root, root).replace("'", "")))


def _is_acronym(word: str) -> bool:
    """Return whether a word is written as an acronym is: "U.S." or "US", not "I" nor "WHO'S"."""
    return "." in word or re.fullmatch("[A-Z]{2,}", word) is not None


def _fold_characters(word: str) -> str:
    """Fold case, accents, compatibility forms and apostrophes of one word."""
    if word.isascii():
        return word.lower()
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", word).casefold())
    plain = unicodedata.normalize("NFC", re.sub(_ACCENT, "", folded))
    return re.sub(_APOSTROPHE, "'", "".join(plain.split()))  # some ligatures unfold to two words
