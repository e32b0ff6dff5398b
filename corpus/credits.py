"""Picture credits: who made a picture, named right behind its caption or on a line alone."""

from __future__ import annotations

import re

from corpus.shapes import CAPITAL, NAME_WORD, NAMES, ends_with_stop

# Picture agencies and archives: as the last words of a line they can only be a credit.
PICTURE_AGENCIES = (
    "Getty Images|Getty|AP Photo|AP Images|Shutterstock|iStock|iStockphoto|Alamy|Alamy Stock Photo"
    "|Unsplash|Pexels|Pixabay|Flickr|Wikimedia Commons|Wikimedia|Rex Features|Magnum Photos"
    "|ZUMA Press|Bloomberg via Getty Images|Anadolu Agency"
)
# News agencies also sell pictures. Alone, "(AFP)" is the sign-off of a text; "Jo Day/AFP" is not.
NEWS_AGENCIES = "AAP|AFP|ANI|AP|DPA|dpa|EFE|EPA|PA|PTI|Reuters|REUTERS|TASS|UPI|Xinhua"

# A credit is short; nothing further from the end of a paragraph is looked at.
_MAX_CREDIT_CHARS = 120
_MAX_AGENCY_LINE_CHARS = 60
_PICTURE = r"(?:[Pp]hoto(?:graph)?s?|PHOTO|[Pp]icture|[Ii]mage|[Ii]llustration|[Ss]creenshot)"
_AGENCY = rf"(?:{PICTURE_AGENCIES}|{NEWS_AGENCIES})"
# "(Note: The Author)" and the like explain a text; the left side of a credit is an agency.
_NO_AGENCY = r"(?!(?:Sources?|Notes?|See|Editor|Correction|Updated?|Answer|Hint|Chapter|Page)\b)"

# What may stand in brackets at the end. "(Agency: Jo Day)", "(Jo Day/Agency)" and
# "(Jo Day via Agency)" are sure only after a full stop, or with an agency that we know.
_SURE_IN_BRACKETS = re.compile(
    rf"{_PICTURE}(?: credits?)?(?:: ?| by | from | courtesy of |/)[^()]+"
    rf"|(?:[Ff]ile|FILE|[Ss]tock|[Hh]andout|[Rr]epresentat\w+) {_PICTURE}"
    rf"|(?:{_PICTURE} )?(?:[Cc]ourtesy of|Courtesy:|Credit:|Supplied:|[Pp]hoto courtesy) ?[^()]+"
    rf"|Supplied|Handout|File|Screenshot|{PICTURE_AGENCIES}"
    rf"|[^()]+/{_AGENCY}|{_AGENCY}(?:: |/)[^()]+|[^()]+ via {_AGENCY}"
)
_LIKELY_IN_BRACKETS = re.compile(rf"{_NO_AGENCY}{NAMES}(?:: |/){NAMES}|{NAMES} via {NAMES}")

# What may stand without brackets at the end, after a full stop or on a line alone.
_BARE_CREDIT = re.compile(
    rf"(?:^|(?<=[.!?”’\"')])\s)(?P<credit>"
    rf"{_PICTURE}(?: credit)?(?:: ?| by | courtesy of | courtesy ){NAMES}(?:[/,] ?{NAMES})*"
    rf"|Credit: ?{NAMES}(?:[/,] ?{NAMES})*"
    rf"|(?:Photo |Image )?[Cc]ourtesy of (?:the )?{NAMES}"
    rf"|{NAME_WORD} {NAMES} ?/ ?{NAMES}|{_AGENCY}/{NAMES}|{NAMES}/{_AGENCY}"
    rf"|{NAMES} via {NAMES}|Image source, {NAMES}|{PICTURE_AGENCIES})$"
)
# Without a full stop before it, a credit needs an agency that we know and takes two words of name.
_AGENCY_CREDIT = re.compile(
    rf"(?<!\S)(?P<credit>{NAME_WORD} {NAME_WORD} ?/ ?{_AGENCY}(?: via {_AGENCY})?"
    rf"|{_AGENCY}/{NAMES})$"
)
_COPYRIGHT_CREDIT = re.compile(rf"(?P<credit>© ?(?:{CAPITAL}|\d)[^©]{{1,80}})$")
_AGENCY_LINE = re.compile(rf"[(\[—–-]{{0,2}} ?{_AGENCY}(?: ?[/,&] ?{_AGENCY})*[)\]]?")


def find_credit(text: str) -> int | None:
    """Return where the picture credit at the end of a paragraph begins, None if it has none.

    Parameters
    ----------
    text : str
        One paragraph, trimmed, with plain spaces for all white space.

    Returns
    -------
    int or None
        0 if the paragraph is nothing but a credit.

    Notes
    -----
    A bracket with a news agency alone, as in "(AFP)", is no credit at the end of a paragraph: it
    explains an abbreviation, or signs off a text.
    """
    if is_agency_line(text):
        return 0
    if text.endswith(")"):
        return _find_bracketed(text)
    return _find_bare(text)


def is_agency_line(text: str) -> bool:
    """Say whether a paragraph names agencies and nothing else: "Reuters", "(AFP)", "ABC/AP"."""
    return len(text) <= _MAX_AGENCY_LINE_CHARS and _AGENCY_LINE.fullmatch(text) is not None


def _find_bracketed(text: str) -> int | None:
    """Return where a credit in brackets begins."""
    start = text.rfind("(", -_MAX_CREDIT_CHARS)
    inside, before = text[start + 1 : -1], text[:start].rstrip()
    if start == -1 or ")" in inside:
        return None
    sure = _SURE_IN_BRACKETS.fullmatch(inside)
    likely = (not before or ends_with_stop(before)) and _LIKELY_IN_BRACKETS.fullmatch(inside)
    return start if sure or likely else None


def _find_bare(text: str) -> int | None:
    """Return where a credit without brackets begins."""
    first = max(0, len(text) - _MAX_CREDIT_CHARS)
    credit = _COPYRIGHT_CREDIT.search(text, first) if "©" in text else None
    if credit is None and not ends_with_stop(text):
        credit = _BARE_CREDIT.search(text, first) or _AGENCY_CREDIT.search(text, first)
    return None if credit is None else credit.start("credit")
