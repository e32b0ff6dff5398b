"""``quoth verify`` notices what opening does not: every byte and every weight is looked at."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

import retrieval.indexing.index
from corpus.article import Article, Source, hash_text
from corpus.blocks import find_blocks
from corpus.errors import StoreCorrupt
from corpus.reading import MAX_FILE_BYTES, read_path
from corpus.samples import STARTER_FOLDER
from retrieval.indexing.building import build_content
from retrieval.indexing.checking import check_generation, weights_agree
from retrieval.indexing.index import ARRAYS_NAME, FILE_NAMES, MANIFEST_NAME, Index
from retrieval.indexing.writing import describe_file, digest_articles, write_generation
from tests.stories import Story, make_story

BuildIndex = Callable[[Iterable[Story]], Index]

STORIES = [
    make_story("# Rough seas\n\nThe ferry sank, the US said.\n\nNobody drowned.", "ferry"),
    make_story("The New Zealand Harbour Trust closed a bridge.", "bridge", title="A bridge"),
]


def write(stories: list[Story], folder: Path) -> Path:
    """Write a generation and return its folder."""
    content = build_content(stories)
    write_generation(content, folder, collection="main", digest=digest_articles(stories))
    return folder


def read_starter() -> list[Story]:
    return [
        (
            Article(
                "starter", one.article_id, 1, one.text, hash_text(one.text), find_blocks(one.text)
            ),
            one.source,
        )
        for one in read_path(STARTER_FOLDER, encoding=None, max_bytes=MAX_FILE_BYTES)
    ]


def change_array(generation: Path, name: str, place: int, difference: int) -> None:
    """Change a byte of an array, and its checksum with it."""
    manifest = json.loads((generation / MANIFEST_NAME).read_text("utf-8"))
    data = bytearray((generation / ARRAYS_NAME).read_bytes())
    data[manifest["arrays"][name]["offset"] + place] ^= difference
    (generation / ARRAYS_NAME).write_bytes(data)
    manifest["files"][ARRAYS_NAME] = describe_file(generation / ARRAYS_NAME)
    (generation / MANIFEST_NAME).write_text(json.dumps(manifest), "utf-8")


@pytest.mark.parametrize(
    "stories",
    [
        STORIES,
        read_starter(),
        [],
        [make_story("")],
        [make_story("It is.")],
        [make_story("Storm")],
        [make_story("ﷺ صلى الله عليه وسلم صلى ﷻ")],
    ],
    ids=["two", "starter", "none", "empty", "stop words", "one word", "ligatures"],
)
def test_a_generation_as_it_was_written_is_sound(stories: list[Story], tmp_path: Path) -> None:
    """A false alarm would teach the operator not to listen."""
    assert list(check_generation(write(stories, tmp_path))) == []


@pytest.mark.parametrize("name", FILE_NAMES)
@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_a_flipped_bit_in_any_file_is_found(
    name: str, share: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also in one so large that opening does not read it."""
    monkeypatch.setattr(retrieval.indexing.index, "CHECKED_BYTES", -1)
    path = write(STORIES, tmp_path) / name
    data = bytearray(path.read_bytes())
    data[int(share * (len(data) - 1))] ^= 0x80
    path.write_bytes(data)

    assert list(check_generation(tmp_path)) == [f"{name} does not match its checksum"]


def test_a_damaged_manifest_is_not_even_opened(tmp_path: Path) -> None:
    (write(STORIES, tmp_path) / MANIFEST_NAME).write_text("{", "utf-8")

    with pytest.raises(StoreCorrupt, match="manifest"):
        list(check_generation(tmp_path))


def test_a_text_that_is_not_what_was_hashed_is_named(tmp_path: Path) -> None:
    """Even where text and checksum were changed together, the record knows better."""
    generation = write(STORIES, tmp_path)
    path = generation / FILE_NAMES[0]
    path.write_bytes(path.read_bytes().replace(b"Nobody", b"Anyone"))
    manifest = json.loads((generation / MANIFEST_NAME).read_text("utf-8"))
    manifest["files"][path.name] = describe_file(path)
    (generation / MANIFEST_NAME).write_text(json.dumps(manifest), "utf-8")

    assert list(check_generation(tmp_path)) == [
        "the text of article ferry does not match its SHA-256"
    ]


@pytest.mark.parametrize(
    "name",
    [
        *("passage_weights", "passage_rows", "passage_postings", "article_weights", "idf"),
        *("vocabulary_offsets", "bigram_keys"),
    ],
)
def test_changed_weights_are_found_though_all_checksums_fit(name: str, tmp_path: Path) -> None:
    """What the texts say is computed anew; nothing that was stored vouches for itself."""
    generation = write(STORIES, tmp_path)
    change_array(generation, name, place=2, difference=0x20)

    assert list(check_generation(generation)) == [
        "its weights are not those that scikit-learn gives for its texts"
    ]


@pytest.mark.parametrize("name", ["copy_members", "copy_group", "story", "origin_end"])
def test_changed_copies_stories_and_origins_are_found(name: str, tmp_path: Path) -> None:
    """A copy that is none would stand beside a quote as another witness."""
    text = "The harbour office told the Oster Herald that 54 rusty cranes had been counted."
    generation = write([make_story(text, "a"), make_story(text, "b")], tmp_path)
    assert list(check_generation(generation)) == []

    change_array(generation, name, place=0, difference=0x01)

    assert list(check_generation(generation)) == [
        "its copies, stories or origins are not those of its texts"
    ]


def test_other_rules_than_todays_are_found(
    build_index: BuildIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who changes what a term is and forgets to raise RULES hears of it."""
    index = build_index(STORIES)
    assert weights_agree(index)

    monkeypatch.setattr("retrieval.indexing.checking.extract_terms", str.split)

    assert not weights_agree(index)


def test_articles_of_another_layout_are_found(build_index: BuildIndex) -> None:
    """As when blocks are found by other rules than those the passages were cut by."""
    text = "The ferry sank."
    whole = Article("main", "a", 1, text, hash_text(text), ())

    assert not weights_agree(build_index([(whole, Source())]))
