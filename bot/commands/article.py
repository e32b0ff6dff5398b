"""``quoth corpus show`` and ``history``: one article, its text and what happened to it."""

# ruff: noqa: D301, PLC0415 - click knows examples by \b; slow modules wait for the command to run

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

import click

from bot.commands.context import current_directory, existing_store, find_collection, refusing_values
from bot.commands.options import collection_option, data_option
from bot.inert import make_one_line, make_showable, split_lines
from corpus.article import SOURCE_FIELDS, Article, Source, Span

if TYPE_CHECKING:
    from corpus.store import ArticleSummary

PREVIEW_CHARS = 500


@click.command()
@click.argument("article_id", metavar="ID")
@click.option("--text", "as_text", is_flag=True, help="Write the stored text and nothing else.")
@click.option("--json", "as_json", is_flag=True, help="Print record, blocks and sentences as JSON.")
@click.option("--version", type=click.IntRange(min=1), metavar="N", help="Otherwise the current.")
@collection_option
@data_option
def show(
    article_id: str,
    *,
    as_text: bool,
    as_json: bool,
    version: int | None,
    collection: str | None,
) -> None:
    """Show an article's source, its blocks, and how it begins.

    Without --collection it is looked for in main, then among the starter articles.

    \b
    Examples:
      quoth corpus show 0123456789abcdef
      quoth corpus show 0123456789abcdef --text > article.txt
    """
    if as_text and as_json:
        raise click.UsageError("give --text or --json, not both.")

    store = existing_store(current_directory())
    with refusing_values(), store.reading() as connection:
        chosen = find_collection(store, connection, article_id, collection)
        article = store.get(connection, chosen, article_id, version)
        listed = store.list(connection, chosen)
    summary = next(entry for entry in listed if entry.article_id == article_id)
    if as_text:
        sys.stdout.flush()
        sys.stdout.buffer.write(article.text.encode("utf-8"))
    elif as_json:
        click.echo(json.dumps(_to_json(article, summary)))
    else:
        for line in _describe(article, summary):
            click.echo(line)


@click.command()
@click.argument("article_id", metavar="ID")
@collection_option
@data_option
def history(article_id: str, *, collection: str | None) -> None:
    """Show what was done to an article: when, by whom and why."""
    store = existing_store(current_directory())
    with refusing_values(), store.reading() as connection:
        chosen = find_collection(store, connection, article_id, collection)
        events = store.history(connection, chosen, article_id)
    for event in events:
        version = "" if event.version is None else f" {event.version}"
        reason = f": {make_one_line(event.reason)}" if event.reason else ""
        click.echo(f"{event.at}  {event.action}{version} by {make_one_line(event.by)}{reason}")


def _to_json(article: Article, summary: ArticleSummary) -> dict[str, Any]:
    from corpus.source_json import source_to_json

    return {
        "collection": article.collection,
        "article_id": article.article_id,
        "version": article.version,
        "state": summary.state,
        "sha256": article.sha256,
        "chars": len(article.text),
        "source": json.loads(source_to_json(summary.source)),
        "blocks": [
            {"kind": block.kind, "start": block.span.start, "end": block.span.end}
            for block in article.blocks
        ],
        "sentences": [{"start": span.start, "end": span.end} for span in _sentences(article)],
    }


def _sentences(article: Article) -> Iterator[Span]:
    from corpus.sentences import split_blocks

    return chain.from_iterable(split_blocks(article.text, article.blocks))


def _describe(article: Article, summary: ArticleSummary) -> Iterator[str]:
    yield f"Article {article.article_id} in {article.collection}, {summary.state}"
    yield f"Version {article.version} of {summary.version}, {len(article.text):,} characters"
    yield f"SHA-256 {article.sha256}"
    yield ""
    yield from _describe_source(summary.source)
    kinds = Counter(str(block.kind) for block in article.blocks)
    yield "Blocks: " + ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    yield ""
    for line in split_lines(make_showable(article.text[:PREVIEW_CHARS])):
        yield f"    │ {line}"
    if len(article.text) > PREVIEW_CHARS:
        yield f"The whole text: quoth corpus show {article.article_id} --text"


def _describe_source(source: Source) -> Iterator[str]:
    for name in SOURCE_FIELDS:
        value = getattr(source, name)
        if value is None:
            yield f"{name.capitalize()}: not given"
            continue
        basis = source.basis.get(name)
        known = "" if basis is None else f" ({_join(basis.kind, basis.note)})"
        precision = f" (to the {source.published_precision})" if name == "published" else ""
        yield make_one_line(f"{name.capitalize()}: {value}{precision}{known}")
    yield make_one_line(f"File: {source.file or 'not given'}")


def _join(kind: str, note: str) -> str:
    return f"{kind}: {note}" if note else kind
