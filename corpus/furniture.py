"""What surrounds an article on its page: menus, dates, appeals, notices, bylines."""

from __future__ import annotations

import re

from corpus.shapes import CAPITAL, NAME_WORD, NAMES, ends_with_stop

# Furniture is short; nothing longer is looked at, so that body text costs nothing.
MAX_FURNITURE_CHARS = 200
MAX_LINE_CHARS = 80

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?"
_WEEKDAY = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\.?"
_CLOCK = r"\d{1,2}[:.]\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?)?(?: ?\(?[A-Z]{2,5}\)?)?"
_DATE = (
    rf"(?:{_WEEKDAY},? )?(?:{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},?(?: \d{{4}})?"
    r"|\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4})"
)
_DATE_WORD = r"(?:first |last )?(?:date|updated|published|posted|modified|created)(?: (?:on|at))?"
_DATE_LINE = re.compile(
    rf"(?:{_DATE_WORD}\s?:?\s?)?(?:{_DATE}|{_CLOCK})?(?:(?:,| at| -| \||T)? ?(?:{_DATE}|{_CLOCK}))?"
    r"(?: ?[|/-] ?\d{1,2}:\d\d)?",
    re.IGNORECASE,
)
_DATE_STUB = re.compile(
    rf"{_DATE_WORD}[: ]\s*\d{{4}}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?Z?)?\s+"
    rf"(?=[“‘\"']?(?-i:{CAPITAL}))",
    re.IGNORECASE,
)

# Bullets without text, rules, arrows; not the signs that formulas are made of.
_ORNAMENT = re.compile(r"[\s•·*▪◦●■►▶▼✦_|#~»«>\u200b\ufeff]+|[-–—=.…*_ ]{3,}|[–—]")

# Lines that are the same on every page of a site.
_WHOLE_LINES = re.compile(
    r"(?:(?:main |site )?navigation|(?:main )?menu|home(?: ?page)?|search"
    r"|log ?in|sign (?:in|up|out)|register|subscribe(?: now| today)?|donate(?: now)?"
    r"|support us|contact(?: us)?|about(?: us)?"
    r"|skip to (?:main )?content|back to (?:top|home)|(?:next|previous) (?:article|story|post)"
    r"|no comments(?: yet)?|(?:\d+|post a|leave a|add a|view|show|view all|show all) comments?"
    r"|comments?(?: \(\d+\))?|leave a reply"
    r"|comments (?:are|have been) (?:now )?(?:closed|disabled|turned off)\.?"
    r"|share(?: (?:this|on|via|with)(?: [\w ]{1,30})?)?|tweet|print|email|copy link|save|like"
    r"|facebook|twitter|whatsapp|linkedin|instagram|telegram|youtube|reddit"
    r"|advertisements?|advert|sponsored(?: content)?|promoted|loading\.*"
    r"|(?:article|story) continues (?:below|after).{0,40}|continue reading(?: below)?"
    r"|(?:related|more|top|latest|popular|trending|recommended)"
    r" (?:topics?|articles?|stories|news|posts?|content|reading|coverage|videos?|on this story)"
    r"|most (?:read|popular|viewed)|trending(?: now)?|you (?:may|might) also like"
    r"|(?:recommended|more) for you|more from .{1,40}|what to read next"
    r"|(?:read|see|find out|learn|show|load|view) more|see also|also read|read (?:next|this)"
    r"|(?:play|watch|listen)(?: (?:video|live|now|again|to this article))?|video|gallery|photos"
    r"|terms (?:of (?:use|service)|and conditions)|(?:privacy|cookie) policy"
    r"|\d+[ -]?min(?:ute)?s? read|reading time:? .{1,20}|.{0,60}all rights reserved\.?)[!:»>…]*",
    re.IGNORECASE,
)
# "News | Sport | Tides", "Home › Coast", "Share this   Print": menus, trails of crumbs, buttons.
_LETTER = re.compile(r"[^\W\d_]")
_PARTING = re.compile(r"\s*[|›»>·]\s*|\s{3,}")
MAX_PART_WORDS = 4

