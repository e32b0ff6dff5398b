"""What the README and docs/ show is what Quoth does: outputs, commands, files and links."""

from __future__ import annotations

import importlib.util
import json
import re
import shlex
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import click
import pytest
from click.testing import CliRunner

from bot.cli import cli
from corpus.article import BlockKind
from retrieval.answer import (
    Abstention,
    Answer,
    Excerpt,
    Note,
    NoteKind,
    NotePlace,
    Place,
    Quote,
    Reason,
    SourceFields,
)

PROJECT = Path(__file__).resolve().parent.parent
PAGES = [PROJECT / "README.md", PROJECT / "CHANGELOG.md", *sorted((PROJECT / "docs").glob("*.md"))]

PROJECT_PATH = re.compile(r"`((?:corpus|retrieval|bot|tests|benchmarks|docs)/[\w./-]*)`")
LINK = re.compile(r"\]\(([^)#]+)\)")
SVG_TEXT = "{http://www.w3.org/2000/svg}text"


def load_examples() -> ModuleType:
    """Return ``docs/make_examples.py``, which lies in no package, as a module."""
    spec = importlib.util.spec_from_file_location(
        "make_examples", PROJECT / "docs" / "make_examples.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


EXAMPLES = load_examples()


def code_blocks(language: str) -> list[str]:
    """Return what stands in the code blocks of a language, over all pages."""
    block = re.compile(rf"^```{language}\n(.*?)^```$", re.MULTILINE | re.DOTALL)
    return [found for page in PAGES for found in block.findall(page.read_text("utf-8"))]


def shown_commands() -> list[str]:
    """Return every line of a shell example that runs ``quoth``."""
    lines = [line for block in code_blocks("sh") for line in block.splitlines()]
    return [line for line in lines if line.startswith("quoth ")]


def leaves(group: click.Group) -> Iterator[click.Command]:
    """Yield every command of a group and of the groups in it."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from leaves(command)
        elif command is not None:
            yield command


def quoth(*arguments: str | Path) -> str:
    """Run a command to a good end and return its standard output."""
    result = CliRunner().invoke(cli, [*map(str, arguments)], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize("page", EXAMPLES.PAGES, ids=lambda page: page.name)
def test_every_output_shown_is_what_the_command_prints(page: Path, tmp_path: Path) -> None:
    """A failure is mended by ``python docs/make_examples.py``; read what it changed."""
    text = page.read_text("utf-8")

    assert EXAMPLES.remake_page(text, str(tmp_path / "data")) == text


def test_the_picture_shows_the_first_exchange(tmp_path: Path) -> None:
    """Word for word; the layout may differ between versions of rich."""
    picture = ElementTree.parse(PROJECT / "docs" / "exchange.svg")  # noqa: S314 - our own file
    drawn = [element.text or "" for element in picture.iter(SVG_TEXT)]
    printed = EXAMPLES.run(EXAMPLES.first_command(), str(tmp_path / "data"))

    shown = f"$ {EXAMPLES.first_command()} {printed}"
    assert squeeze("".join(drawn)) == squeeze(shown)


def test_the_pictures_show_the_demo() -> None:
    """Word for word, and none is left over from a scene that is gone."""
    folder = PROJECT / "docs" / "demo"
    drawn = {path.stem: path.read_text("utf-8") for path in folder.glob("*.svg")}

    now = EXAMPLES.draw_scenes()

    assert sorted(drawn) == sorted(now)
    assert [name for name in now if read_picture(now[name]) != read_picture(drawn[name])] == []


def read_picture(svg: str) -> str:
    """Return the words of a picture."""
    picture = ElementTree.fromstring(svg)  # noqa: S314 - our own file
    return squeeze("".join(element.text or "" for element in picture.iter(SVG_TEXT)))


def squeeze(text: str) -> str:
    """Return a text without what layout adds: spaces, line ends and bars."""
    return re.sub(r"[\s│]+", "", text)


@pytest.mark.parametrize("command", shown_commands())
def test_every_shown_command_is_one_that_quoth_takes(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its words, options and values are read, the files it names are there, and nothing is run."""
    monkeypatch.chdir(tmp_path)
    for leaf in leaves(cli):
        monkeypatch.setattr(leaf, "callback", lambda **_: None)
    words = shlex.split(command.partition(" > ")[0], comments=True)[1:]
    for word in words:
        if word.endswith(".jsonl"):
            (tmp_path / word).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / word).touch()

    result = CliRunner().invoke(cli, words)

    assert result.exit_code == 0, result.output


