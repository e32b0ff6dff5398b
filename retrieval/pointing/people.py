"""Whether a sentence names a person, and whether it does so before it says "she"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from retrieval.prose import Prose
from retrieval.speakers import SAYING, find_speaker
from retrieval.tokens import STOP_WORDS

PRONOUNS = frozenset("he she him her his hers himself herself".split())
PERSON_NOUNS = frozenset(
    "man woman boy girl person child teenager student teacher doctor nurse lawyer judge officer "
    "official worker owner resident reporter journalist activist witness victim driver passenger "
    "spokesman spokeswoman spokesperson mother father wife husband son daughter brother sister "
    "friend colleague neighbour neighbor leader minister mayor president senator chairman "
    "director manager engineer scientist researcher professor author artist singer actor player "
    "coach soldier governor king queen prince bishop priest emperor founder editor farmer "
    "fisherman patient prisoner defendant suspect someone somebody everyone anyone nobody "
    "who".split()
)
# Nouns and titles that "he", and those that "she" can stand for alone.
_GENDERS = (
    frozenset(
        "he him his himself mr sir king prince man men boy father husband son brother spokesman "
        "chairman".split()
    ),
    frozenset(
        "she her hers herself ms mrs miss dame queen princess woman women girl mother wife "
        "daughter sister spokeswoman chairwoman".split()
    ),
)
_TITLE = re.compile(
    r"\b(?:Mr|Ms|Mrs|Miss|Dr|Sen|Rep|Gov|Prof|Sir|Dame|President|Minister|Professor|Senator|Judge|"
    r"Mayor|Captain|King|Queen|Prince|Princess|Pope)\b\.? [A-Z]"
)
_SAYS = re.compile(SAYING)
# After these a name is a place or a time, or at least not what the clause is about.
_APART = frozenset(
    "in at on from near since during by for under of to with against after before between into "
    "across the".split()
)
_ORGANISATION = frozenset(
    "agency army association bank board bureau centre center chamber church city club college "
    "commission committee company congress corporation corp council court defence department "
    "embassy federation force foreign foundation government group hospital house inc institute "
    "international island islands league limited ltd ministry museum national network new news "
    "north office organisation organization parliament party police port post press republic river "
    "royal saudi school senate service society south state states street times trust union united "
    "university war west east world".split()
)
_TIMES = frozenset(
    "january february march april may june july august september october november december monday "
    "tuesday wednesday thursday friday saturday sunday".split()
)
_GROUPS = frozenset(
    "police people officials prosecutors authorities witnesses residents neighbours neighbors "
    "relatives lawyers doctors researchers scientists experts critics supporters activists friends "
    "colleagues investigators reporters sources others detectives officers".split()
)
_OF_A_PEOPLE = re.compile(r"\w+(?:ese|ish|ian|ican|isi|aqi|eli)")
_LEADS_IN = frozenset(
    "in on after when while as despite for to by with before since though although like because "
    "if during at under from until once asked speaking according".split()
)
_SUBJECT_WITHIN = 4  # words after a lead-in


def find_unnamed_pronoun(prose: Prose) -> int | None:
    """Return the place of the first "he" or "she", if nobody is named whom it could stand for.

    What somebody names in quoted speech does not tell who "she" beside the speech is; and "when he
    arrived, Maren …" names him afterwards.
    """
    place = next((n for n, word in enumerate(prose.lower) if word in PRONOUNS), None)
    if place is None or prose.lower[place + 1 : place + 2] == ("or",):  # "he or she": anybody
        return None
    quoted = prose.is_quoted(place)
    before = [n for n in range(place) if quoted or not prose.is_quoted(n)]
    if any(True for _ in _find_people(prose, before)) or _is_named_after(prose, place):
        return None
    return place


def names_person(prose: Prose) -> bool:
    """Return whether a sentence surely names a person, or introduces "a man"."""
    if find_unnamed_pronoun(prose) == 0:
        return False
    if _TITLE.search(prose.text) or any(word.startswith("spokes") for word in prose.lower):
        return True
    speaker = find_speaker([prose.text])
    if speaker is not None and speaker[1].slice(prose.text)[0].isupper():
        return True
    return any(
        prose.lower[place] in PERSON_NOUNS - {"who"} or _is_followed_by_name(prose, place)
        for place in _find_people(prose, range(len(prose.words)))
    )


def may_be(prose: Prose, pronoun: str) -> bool:
    """Return whether a pronoun, or a noun like "man", can stand for somebody whom a text names.

    Pronouns in the text do not tell: whoever says that "she" lied may be a man.
    """
    nouns = frozenset(prose.lower) - PRONOUNS
    of_pronoun = [bool(nouns & gender) for gender in _GENDERS if pronoun in gender]
    of_others = [bool(nouns & gender) for gender in _GENDERS if pronoun not in gender]
    return any(of_pronoun) or not any(of_others)


def _find_people(prose: Prose, places: Iterable[int]) -> Iterator[int]:
    """Yield where a person may be named: at a noun for one, or at the first word of a name."""
    name_end = -1
    for place in places:
        if not prose.is_name(place):
            if prose.lower[place] in PERSON_NOUNS:
                yield place
            continue
        goes_on = place == name_end and prose.follows(place)
        if not goes_on and _may_be_person(prose, place):
            yield place
        name_end = place + 1


def _may_be_person(prose: Prose, place: int) -> bool:
    """Return whether the name that begins with a word may be a person's."""
    word = prose.lower[place]
    if word in STOP_WORDS or word in _TIMES or word in _GROUPS:
        return False
    if place == 0 and (word in _LEADS_IN or word.endswith(("ly", "ing"))):
        return False
    if place and prose.follows(place) and prose.lower[place - 1] in _APART:
        return False
    if _name_words(prose, place) & _ORGANISATION:
        return False
    is_last = place + 1 == len(prose.words)
    says = not is_last and _SAYS.fullmatch(prose.lower[place + 1])
    return bool(says) or not _OF_A_PEOPLE.fullmatch(word) or _is_followed_by_name(prose, place)


def _name_words(prose: Prose, place: int) -> set[str]:
    """Return the words of the name that begins here, in lower case."""
    end = place + 1
    while end < len(prose.words) and prose.is_name(end) and prose.follows(end):
        end += 1
    return set(prose.lower[place:end])


def _is_followed_by_name(prose: Prose, place: int) -> bool:
    after = place + 1
    return (
        prose.is_name(place)
        and after < len(prose.words)
        and prose.is_name(after)
        and prose.follows(after)
    )


def _is_named_after(prose: Prose, place: int) -> bool:
    """Return whether a pronoun in a lead-in is followed by the name it stands for."""
    if prose.lower[0] not in _LEADS_IN:
        return False
    commas = [n for n in range(1, len(prose.words)) if prose.gap(n).startswith(",")]
    subject = next((n for n in commas if n > place), None)
    if subject is None or any(n <= place for n in commas):
        return False
    near = range(subject, min(subject + _SUBJECT_WITHIN, len(prose.words)))
    return any(prose.is_name(n) and _may_be_person(prose, n) for n in near)
