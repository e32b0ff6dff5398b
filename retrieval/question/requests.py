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
_COMMANDS = (
    r"(?:write|compose|draft|rewrite|rephrase|paraphrase|improvise|rhyme)"
    r" (?:me|us|a|an|the|this|that|some|my|about|up|it|two|three|four|five|\d+|code|poetry)\b"
    rf"|(?:make|make up|invent|create|generate|produce|sing|tell|give|draw|imagine|come up with)"
    rf" (?:me |us )?(?:an?|some|another) (?:[\w-]+ ){{0,3}}(?:{_WORKS}|picture|image)\b"
    r"|make (?:something|it|this) up\b|translate\b(?! to\b)"
    rf"|(?:ignore|disregard|forget|override|bypass|drop) (?:[\w'\u2019]+ ){{0,4}}?(?:{_RULES})\b"
    r"|(?:pretend|imagine|suppose) (?:you|to be|that you|we are|i am|i['\u2019]m)\b|pretend\b"
    r"|(?:act|respond|answer|reply|behave|speak|talk|write) (?:as|like) (?:if|though|a|an|the|my)\b"
    r"|from now on\b|you are now\b|role-?play\b|repeat after me\b|stop quoting\b"
    r"|(?:say|confirm|admit|agree|declare|promise) that\b|say (?:it|this|yes|no|so|[\"\u201c:])"
    r"|(?:state|repeat|tell (?:me|us|everyone)|say|claim|write) [^?]{1,200} as (?:a |an )?fact\b"
    r"|(?:state|present|report) as (?:a |an )?fact\b"
    r"|(?:decide|choose|pick|judge) (?:whether|if|for|who|which|what|between|one|a winner|the)\b"
    r"|(?:recommend|advise|suggest) (?:me|us)\b|give (?:me|us) (?:your )?(?:advice|opinion)\b"
)
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


def is_request(question: str) -> bool:
    """Return whether a message asks to write, translate, pretend, decide or chat."""
    asked = " ".join(question.lower().split())
    if re.search(_OPENING + f"(?:{_COMMANDS})", asked) or re.search(_OPINIONS, asked):
        return True
    return re.fullmatch(_CHAT, asked) is not None
