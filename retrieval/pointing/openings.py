"""How a sentence begins where it goes on from another: "It …", "For example, …", "That year …"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from retrieval.pointing.pointer import Aim, Pointer
from retrieval.prose import Prose
from retrieval.speakers import SAYING

_CONJUNCTIONS = frozenset(
    "and but yet so still also then however meanwhile moreover furthermore nevertheless".split()
)
_CONDITIONS = frozenset("when while as once if although though because".split())
_LEADS_IN = _CONDITIONS | frozenset(
    "in on at by since after before during until under following despite for from within with "
    "according today yesterday later earlier recently now last".split()
)
_LEAD_IN_WORDS = 9
_SUBJECTS = frozenset("it they he she this these its their".split())
_THINGS = frozenset("it its they their them theirs".split())

_TIME_NOUNS = frozenset(
    "minute hour day night week weekend month year decade century morning afternoon evening summer "
    "autumn fall winter spring season time".split()
)
# "That year", "on the following day" and "two years later" count from a time told before.
_COUNTED_FROM = frozenset("that following next same previous".split())
_AFTER_THAT = frozenset("later earlier before after afterward afterwards".split())
_BEFORE_TIME = frozenset("in on by at the that same later earlier a few couple of several".split())
_TIMES = ("since then ", "until then ", "by then ", "from then ", "at the time ", "at that time ")
_TIME_WORDS = 5

# Openings, each word closed by a space, that say nothing without the sentence before.
_CONTINUES = tuple(
    f"{opening} "
    for opening in (
        "for example, for instance, as a result, as a consequence, consequently, therefore, thus, "
        "hence, in response, in turn, in contrast, in return, by contrast, on the contrary, "
        "instead, likewise, similarly, the same, the latter, the former is, the former was, "
        "other examples, further examples, among them, among those, among these, such, neither, "
        "afterward, afterwards, others, another, some have, some had, some are, some were, "
        "some also"
    ).split(", ")
)
# "As a result of the storm" and "such as" tell it themselves.
_TELLS = frozenset("of to as with for".split())
_COUNTS = frozenset(
    "one two three some most many all none half several each few both more neither".split()
)
_THEM = frozenset("them these those".split())
_OPENING_WORDS = 4
_BOTH_WORDS = 7
_SAID_IT = re.compile(rf"[\"'\u2019\u201d],? (?:it|they) (?:\w+ )?(?:{SAYING})\b")

# "This week" and "this article" tell by themselves which is meant, and "those who …" do so next.
_NOW = frozenset([*_TIME_NOUNS, *"days article story page moment".split()])
_WHO = frozenset("who whose which that with without of in from on at living working".split())

# "It is believed that …", "It took years to …" and "It was Maren who …" point at nothing.
_JUDGED = (
    "clear|unclear|hard|difficult|easy|possible|impossible|important|necessary|essential|likely|"
    "unlikely|common|rare|true|worth|better|best|enough|time|up|too|vital|crucial|useful|unknown|"
    "uncertain|illegal|legal|unusual|tempting|reasonable|logical|fair|wrong|right|safe|sad|no"
)
_EMPTY_IT = (
    r"(?i)it (?:(?:is|was|has been|had been|remains|seems|appears|became|becomes|will be|would be|"
    r"may be|might be)(?: \w+ly| not| now| also| still| yet| so| very| more)?"
    rf"(?: (?:\w+ed|known|said|thought|found|shown|understood|felt|{_JUDGED})\b"
    r"[^,.;]{0,40}?\b(?:that|whether|how|why|what|who)\b"
    rf"| (?:{_JUDGED}|to be seen)\b[^,.;]{{0,40}}?\b(?:to|whether|if)\b"
    r"| (?:believed|thought|conjectured|assumed|feared|hoped|raining|snowing|not until|only)\b"
    r"| [^,.;]{1,40}? who\b| that\b)"
    r"|(?:took|takes)\b[^,.;]{1,40}? to\b|turned? out\b|follows that\b)"
)


def find_starts(prose: Prose) -> tuple[int, ...]:
    """Return the places of words where the first clause may begin: before and after a lead-in."""
    start = 0
    while start < len(prose.words) and prose.lower[start] in _CONJUNCTIONS:
        start += 1
    end = min(start + 1 + _LEAD_IN_WORDS, len(prose.words))
    if start == end or prose.lower[start] not in _LEADS_IN:
        return (start,) if start < end else ()
    for place in range(start + 1, end):
        is_subject = start + 1 < place < start + 5 and prose.lower[place] in _SUBJECTS
        if is_subject or prose.gap(place).startswith(","):
            return start, place
    return (start,)


def points_at_thing(prose: Prose, starts: Sequence[int]) -> bool:
    """Return whether a clause begins with an "it" or "they", or such a one speaks in a sentence."""
    named = len(starts) > 1 and _names_subject(prose, starts[0])
    return any(_is_thing(prose, start) for start in starts[: 1 if named else None]) or bool(
        _SAID_IT.search(prose.text)
    )


def read_opening(prose: Prose, starts: Sequence[int]) -> Iterator[Pointer]:
    """Yield what the beginning of a sentence continues."""
    for start in starts:
        if _counts_time(prose.lower[start : start + _TIME_WORDS]):
            yield Pointer(Aim.TIME)
        elif _is_there(prose, start):
            yield Pointer(Aim.PLACE)
        elif _continues(prose.lower[start : start + _BOTH_WORDS]):
            yield Pointer(Aim.LAST)


def tells_which(prose: Prose, place: int) -> bool:
    """Return whether "this" or "those" is followed by what it means: "this week", "those who"."""
    if place + 1 == len(prose.words):
        return False
    after = prose.lower[place + 1]
    return after in _NOW if prose.lower[place] in ("this", "these") else after in _WHO


def _names_subject(prose: Prose, start: int) -> bool:
    """Return whether a lead-in has a subject of its own: "If the port closes, it …"."""
    subject = prose.lower[start + 1]
    return prose.lower[start] in _CONDITIONS and subject not in _SUBJECTS


def _is_thing(prose: Prose, start: int) -> bool:
    if prose.lower[start] not in _THINGS:
        return False
    return re.match(_EMPTY_IT, prose.text[prose.starts[start] :]) is None


def _counts_time(words: Sequence[str]) -> bool:
    """Return whether words begin with a time that is counted from another."""
    if f"{' '.join(words)} ".startswith(_TIMES):
        return True
    for place, word in enumerate(words):
        is_time = word.removesuffix("s") in _TIME_NOUNS
        if is_time and place + 1 < len(words) and words[place + 1] in _AFTER_THAT:
            return True
        if is_time:
            by = words[place - 1] if place else ""
            return by == "that" or (by in _COUNTED_FROM and "the" in words[:place])
        if place and word not in _BEFORE_TIME | _COUNTED_FROM:
            return False
    return False


def _is_there(prose: Prose, start: int) -> bool:
    if prose.lower[start : start + 2] == ("from", "there"):
        return True
    is_last = start + 1 == len(prose.words)
    return prose.lower[start] == "there" and not is_last and prose.gap(start + 1).startswith(",")


def _continues(words: Sequence[str]) -> bool:
    """Return whether words begin with what continues the sentence before."""
    if words[0] in _COUNTS and _THEM.intersection(words[2:_OPENING_WORDS]) and "of" in words[1:3]:
        return True
    if words[0] == "both":
        return "and" not in words
    opening = f"{' '.join(words[:_OPENING_WORDS])} "
    found = next((one for one in _CONTINUES if opening.startswith(one)), None)
    if found is None:
        return False
    length = found.count(" ")
    return not _TELLS.intersection(words[length : length + 1])
