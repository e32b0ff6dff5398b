"""The id of an article: derived from what is known about it, so that two machines agree."""

from __future__ import annotations

import hashlib
import json

ID_HEX_DIGITS = 16


def derive_article_id(
    *,
    text: str,
    url: str | None,
    publisher: str | None,
    source_id: str | None,
    file_name: str | None,
) -> str:
    """Return the id of an article: the same facts give the same id on every machine.

    Parameters
    ----------
    text : str
        As stored; counts only if there is neither an address nor a source's id.
    url : str or None
        The address, exactly as written. If given, nothing else counts.
    publisher : str or None
        Whose id ``source_id`` is.
    source_id : str or None
        The id that the source itself gives the article.
    file_name : str or None
        The last part of the file's path, so that it does not matter from which folder it was
        added. Stands in for a publisher that is not known.

    Returns
    -------
    str
        16 lower-case hex digits.
    """
    if url is not None:
        return _hash_parts("url", url)
    if source_id is not None and publisher is not None:
        return _hash_parts("publisher", publisher, source_id)
    if source_id is not None:
        return _hash_parts("file", file_name, source_id)
    return _hash_parts("text", file_name, text)


def _hash_parts(*parts: str | None) -> str:
    """Hash a list of strings; JSON keeps ("ab", "c") and ("a", "bc") apart."""
    return hashlib.sha256(json.dumps(parts).encode("ascii")).hexdigest()[:ID_HEX_DIGITS]
