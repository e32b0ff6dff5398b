"""``quoth ask``: one question in, one answer out; or a file of them."""

# ruff: noqa: D301, PLC0415 - click knows examples by \b; slow modules wait for the command to run

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from bot.commands.context import announce, current_settings, refusing_values
from bot.commands.options import collection_option, data_option, day_option, setting_option
from bot.failures import SOME_REFUSED
from bot.questions import check_question
from corpus.directory import DataDirectory

if TYPE_CHECKING:
    from bot.asking import Asked
    from bot.batch import BatchLine
    from retrieval.answer import Answer
    from retrieval.answering import Request


@click.command("ask", short_help="Answer a question with quotes, or stay silent.")
@click.argument("question", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the answer as one JSON object.")
@click.option(
    "--batch",
    type=click.File("rb"),
    metavar="FILE",
    help="Answer a file of JSON lines with id, question and optional asked, source, from, to; "
    "'-' is standard input. Prints one JSON object a line.",
)
@collection_option
@click.option(
    "--source",
    metavar="S",
    help="Only articles with this id, or these words in publisher or title.",
)
@day_option("--from", "published_from", about="Only articles from this day on.")
@day_option("--to", "published_to", about="Only articles up to this day.")
@day_option("--asked", "asked", about="The day of asking; otherwise that of the newest article.")
@setting_option("quotes", metavar="N", about="The most quotes to show.")
@setting_option("quote_chars", metavar="N", about="How many characters a quote aims at.")
@setting_option(
    "min_confidence", metavar="P", about="Stay silent below this confidence; 0 turns silence off."
)
@data_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    question: str | None,
    as_json: bool,
    batch: BinaryIO | None,
    collection: str | None,
    quotes: int | None,
    quote_chars: int | None,
    min_confidence: float | None,
    **filters: Any,
) -> None:
    """Answer QUESTION with quotes from your articles, or say that they hold no answer.

    Without --collection your collection main is asked, or the starter articles while it is empty.
    Days are written YYYY-MM-DD; asking stores nothing.

    \b
    Examples:
      quoth ask "Who counted the stations first?"
      quoth ask --from 2023-01-01 --quotes 1 "How many stations were closed?"
      quoth ask --batch questions.jsonl > answers.jsonl
    """
    if (question is None) == (batch is None):
        raise click.UsageError("ask one QUESTION, or many with --batch FILE.")
    if question is not None:
        with refusing_values():
            check_question(question)
    settings = current_settings(
        quotes=quotes, quote_chars=quote_chars, min_confidence=min_confidence
    )

    # numpy and the index: not before the question is known to be one
    from bot.asking import answer_checked, open_collection
    from retrieval.answering import Request

    with refusing_values():
        request = Request(
            question or "",
            max_quotes=settings.quotes,
            quote_chars=settings.quote_chars,
            min_confidence=settings.min_confidence,
            **filters,
        )
    asked = open_collection(DataDirectory(settings.data), collection, announce=announce)
    if batch is not None:
        ctx.exit(_answer_batch(asked, batch, request))
    with refusing_values():
        answer = answer_checked(asked, request)
    if as_json:
        _print_json(answer)
    else:
        _print_message(answer)


def _answer_batch(asked: Asked, batch: BinaryIO, defaults: Request) -> int:
    from bot.batch import read_batch

    code = 0
    for line in read_batch(batch, defaults):
        result = _answer_line(asked, line)
        if "error" in result:
            code = SOME_REFUSED
        click.echo(json.dumps({"id": line.id, **result}))
    return code


def _answer_line(asked: Asked, line: BatchLine) -> dict[str, Any]:
    from bot.asking import answer_checked
    from retrieval.answer import answer_to_json

    if line.request is None:
        return {"error": line.error}
    try:
        return answer_to_json(answer_checked(asked, line.request))
    except ValueError as error:  # such as a source that no article has
        return {"error": str(error)}


def _print_json(answer: Answer) -> None:
    from retrieval.answer import answer_to_json

    click.echo(json.dumps(answer_to_json(answer)))


def _print_message(answer: Answer) -> None:
    from bot.rendering.compose import compose_message
    from bot.rendering.terminal import print_rich, render_plain

    message = compose_message(answer)
    if sys.stdout.isatty() and not os.environ.get("NO_COLOR"):
        from rich.console import Console

        print_rich(message, Console(highlight=False))
    else:
        click.echo(render_plain(message), nl=False)