def test_the_shown_articles_can_be_added(tmp_path: Path) -> None:
    """The three formats and the side-car of the README, as they stand there."""
    folder = tmp_path / "articles"
    (sidecar,) = code_blocks("toml")
    for entry in tomllib.loads(sidecar)["article"]:
        file = folder / entry["file"]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"The text of {entry['title']}.\n", "utf-8")
    (folder / "sources.toml").write_text(sidecar, "utf-8")
    (markdown,) = code_blocks("markdown")
    (folder / "library.md").write_text(markdown, "utf-8")
    (folder / "notes.jsonl").write_text(article_lines(), "utf-8")
    data = ["--data", str(tmp_path / "data")]

    added = quoth("corpus", "add", folder, *data)

    assert added.startswith("main: 4 new,")
    assert "Forty years of bread" in quoth("corpus", "list", *data)


def article_lines() -> str:
    """Return the README's lines of JSON that are articles."""
    (lines,) = [block for block in code_blocks("json") if '"text"' in block]
    return lines


def test_the_shown_labels_can_be_measured(tmp_path: Path) -> None:
    """The labelled questions of docs/evaluating.md, about the README's Markdown article."""
    data = ["--data", str(tmp_path / "data")]
    (markdown,) = code_blocks("markdown")
    (tmp_path / "library.md").write_text(markdown, "utf-8")
    (questions,) = [block for block in code_blocks("json") if '"answerable"' in block]
    (tmp_path / "questions.jsonl").write_text(questions, "utf-8")
    quoth("corpus", "add", tmp_path / "library.md", *data)

    report = quoth("eval", tmp_path / "questions.jsonl", *data)

    assert report.startswith("2 questions: 1 answerable, 1 not.")
    label = json.loads(questions.splitlines()[0])["gold"][0]
    text = markdown.partition("---\n")[2].partition("---\n")[2]
    assert text[label["start"] : label["end"]] == "The library opens at nine in July and August."


def test_the_shown_batch_is_answered(tmp_path: Path) -> None:
    """Every line of docs/json.md is a question that a batch takes."""
    (batch,) = [block for block in code_blocks("json") if '"q1"' in block]
    (tmp_path / "questions.jsonl").write_text(batch, "utf-8")

    answers = quoth("ask", "--batch", tmp_path / "questions.jsonl", "--data", tmp_path / "data")

    assert [json.loads(answer)["id"] for answer in answers.splitlines()] == ["q1", "q2"]


def test_every_key_and_kind_of_an_answer_is_explained() -> None:
    """A program is written from docs/json.md, not from our code."""
    page = (PROJECT / "docs" / "json.md").read_text("utf-8")
    values = (Answer, Quote, Excerpt, Place, SourceFields, Note, NotePlace, Abstention)
    names = {field.name for value in values for field in fields(value)}
    names |= {"answered", *NoteKind, *Reason, *BlockKind}

    assert [name for name in sorted(names) if f"`{name}`" not in page] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_that_is_named_is_there(page: Path) -> None:
    """A newcomer follows these links and paths first."""
    text = page.read_text("utf-8")
    links = [link for link in LINK.findall(text) if "://" not in link]
    paths = PROJECT_PATH.findall(text)

    assert [link for link in links if not (page.parent / link).exists()] == []
    assert [path for path in paths if not (PROJECT / path).exists()] == []
