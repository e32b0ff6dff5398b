"""Messages that ask for something other than what the articles say: to write, to decide, to chat.

Only what is plainly such a request counts. The verb must open the message or a clause of it, so
that "Did the board ignore all previous rules?" stays a question.
"""

from __future__ import annotations

import re

_POLITE = (
    r"(?:(?:please|pls|now|then|and|so|ok|okay|hey|hi|hello|just|quoth|bot|instead|also|"
    r"(?:can|could|would|will) (?:you|u)|i (?:want|need) you to|i(?: would|['\u2019]d) like you to|"
    r"you (?:must|should|will|have to)|let['\u2019]?s|your task is to|try to|help me(?: to)?)\b"
    r"[ ,:]*)*"
)
_OPENING = rf"(?:^|[.!?;:\n]\s*|, (?:and|then|please) |\b(?:and|then) )['\"(\u201c]*{_POLITE}"
_WORKS = (
    r"poems?|story|stories|essays?|songs?|lyrics|jokes?|haikus?|limericks?|letters?|emails?|speech|"
    r"script|rap|tweets?|captions?|code|programs?|fiction|dialogue|scene|novel|blog|posts?|cv|resume"
)
_RULES = (
    r"instructions?|rules?|prompts?|guidelines?|restrictions?|orders?|directions?|sources|training|"
    r"limits|everything|what (?:you|i)"
)
_A_WORK = rf" (?:me |us )?(?:an?|some|another) (?:[\w-]+ ){{0,3}}(?:{_WORKS}|picture|image)\b"


def _begin(verbs: str, rest: str) -> tuple[frozenset[str], str]:
    """Return the verbs that a command may begin with, and its pattern."""
    return frozenset(verbs.split()), f"(?:{'|'.join(verbs.split())}){rest}"


# Each command behind words of which it holds one, so that few are looked for in a message.
_COMMANDS = (
    _begin(
        "write compose draft rewrite rephrase paraphrase improvise rhyme",
        r" (?:me|us|a|an|the|this|that|some|my|about|up|it|two|three|four|five|\d+|code|poetry)\b",
    ),
    _begin("make invent create generate produce sing tell give draw imagine", _A_WORK),
    _begin("make", rf" up{_A_WORK}|make (?:something|it|this) up\b"),
    _begin("come", f" up with{_A_WORK}"),
    _begin("translate", r"\b(?! to\b)"),
    _begin(
        "ignore disregard forget override bypass drop",
        rf" (?:[\w'\u2019]+ ){{0,4}}?(?:{_RULES})\b",
    ),
    _begin(
        "pretend imagine suppose",
        r" (?:you|to be|that you|we are|i am|i['\u2019]m)\b|pretend\b",
    ),
    _begin(
        "act respond answer reply behave speak talk write",
        r" (?:as|like) (?:if|though|a|an|the|my)\b",
    ),
    (frozenset({"now"}), r"from now on\b|you are now\b"),
    (
        frozenset({"role", "roleplay", "repeat", "quoting"}),
        r"role-?play\b|repeat after me\b|stop quoting\b",
    ),
    _begin("say confirm admit agree declare promise", r" that\b"),
    _begin("say", r" (?:it|this|yes|no|so|[\"\u201c:])"),
    (
        frozenset({"fact"}),
        (
            r"(?:state|repeat|tell (?:me|us|everyone)|say|claim|write) [^?]{1,200}"
            r" as (?:an? )?fact\b"
            r"|(?:state|present|report) as (?:an? )?fact\b"
        ),
    ),
    _begin(
        "decide choose pick judge",
        r" (?:whether|if|for|who|which|what|between|one|a winner|the)\b",
    ),
    _begin("recommend advise suggest", r" (?:me|us)\b"),
    _begin("give", r" (?:me|us) (?:your )?(?:advice|opinion)\b"),
)
# An opinion is asked of one of these, or about one.
_PERSONS = frozenset("i we you u your".split())
_OPINIONS = (
    r"^(?:so |and |but |then |well,? )*(?:should|shall) (?:i|we)\b"
    r"|\bwhat should i (?:do|think|buy|eat|say|wear|believe)\b|\b(?:whether|if) i should\b"
    r"|\bwhat do (?:you|u) think(?: (?:of|about)\b|\W*$)|^(?:and |so |but )?do (?:you|u) (?:think|"
    r"believe|like|love|agree|prefer|want|feel|enjoy)\b|\bin your (?:own )?(?:opinion|view)\b"
    r"|\b(?:is|are|give|share|tell) (?:me |us )?your (?:own )?(?:opinion|view|thoughts|favou?rite)"
    r"|\bwould you (?:rather|recommend|vote|choose|prefer)\b|\b(?:how do you|do you have) feel"
)
_GREETING = (
    r"(?:hi|hello|hey|hiya|howdy|yo|greetings|good (?:morning|afternoon|evening|night|day)|thanks?|"
    r"thank (?:you|u)|thx|ty|cheers|bye|goodbye|see (?:you|ya)(?: later)?|welcome|sorry|lol|haha+|"
    r"nice|cool|great|ok|okay|well done|good (?:bot|job|work)|how are (?:you|u|things)|"
    r"how(?:['\u2019]s| is) (?:it going|life|everything)|how do you do|what['\u2019]?s up|sup|"
    r"who (?:are|made|created) (?:you|u)|what are (?:you|u)|what(?:['\u2019]?s| is) your name|"
    r"are (?:you|u) (?:there|ok|okay|real|human|alive|a bot|an ai|chatgpt)|i love you)"
)
_COURTESY = (
    "(?:there|all|everyone|everybody|guys|folks|bot|quoth|friend|so much|very much|a lot|today|"
    "again|doing|you)"
)
_CHAT = rf"(?:{_GREETING}(?:[\s,!.?]+{_COURTESY})*[\s,!.?:)(]*)+"
# How the words of chat begin: "hahaha" may go on.
_CHAT_LETTERS = 4
_CHAT_WORDS = frozenset(word[:_CHAT_LETTERS] for word in re.findall("[a-z]+", _CHAT))


def is_request(question: str) -> bool:
    """Return whether a message asks to write, translate, pretend, decide or chat."""
    asked = " ".join(question.lower().split())
    words = re.findall("[a-z]+", asked)
    commands = (command for needed, command in _COMMANDS if not needed.isdisjoint(words))
    if any(re.search(f"{_OPENING}(?:{command})", asked) for command in commands):
        return True
    if not _PERSONS.isdisjoint(words) and re.search(_OPINIONS, asked):
        return True
    may_be_chat = all(word[:_CHAT_LETTERS] in _CHAT_WORDS for word in words)
    return may_be_chat and re.fullmatch(_CHAT, asked) is not None
