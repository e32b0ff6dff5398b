"""Opening a generation: what it holds, and what is said of one that cannot be trusted."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import retrieval.indexing.index
from corpus.directory import CURRENT_NAME, write_pointer
from corpus.errors import DataDirectoryUnusable, StoreCorrupt
from retrieval.indexing.building import build_content
from retrieval.indexing.index import (
    FILE_NAMES,
    FORMAT,
    MANIFEST_NAME,
    RECORDS_NAME,
    RULES,
    TEXTS_NAME,
    Index,
    OutdatedIndex,
)
from retrieval.indexing.writing import digest_articles, write_generation
from retrieval.tokens import add_bigrams, extract_terms
from tests.stories import WORDS, Story, collections, make_story
from tests.strategies import share_of_examples

BuildIndex = Callable[[Iterable[Story]], Index]

STORIES = [
    make_story("The ferry sank.\r\n\r\nNobody drowned – 悉尼.", "ferry", title="Ferry"),
    make_story("A bridge closed.", "bridge"),
]

LAW = share_of_examples(0.4)  # each builds an index


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    """Return the folder of a collection whose one generation is current."""
    digest = digest_articles(STORIES)
    (tmp_path / digest).mkdir()
    write_generation(build_content(STORIES), tmp_path / digest, collection="main", digest=digest)
    write_pointer(tmp_path / CURRENT_NAME, digest)
    return tmp_path


@pytest.fixture
def generation(collection: Path) -> Path:
    """Return the folder of a generation."""
    return collection / digest_articles(STORIES)


@pytest.fixture
def all_files_are_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no file be so small that opening reads it."""
    monkeypatch.setattr(retrieval.indexing.index, "CHECKED_BYTES", -1)


def change_manifest(generation: Path, **changes: object) -> None:
    path = generation / MANIFEST_NAME
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **changes}), "utf-8")


def flip_byte(path: Path, place: int) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 0x80
    path.write_bytes(data)


def test_a_generation_opens_by_its_own_folder_and_by_its_collections(
    collection: Path, generation: Path
) -> None:
    one, other = Index.open(generation), Index.open(collection)

    assert one.digest == other.digest == generation.name
    assert one.collection == "main"
    assert [record.article_id for record in one.articles] == ["bridge", "ferry"]
    assert [one.text(number) for number in range(one.n_articles)] == [
        "A bridge closed.",
        "The ferry sank.\r\n\r\nNobody drowned – 悉尼.",
    ]
    assert one.n_passages == 2


def test_the_newest_date_is_that_of_the_newest_dated_article(build_index: BuildIndex) -> None:
    stories = [
        make_story("One.", "a", published=date(2023, 5, 1)),
        make_story("Two.", "b", published=date(2024, 1, 2)),
        make_story("Three.", "c"),
    ]

    assert build_index(stories).newest == "2024-01-02"
    assert build_index(stories[2:]).newest is None


def test_the_publishers_are_known_without_reading_a_record(build_index: BuildIndex) -> None:
    stories = [
        make_story("One.", "a", publisher="The Gazette"),
        make_story("Two.", "b", publisher="Harbour News"),
        make_story("Three.", "c", publisher="The Gazette"),
        make_story("Four.", "d"),
    ]

    index = build_index(stories)

    assert index.publishers == ("Harbour News", "The Gazette")
    assert index.arrays.publisher.tolist() == [1, 0, 1, -1]
    assert build_index([]).publishers == ()


@given(collections(), WORDS)
@LAW
def test_exactly_the_terms_of_the_articles_are_found(
    build_index: BuildIndex, stories: list[Story], word: str
) -> None:
    content = build_content(stories)
    index = build_index(stories)

    assert [index.find_term(term) for term in content.vocabulary] == list(range(index.n_unigrams))
    assert [index.term(number) for number in range(index.n_unigrams)] == list(content.vocabulary)
    for term in extract_terms(word):
        assert (index.find_term(term) is None) == (term not in content.vocabulary)


@given(collections(), st.data())
@LAW
def test_a_bigram_is_found_if_its_words_stand_together(
    build_index: BuildIndex, stories: list[Story], data: st.DataObject
) -> None:
    index = build_index(stories)
    if index.n_unigrams == 0:
        return
    first, second = (data.draw(st.integers(0, index.n_unigrams - 1)) for _ in range(2))

    found = index.find_bigram(first, second)

    key = first * index.n_unigrams + second
    assert (found is not None) == (key in index.arrays.bigram_keys.tolist())
    if found is not None:
        assert index.arrays.bigram_keys[found - index.n_unigrams] == key


@pytest.mark.parametrize("terms", [["ferri", "sink"], ["bridg", "close"]])
def test_neighbours_are_found_as_a_bigram(collection: Path, terms: list[str]) -> None:
    index = Index.open(collection)
    first, second = (index.find_term(term) for term in terms)

    assert add_bigrams(terms)[-1] == " ".join(terms)
    assert first is not None
    assert second is not None
    assert index.find_bigram(first, second) is not None
    assert index.find_bigram(second, first) is None


@pytest.mark.parametrize("stories", [[], [make_story("")], [make_story("It is.")]])
def test_an_index_without_words_opens(build_index: BuildIndex, stories: list[Story]) -> None:
    """An empty file cannot be mapped, yet there is nothing wrong with it."""
    index = build_index(stories)

    assert index.n_articles == len(stories)
    assert index.n_unigrams == 0
    assert index.find_term("ferri") is None