# A label and what it leads to. Such a line is no sentence, so it has no full stop.
_LABELLED = re.compile(
    r"(?:read (?:more|next|also)|also read|see also|related(?: \w+)?|more on this|recommended|watch"
    r"|video|listen|tags?|topics?|filed under|categor(?:y|ies)|keywords|share(?: this)?|source|via"
    r"|views|follow us|reading time)\s?:\s?\S",
    re.IGNORECASE,
)
_APPEAL = re.compile(
    r"(?:please )?(?:"
    r"(?:join|follow|like|support|find|visit|read|try|download|get|check out|connect with)"
    r" (?:us|our)\b"
    r"|(?:(?:sign up|subscribe) (?:now|here|today|to|for)|register (?:now|here)|donate (?:now|here)"
    r"|(?:click|tap) (?:here|below|on the))\b"
    r"|(?:get|receive|download|stay|become|want|enter|join|follow|don['’]t miss)\b.{0,100}"
    r"\b(?:newsletters?|inbox|app|subscri\w+|email address|notifications|podcast|free trial"
    r"|(?:on|our) (?:facebook|twitter|x|telegram|instagram|youtube|whatsapp|google news))\b"
    r"|become an? (?:member|subscriber|supporter)\b"
    r"|(?:this (?:web)?site|we) uses? cookies\b"
    r"|by (?:signing up|subscribing|continuing|clicking)\b.{0,60}\byou (?:agree|accept|consent)\b)",
    re.IGNORECASE,
)
_REPRINT = re.compile(
    r"this (?:article|story|piece|post|column|essay|interview)"
    r"(?: (?:was|is|has been|had been))?"
    r"(?: (?:originally|first) (?:published|appeared|posted|aired|ran)"
    r"| (?:re)?(?:printed|published|posted|produced|translated|syndicated|edited|adapted)\b.*"
    r"\b(?:permission|licen[cs]e|creative commons|syndicat\w+|partnership|arrangement)\b"
    r"| (?:republished|reprinted|syndicated) from\b)",
    re.IGNORECASE,
)
_CONTRIBUTORS = re.compile(
    r"\(?(?:[Ww]ith )?(?:[Aa]dditional |[Ff]urther )?"
    r"(?:[Rr]eporting|[Ee]diting|[Ww]riting|[Rr]esearch|[Tt]ranslat(?:ion|ed)|[Cc]ompiled|[Ee]dited)"
    rf" (?:by|from) {NAME_WORD}"
    rf"(?:[ ,;/]+(?:and|in|of|by|from|the|for|with|[a-z]+ing|{NAME_WORD}))*\)?\.?"
)
_COPYRIGHT = re.compile(r"(?:copyright|©|\(c\)) ?(?:©|\(c\))? ?\d{4}.{0,120}", re.IGNORECASE)

_BYLINE = re.compile(
    rf"(?:(?:[Bb]y|BY|[Ww]ritten by|[Ww]ords by|[Ss]tory by|[Aa]nalysis by|[Aa]uthor:) {NAME_WORD} "
    rf"{NAMES}(?:(?:,| and| \||,? in) {NAMES})*(?:, [a-z][a-z -]{{2,40}})?"
    r"|[Bb]y (?:our|staff) [a-z -]{4,40}"
    r"|[Aa]uthors?:?|[Aa]bout the authors?:?)"
)
# Looked for first: a plain search of a paragraph is far quicker than the expression's.
_CONTACT_VERBS = ("Contact ", "Follow ", "Email ", "Reach ", "Write to ", " can be ")
_AUTHOR_CONTACT = re.compile(
    rf"\b(?:Contact|Follow|Email|Reach|Write to) (?:{NAMES}|her|him|them) (?:at|on|via)\b"
    rf"|^{NAMES} can be (?:reached|contacted|followed) (?:at|on|via)"
    r" (?:\S*[@\[]|Twitter\b|X\b|Facebook\b)"
)


def find_date_stub(text: str) -> int:
    """Return where the text behind a date glued to its front begins, 0 if there is none."""
    stub = _DATE_STUB.match(text)
    return 0 if stub is None else stub.end()


def is_navigation(text: str) -> bool:
    """Say whether a paragraph belongs to the page, not to what the article tells.

    Parameters
    ----------
    text : str
        One paragraph, trimmed, with plain spaces for all white space.
    """
    if len(text) > MAX_FURNITURE_CHARS:
        return False
    return (
        _ORNAMENT.fullmatch(text) is not None
        or is_site_line(text)
        or is_date_line(text)
        or is_appeal(text)
        or is_notice(text)
    )


def is_site_line(text: str) -> bool:
    """Say whether a paragraph is a menu entry, a button or a link to another page."""
    if len(text) <= MAX_LINE_CHARS and _WHOLE_LINES.fullmatch(text):
        return True
    if ends_with_stop(text):
        return False
    return _LABELLED.match(text) is not None or _is_parted(text)


def _is_parted(text: str) -> bool:
    """Say whether a line is made of a few words each between signs or gaps, like a menu.

    The row of a table, which begins with the sign, may hold facts.
    """
    if text.startswith("|"):
        return False
    parts = [part for part in _PARTING.split(text) if part]
    return len(parts) > 1 and all(
        len(part.split()) <= MAX_PART_WORDS and _LETTER.search(part) for part in parts
    )


def is_date_line(text: str) -> bool:
    """Say whether a paragraph is a date, a time or "Updated:", and nothing else."""
    return len(text) <= MAX_LINE_CHARS and _DATE_LINE.fullmatch(text) is not None


def is_appeal(text: str) -> bool:
    """Say whether a paragraph asks the reader to subscribe, follow, click or accept."""
    return _APPEAL.match(text) is not None


def is_notice(text: str) -> bool:
    """Say whether a paragraph tells who printed, helped with or owns the article."""
    return (
        _REPRINT.match(text) is not None
        or _CONTRIBUTORS.fullmatch(text) is not None
        or _COPYRIGHT.fullmatch(text) is not None
    )


def is_byline(text: str) -> bool:
    """Say whether a paragraph names the author, or tells how to reach one."""
    if len(text) > MAX_FURNITURE_CHARS:
        return False
    if _BYLINE.fullmatch(text):
        return True
    for verb in _CONTACT_VERBS:
        if verb in text:
            return _AUTHOR_CONTACT.search(text) is not None
    return False
