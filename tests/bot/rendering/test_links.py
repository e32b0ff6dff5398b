"""Links to sources: they lead where they seem to, and open at the quoted words."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.inert import is_showable
from bot.rendering.links import WebAddress, looks_like_address, read_address, text_fragment
from tests.strategies import CHARACTERS

URL = "https://example.org/story"
SAFE = re.compile(r"[A-Za-z0-9%/?#:@!$&+,;=~_.-]+")
PATHS = st.text(CHARACTERS | st.sampled_from("/?#%&=()<>[]\\'\"*_~-.:@a1"), max_size=30)


def directive(url: str) -> str:
    """Return what stands behind ":~:text=", or nothing."""
    return url.partition(":~:text=")[2]


def read(url: str) -> WebAddress:
    """Return an address that can be a link."""
    address = read_address(url)
    assert address is not None
    return address


@given(PATHS)
def test_a_link_holds_only_characters_that_are_safe_in_markdown(path: str) -> None:
    """No bracket, space or backslash that could end the link early, and the same path."""
    url = f"https://example.org/{path}"
    address = read_address(url)
    if address is None:
        return

    assert SAFE.fullmatch(address.link)
    assert unquote(address.link) == unquote(url)
    assert urlsplit(address.link).hostname == address.site == "example.org"
    assert read_address(address.link) == address


@given(st.text(CHARACTERS, min_size=1, max_size=120))
def test_a_fragment_names_the_words_as_they_stand(words: str) -> None:
    """First and last words, or all of them; what no page could hold is not named."""
    found = directive(text_fragment(read(URL), words))

    if not found:
        return
    assert is_showable(words)
    assert set(found) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789%_.~,")
    spaced = " ".join(words.split())
    named = [unquote(part) for part in found.split(",")]
    assert spaced.startswith(named[0])
    assert spaced.endswith(named[-1])
    assert len(named) == 1 + (len(words.split()) > 8)


@pytest.mark.parametrize(
    ("url", "words", "link"),
    [
        (URL, "It sank.", f"{URL}#:~:text=It%20sank."),
        (URL, "a b c d e f g h i", f"{URL}#:~:text=a%20b%20c%20d,f%20g%20h%20i"),
        (URL, "one-two, A&B", f"{URL}#:~:text=one%2Dtwo%2C%20A%26B"),
        (URL, "two\r\n  lines", f"{URL}#:~:text=two%20lines"),
        (f"{URL}#part", "It sank.", f"{URL}#part:~:text=It%20sank."),
        (f"{URL}#part:~:text=old", "It sank.", f"{URL}#part:~:text=It%20sank."),
        (f"{URL}#", "It sank.", f"{URL}#:~:text=It%20sank."),
        (f"{URL}?a=b", "“Café”", f"{URL}?a=b#:~:text=%E2%80%9CCaf%C3%A9%E2%80%9D"),
        (URL, "soft\u00adhyphen", URL),
        (URL, "un\u200bshowable", URL),
        (URL, "lost \ufffd", URL),
        (URL, "w" * 41, URL),
        (URL, " \n", URL),
        (
            "https://example.org/" + "p" * 490,
            "悉尼悉尼悉尼悉尼 " * 8,
            "https://example.org/" + "p" * 490,
        ),
    ],
)
def test_the_page_opens_at_the_words(url: str, words: str, link: str) -> None:
    assert text_fragment(read(url), words) == link


@pytest.mark.parametrize(
    "url",
    [
        *("ftp://example.org/a", "javascript:alert(1)", "example.org", "//example.org", "https://"),
        *("https://good.example@evil.example/", "https://evil.example\\@good.example/", "data:,x"),
        *(
            "https://example.org:abc/",
            "https://exa mple.org/",
            "https://example.org/a b",
            "http:///a",
        ),
        *(
            "https://[::1]/",
            "https://0x7f.1/",
            "https://2130706433/",
            "https://10.0.0.1/",
            "mailto:a@b",
        ),
        *(
            "https://straße.example/",
            "https://ｅxample.org/",
            "https://-a.example/",
            "https://a..b/",
        ),
        *("https://example.org/\u202e", "https://%65vil.example/", "https://a_.example_/", ""),
        "https://example.org/" + "p" * 500,
    ],
)
def test_an_address_that_can_be_read_in_two_ways_is_no_link(url: str) -> None:
    assert read_address(url) is None


@pytest.mark.parametrize(
    ("url", "site", "address"),
    [
        ("https://www.example.org", "example.org", "https://www.example.org"),
        ("HTTP://EXAMPLE.org:8080/A", "example.org", "http://example.org:8080/A"),
        ("https://example.org/a_(b)", "example.org", "https://example.org/a_%28b%29"),
        ("https://example.org/100%", "example.org", "https://example.org/100%25"),
        ("https://example.org/%C3%A9", "example.org", "https://example.org/%C3%A9"),
        ("https://example.org/é", "example.org", "https://example.org/%C3%A9"),
        ("https://bücher.example/", "xn--bcher-kva.example", "https://xn--bcher-kva.example/"),
        ("https://аpple.com/", "xn--pple-43d.com", "https://xn--pple-43d.com/"),
        ("http://localhost:8000/a", "localhost", "http://localhost:8000/a"),
    ],
)
def test_a_site_is_named_so_that_no_letter_can_deceive(url: str, site: str, address: str) -> None:
    assert read_address(url) == WebAddress(site, address)


@pytest.mark.parametrize(
    "text", ["see https://a", "bbc.co.uk", "Good.Example now", "a。example", "www"]
)
def test_what_looks_like_an_address_is_known(text: str) -> None:
    assert looks_like_address(text)


@pytest.mark.parametrize("text", ["U.S. ferry", "3.5 million", "It sank. It did", "No... really"])
def test_everyday_stops_are_no_address(text: str) -> None:
    assert not looks_like_address(text)
