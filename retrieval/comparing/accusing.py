"""Whom a sentence alleges wrongdoing of.

Only an allegation counts that is attributed to somebody and falls on a named side: "accused of",
"alleges that X …", "claims X has used … to hunt down". What a court has found is none, nor is what
somebody suffered or fought. Found by words alone, and with precision first.
"""

from __future__ import annotations

import re

from corpus.article import Span
from retrieval.comparing.parties import find_names

# How far behind a name the wrong that it is accused of may stand, in characters.
WRONG_WITHIN = 110
_BEFORE_NAME = 40

_CLAIMS = (
    r"\b(?:[Aa]ccus|[Aa]lleg|[Cc]laim|[Cc]harge[ds]|[Ss]uspect|[Bb]lam|[Ll]awsuit|[Cc]omplain|sued"
    r"|sues|suing|indict|investigat|said to)"
)
# What somebody may be accused of, as the news put it.
_WRONGS = (
    r"\b(?:abus\w+|assault\w*|bomb(?:ed|ing)|brib\w+|break(?:ing)? the law|broke the law"
    r"|bull(?:y|ied|ying)|cheat\w*|coerc\w+|collu\w+|conceal\w*|conspir\w+|corrupt\w*"
    r"|cover(?:ed|ing)? up|crimes?|criminal|decei\w+|defraud\w*|discriminat\w+|doping"
    r"|dump(?:ed|ing)|embezzl\w+|espionage|evad(?:ed|ing)|exploit(?:ed|ing|ation)|extort\w*|fabricat\w+"
    r"|fak(?:ed|ing)|falsif\w+|fraud\w*|genocide|harass\w*|hack(?:ed|ing)|hunt(?:ed|ing)? down"
    r"|illegal\w*|infiltrat\w+|interfer\w+|intimidat\w+|kidnap\w*|kill(?:ed|ing)|launder\w*"
    r"|lied|lying|manipulat\w+|manslaughter|massacr\w+|mislead\w*|misled|misus\w+|misconduct"
    r"|mistreat\w*|murder\w*|negligen\w+|persecut\w+|plagiari\w+|plott(?:ed|ing)|poison\w*"
    r"|pollut\w+|rap(?:e|ed|ing)|repress\w+|rigg(?:ed|ing)|sabotag\w+|scam\w*|silenc(?:ed|ing)"
    r"|smuggl\w+|spied|spy(?:ing)?|steal(?:ing|s)?|stole|suppress\w*|target(?:ed|ing) \w+"
    r"|terroris\w+|theft|threaten(?:ed|ing|s)?|tortur\w+|track(?:ed|ing)? down|traffick\w+|treason"
    r"|unlawful\w*|violat\w+|breach(?:ed|ing)|wrongdoing|misappropriat\w+)\b"
)
_HAPPENED_TO = (
    r"\b(?:is|are|was|were|been|be|being|gets?|got|not|never|no|against|stop|prevent\w*|from"
    r"|investigat\w+|deni\w+|victims? of) (?:\w+ly )?$"
)
_ACCUSES = (
    r"\b(?:[Aa]ccus(?:es?|ed|ing)|[Bb]lam(?:es?|ed|ing)|su(?:es|ed|ing)|suspect(?:s|ed|ing)?"
    r"|charg(?:es|ed|ing)|indicted|[Aa]lleg(?:ations?|es?|ed|ing)|claim(?:s|ed|ing)?|[Cc]laims"
    r"|[Cc]omplaints?|[Ll]awsuits?|[Cc]harges|[Aa]ccusations?)"
    r"(?: that| against| about| by)?(?: [Tt]he| a)? $"
)
_IS_ACCUSED = (
    r"(?:,? (?:who|which))?,? (?:(?:is|are|was|were|has been|have been|had been|being|stands?) )?"
    r"(?:also |now |also being |being |repeatedly |often |widely |long )?"
    r"(?:accused (?:by [^,;:]{1,40} )?of|alleged to|allegedly"
    r"|charged with|indicted (?:for|on)|suspected of|blamed for"
    r"|sued (?:for|over)|under investigation|investigated (?:for|over)|said to have"
    r"|faces? (?:\w+ ){0,3}(?:charges|allegations|accusations|claims))\b"
)
_IS_ALLEGED = r"accused|alleg|indict|suspected of"
_OF = r"(?:['\u2019]s \w+)? of\b"
_BY_LAW = r"\b(?:convicted|pleaded guilty|admitted|confessed|found guilty|sentenced|acquitted)\b"
_THEY = r"\b(?:alleg|accus|claim)\w*(?: that)? (?:they|it|he|she)\b(?:['\u2019](?:re|s|d|ve))?"


def find_accused(text: str) -> Span | None:
    """Return the name of whom a sentence alleges wrongdoing, None where it alleges none."""
    if not re.search(_CLAIMS, text) or re.search(_BY_LAW, text):
        return None
    names = list(find_names(text))
    for name in names:
        if _is_accused(text, name) or _is_accused_by(text, name):
            return name
    # "China has built …, with a group claiming they are used to spy on …"
    they = re.search(_THEY, text)
    opens = bool(names) and re.fullmatch(r"\W*(?:The )?", text[: names[0].start]) is not None
    is_speaker = they is not None and bool(names) and they.start() - names[0].end < 2
    return names[0] if they and opens and not is_speaker and tells_wrong(text, they.end()) else None


def _is_accused(text: str, name: Span) -> bool:
    """Return whether a name is told to be accused: "Ilse Maren, who is accused of …"."""
    after = re.compile(_IS_ACCUSED).match(text, name.end)
    if after is None:
        return False
    return bool(re.search(_IS_ALLEGED, after.group())) or tells_wrong(text, after.end())


def _is_accused_by(text: str, name: Span) -> bool:
    """Return whether an accusation leads to a name: "accused Maren of", "claims Maren has …"."""
    before = re.search(_ACCUSES, text[max(0, name.start - _BEFORE_NAME) : name.start])
    if before is None:
        return False
    is_of = re.compile(_OF).match(text, name.end) is not None
    return (is_of and before.group()[1:5] == "ccus") or tells_wrong(text, name.end)


def tells_wrong(text: str, start: int) -> bool:
    """Return whether a wrong is told shortly after a place, not one that is suffered or fought."""
    near = text[start : start + WRONG_WITHIN]
    return any(
        re.search(_HAPPENED_TO, near[: wrong.start()]) is None
        for wrong in re.finditer(_WRONGS, near)
    )
