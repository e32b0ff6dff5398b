"""What somebody said: whether a question asks for it, and whether a sentence tells it."""

from __future__ import annotations

import re

_ASKED = re.compile(
    r"\b(?:say(?:s|ing)?|said|tell(?:s|ing)?|told|think(?:s|ing)?|thought|believed?|believes|feel|feels|"
    r"felt|react(?:s|ed|ion)?|respon(?:d|ds|ded|se)|answer(?:s|ed)?|repl(?:y|ies|ied)|"
    r"comment(?:s|ed)?|den(?:y|ies|ied)|claim(?:s|ed)?|accus(?:e|es|ed)|critici[sz](?:e|es|ed)|"
    r"criticism|explain(?:s|ed)?|admit(?:s|ted)?|accept(?:s|ed)?|regret(?:s|ted)?|promis(?:e|es|ed)|"
    r"argu(?:e|es|ed)|warn(?:s|ed)?|according to|own up|view|opinion|message|words|make of)\b",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\b(?:said|says|told|adds|added|writes|wrote|replied|warned|claims|claimed|explained|argued|"
    r"noted|insisted|continued|stated|testified|denies|denied|called|rejects|rejected|declined|"
    r"disputes|disputed|announced|admitted|according)\b",
    re.IGNORECASE,
)
_QUOTATION_MARK = re.compile('[\u201c\u201d"]')


def asks_for_words(question: str) -> bool:
    """Return whether a question asks what somebody said, or how they took something."""
    return _ASKED.search(question) is not None


def tells_words(text: str) -> tuple[bool, bool]:
    """Return whether a sentence holds a mark of quotation, and whether it holds a verb of saying.

    The verbs are those of reports, not of questions: "said", but not "say".
    """
    return _QUOTATION_MARK.search(text) is not None, _TOLD.search(text) is not None