@pytest.mark.parametrize("name", FILE_NAMES)
def test_a_file_of_another_size_is_damage(generation: Path, name: str) -> None:
    path = generation / name
    path.write_bytes(path.read_bytes()[:-1])

    with pytest.raises(StoreCorrupt, match=f"{name} .*remove the folder, it is rebuilt"):
        Index.open(generation)


@pytest.mark.parametrize("name", [*FILE_NAMES, MANIFEST_NAME])
def test_where_a_file_is_missing_there_is_no_generation(generation: Path, name: str) -> None:
    """So it looks when another process removes it while we open it."""
    (generation / name).unlink()

    with pytest.raises(FileNotFoundError):
        Index.open(generation)


@pytest.mark.parametrize(
    "manifest",
    ["", "{", "[]", "null", "7", '"format"', "{}", '{"format": 1}', "\u0000", "\ud800"],
)
def test_a_damaged_manifest_is_named_with_its_mend(generation: Path, manifest: str) -> None:
    (generation / MANIFEST_NAME).write_text(manifest, "utf-8", errors="surrogatepass")

    with pytest.raises(StoreCorrupt, match="remove the folder, it is rebuilt"):
        Index.open(generation)


@pytest.mark.parametrize(
    "changes",
    [
        {"format": None},
        {"format": "1"},
        {"rules": []},
        {"files": {}},
        {"files": None},
        {"files": dict.fromkeys(FILE_NAMES)},
        {"arrays": {}},
        {"arrays": None},
        {"arrays": {"idf": {"dtype": "<f8", "shape": [10**9], "offset": 0}}},
    ],
)
def test_a_manifest_that_makes_no_sense_is_damage(
    generation: Path, changes: dict[str, object]
) -> None:
    change_manifest(generation, **changes)

    with pytest.raises(StoreCorrupt, match="is damaged"):
        Index.open(generation)


@pytest.mark.parametrize(
    "changes",
    [
        {"format": FORMAT + 1},
        {"rules": RULES + 1},
        {"format": FORMAT + 1, "rules": RULES - 1},
        {"format": FORMAT + 1, "files": "laid out anew"},
    ],
)
def test_an_index_from_a_newer_version_is_left_alone(
    generation: Path, changes: dict[str, object]
) -> None:
    """Rebuilding it would take from the newer version what it built."""
    change_manifest(generation, **changes)

    with pytest.raises(DataDirectoryUnusable, match="newer version of Quoth; upgrade"):
        Index.open(generation)


@pytest.mark.parametrize(
    "changes",
    [
        {"rules": RULES - 1},
        {"format": FORMAT - 1},
        {"format": FORMAT - 1, "rules": RULES + 1},
        {"format": FORMAT - 1, "files": "laid out otherwise"},
    ],
)
def test_an_index_built_by_older_rules_says_so(
    generation: Path, changes: dict[str, object]
) -> None:
    change_manifest(generation, **changes)

    with pytest.raises(OutdatedIndex):
        Index.open(generation)


@pytest.mark.parametrize("name", FILE_NAMES)
def test_a_flipped_bit_in_a_small_file_is_damage(generation: Path, name: str) -> None:
    """Looking costs less than the question does."""
    flip_byte(generation / name, 0)

    with pytest.raises(StoreCorrupt, match=f"{name} .*checksum; remove the folder"):
        Index.open(generation)


@pytest.mark.parametrize("place", [0, -2])
@pytest.mark.usefixtures("all_files_are_large")
def test_a_damaged_record_is_no_answer(generation: Path, place: int) -> None:
    """Opening a large index reads no record; whoever needs it is told."""
    flip_byte(generation / RECORDS_NAME, place)
    index = Index.open(generation)

    with pytest.raises(StoreCorrupt, match=f"{RECORDS_NAME}.*remove the folder"):
        list(index.articles)


@pytest.mark.usefixtures("all_files_are_large")
def test_a_damaged_text_is_no_answer(generation: Path) -> None:
    flip_byte(generation / TEXTS_NAME, 0)
    index = Index.open(generation)

    with pytest.raises(StoreCorrupt, match=f"{TEXTS_NAME}.*remove the folder"):
        index.text(0)


@pytest.mark.parametrize("content", ["", "0" * 16, "..", ".", "/", "é", "\u0000" * 16, "x\ny"])
def test_a_pointer_to_nowhere_points_at_no_generation(collection: Path, content: str) -> None:
    """Nor may a damaged one lead out of the folder."""
    (collection / CURRENT_NAME).write_text(content, "utf-8")

    with pytest.raises(FileNotFoundError):
        Index.open(collection)


def test_a_folder_without_generation_is_no_index(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(FileNotFoundError):
            Index.open(folder)


def test_a_mapped_generation_outlives_its_files(generation: Path) -> None:
    """Whoever reads while another process swaps reads on."""
    index = Index.open(generation)
    before = list(index.articles)

    for path in generation.iterdir():
        path.unlink()

    assert list(index.articles) == before
    assert index.text(0) == "A bridge closed."


@given(
    collections(),
    WORDS.map(str.lower) | st.text(max_size=10),
    st.sampled_from([b"", b"a", b"\xff"]),
    st.integers(0, 20),
)
@LAW
def test_a_place_is_where_the_letters_would_be_put(
    build_index: BuildIndex, stories: list[Story], word: str, ending: bytes, first: int
) -> None:
    """What stands for many words is looked up by their first letters."""
    index = build_index(stories)
    terms = [index.term(number).encode() for number in range(index.n_unigrams)]
    letters, first = word.encode() + ending, min(first, len(terms))

    place = index.find_place(letters, first=first)

    assert first <= place <= len(terms)
    assert all(term < letters for term in terms[first:place])
    assert all(term >= letters for term in terms[place:])
