"""Addresses of sources as links: which can be links, where they lead, and at which words.

Discord, a browser and Python read odd addresses in different ways, so that one could show a site
and lead to another. Only plain ones become links: http or https, a host name, no user name.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote

from bot.inert import is_showable

MAX_ADDRESS_CHARS = 512  # Discord's limit for a link button; a longer one would crowd out a quote
MAX_LINK_CHARS = 1000  # with the words at which the page opens
FRAGMENT_WORDS = 4
MAX_FRAGMENT_WORD_CHARS = 40
FRAGMENT_DIRECTIVE = ":~:"
NOT_ON_PAGES = ("\ufffd", "\u00ad")  # a page's text holds no such character where ours does

ADDRESS = re.compile(
    r"(?P<scheme>https?)://(?P<host>[^\s/?#@:\\\[\]]+)(?P<port>:\d{1,5})?(?P<rest>[/?#]\S*)?",
    re.IGNORECASE,
)
HOST_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
LAST_LABEL = re.compile(r"[a-z][a-z0-9-]*")  # not a number, which is written in many ways
ENCODED = re.compile(r"%(?![0-9A-Fa-f]{2})")
KEPT = "%/?#:@!$&+,;=~"  # beside letters, digits and "_.-"; the others are percent-encoded

# "://", or a word with a dot and what could be a top-level domain; other dots count too.
LIKE_ADDRESS = re.compile(r"://|[\w-][.\u3002\uff0e\uff61][^\W\d_]{2}|\bwww\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WebAddress:
    """An address that leads where every reader would say it does.

    Parameters
    ----------
    site : str
        Its host in ASCII, without "www.".
    link : str
        As a link holds it: percent-encoded, the host in ASCII.
    """

    site: str
    link: str


def read_address(url: str) -> WebAddress | None:
    """Return an address that can be a link, None for any other.

    >>> read_address("https://www.example.org/story")
    WebAddress(site='example.org', link='https://www.example.org/story')
    """
    match = ADDRESS.fullmatch(url)
    if match is None or not is_showable(url):
        return None
    host = _ascii_host(match["host"].lower())
    if host is None:
        return None
    rest = quote(ENCODED.sub("%25", match["rest"] or ""), safe=KEPT)
    link = f"{match['scheme'].lower()}://{host}{match['port'] or ''}{rest}"
    return WebAddress(host.removeprefix("www."), link) if len(link) <= MAX_ADDRESS_CHARS else None


def text_fragment(address: WebAddress, words: str) -> str:
    """Return a link that opens its page at some words.

    Parameters
    ----------
    words : str
        A quote's; it is named by its first and last words, or whole when short.

    Returns
    -------
    str
        The plain address if a page could not hold such words, or the link would be too long.

    References
    ----------
    https://wicg.github.io/scroll-to-text-fragment/
    """
    directive = _text_directive(words.split())
    if directive is None or not is_showable(words):
        return address.link
    page, _, fragment = address.link.partition("#")
    kept = fragment.partition(FRAGMENT_DIRECTIVE)[0]
    link = f"{page}#{kept}{FRAGMENT_DIRECTIVE}text={directive}"
    return link if len(link) <= MAX_LINK_CHARS else address.link


def looks_like_address(text: str) -> bool:
    """Return whether a reader, or a program, could take a text for an address."""
    return LIKE_ADDRESS.search(text) is not None


def _ascii_host(host: str) -> str | None:
    """Return a host name in ASCII, None if it is none or could be read in two ways."""
    if host != unicodedata.normalize("NFKC", host) or any(map(_maps_away, host)):
        return None
    labels = [
        label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii")
        for label in host.split(".")
    ]
    is_name = all(map(HOST_LABEL.fullmatch, labels)) and LAST_LABEL.fullmatch(labels[-1])
    return ".".join(labels) if is_name else None


def _maps_away(character: str) -> bool:
    """Return whether browsers differ about a character of a host name: ß, ς and joiners."""
    return character in "ßς\u200c\u200d" or character.casefold() != character


def _text_directive(words: list[str]) -> str | None:
    if len(words) <= 2 * FRAGMENT_WORDS:
        parts = [words]
    else:
        parts = [words[:FRAGMENT_WORDS], words[-FRAGMENT_WORDS:]]
    if not words or not all(_is_on_page(word) for part in parts for word in part):
        return None
    return ",".join(_encode(" ".join(part)) for part in parts)


def _is_on_page(word: str) -> bool:
    return len(word) <= MAX_FRAGMENT_WORD_CHARS and not any(sign in word for sign in NOT_ON_PAGES)


def _encode(words: str) -> str:
    # A dash marks a prefix or a suffix, and quote leaves it as it is.
    return quote(words, safe="").replace("-", "%2D")
