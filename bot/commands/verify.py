"""``quoth verify``: is all that is stored and cited still what it was."""

# ruff: noqa: D301, PLC0415 - click knows examples by \b; slow modules wait for the command to run

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.context import announce, current_directory, existing_store
from bot.commands.options import data_option
from bot.failures import SOME_REFUSED, UNUSABLE, failure_line
from bot.inert import make_one_line
from corpus.errors import CorpusError

if TYPE_CHECKING:
    from corpus.checking import Damage
    from corpus.directory import DataDirectory
    from corpus.store import ArticleStore
    from retrieval.verification import CheckedLine


@click.command("verify", short_help="Check stored texts, indexes and given answers.")
@click.argument(
    "answers", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@data_option
@click.pass_context
def command(ctx: click.Context, *, answers: Path | None) -> None:
    """Check every stored text and every index; then the quotes in ANSWERS, if it is given.

    ANSWERS is what ask --json or --batch printed. A quote is true if its article version is
    stored, the SHA-256 is the same, and exactly these words stand at its offsets.

    \b
    Examples:
      quoth verify
      quoth verify answers.jsonl
    """
    directory = current_directory()
    store = existing_store(directory)
    code = _verify_store(store, directory)
    if answers is not None:
        code = max(code, _verify_answers(store, answers))
    ctx.exit(code)


def _verify_store(store: ArticleStore, directory: DataDirectory) -> int:
    from corpus.checking import check_store

    with store.reading() as connection:
        damages = check_store(connection)
        collections = store.collections(connection)
    for damage in damages:
        announce(make_one_line(f"quoth: {_describe(damage)}"))
    click.echo(f"store: {len(damages)} damaged places")
    sound = [_verify_index(directory, collection) for collection in collections]
    return 0 if all(sound) and not damages else UNUSABLE


def _verify_index(directory: DataDirectory, collection: str) -> bool:
    """Check the generation that answers for a collection, and say what came of it."""
    from retrieval.indexing.checking import check_generation
    from retrieval.indexing.generations import open_index

    try:
        index = open_index(directory, collection)
        wrong = list(check_generation(directory.index(collection) / index.digest))
    except CorpusError as error:
        announce(failure_line(error))
        return False
    for what in wrong:
        announce(f"quoth: the index of {collection}: {what}; remove its folder to have it rebuilt")
    if not wrong:
        click.echo(f"index of {collection}: {index.n_articles} sound articles")
    return not wrong


def _describe(damage: Damage) -> str:
    if damage.article_id is None:
        return f"{damage.what}; restore the database from a backup"
    version = "" if damage.version is None else f", version {damage.version}"
    return (
        f"article {damage.article_id}{version} in {damage.collection}: {damage.what}; "
        "restore the database from a backup, or purge the article"
    )


def _verify_answers(store: ArticleStore, answers: Path) -> int:
    from bot.checking import text_reader
    from retrieval.verification import check_answers_file

    checked = quotes = failed = 0
    with answers.open(encoding="utf-8", errors="replace", newline="\n") as lines:
        for line in check_answers_file(lines, partial(text_reader, store)):
            checked, quotes = checked + 1, quotes + line.quotes
            failed += bool(_report_line(answers, line))
    click.echo(f"{answers}: {checked} answers, {quotes} quotes, {failed} answers not as stored")
    if not failed:
        return 0
    return SOME_REFUSED if failed < checked else UNUSABLE


def _report_line(answers: Path, line: CheckedLine) -> list[str]:
    """Say what is wrong with a line, and return it."""
    wrong = [] if line.error is None else [line.error]
    wrong += [
        f"article {at.article_id}, version {at.version}, "
        f"characters {at.start} to {at.end}: {at.kind}"
        for at in line.mismatches
    ]
    for what in wrong:
        announce(make_one_line(f"quoth: {answers}:{line.number}: {what}"))
    return wrong
