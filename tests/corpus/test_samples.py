"""Readers must know a brief written to try Quoth out from a news source."""

from __future__ import annotations

import pytest

from corpus.reading import MAX_FILE_BYTES, read_path
from corpus.samples import SAMPLE_PUBLISHER, STARTER_FOLDER, is_sample


def test_every_brief_of_the_starter_corpus_is_a_sample_and_no_page_of_the_handbook() -> None:
    sources = [
        one.source for one in read_path(STARTER_FOLDER, encoding=None, max_bytes=MAX_FILE_BYTES)
    ]

    samples = {one.file for one in sources if is_sample(one.publisher, one.file)}

    assert len(samples) >= 6
    assert samples == {path.name for path in STARTER_FOLDER.glob("brief-*.md")}


@pytest.mark.parametrize(
    ("publisher", "file"),
    [
        (None, None),
        (None, "brief-2022.md"),
        ("Harbour News", "brief-2022.md"),
        (SAMPLE_PUBLISHER, None),
        (SAMPLE_PUBLISHER, "asking.md"),
    ],
)
def test_an_operators_own_articles_are_no_samples(publisher: str | None, file: str | None) -> None:
    assert not is_sample(publisher, file)
