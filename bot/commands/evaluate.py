"""``quoth eval``: quality measured against labelled questions."""

# ruff: noqa: D301, PLC0415 - click knows examples by \b; slow modules wait for the command to run

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from bot.commands.context import announce, current_settings
from bot.commands.options import collection_option, data_option, setting_option
from bot.progress import progress_bar
from corpus.directory import DataDirectory


@click.command("eval", short_help="Measure quality with labelled questions.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@collection_option
@setting_option("quotes", metavar="N", about="The most quotes to show.")
@setting_option("quote_chars", metavar="N", about="How many characters a quote aims at.")
@click.option(
    "--without-article",
    is_flag=True,
    help="Also ask each question while the articles that answer it are left out.",
)
@data_option
def command(
    file: Path,
    *,
    collection: str | None,
    quotes: int | None,
    quote_chars: int | None,
    without_article: bool,
) -> None:
    """Ask the labelled questions of FILE, and print how good the answers are.

    FILE has one JSON object a line: id, question, answerable, and gold spans or accepted answers.

    \b
    Example:
      quoth eval questions.jsonl --quote-chars 300 --without-article
    """
    settings = current_settings(quotes=quotes, quote_chars=quote_chars)

    from bot.asking import open_collection
    from retrieval.measuring.evaluation import ask_hidden, evaluate
    from retrieval.measuring.labelled import read_labelled
    from retrieval.measuring.report_lines import report_lines

    asked = open_collection(DataDirectory(settings.data), collection, announce=announce)
    questions = read_labelled(file, asked.index)
    most, chars = settings.quotes, settings.quote_chars
    with progress_bar("Asking") as progress:
        report = evaluate(
            asked.index, questions, max_quotes=most, quote_chars=chars, progress=progress
        )
    if without_article:
        with progress_bar("Asking without the answers") as progress:
            hidden = ask_hidden(
                asked.index, questions, max_quotes=most, quote_chars=chars, progress=progress
            )
        report = replace(report, hidden=hidden)
    for line in report_lines(report):
        click.echo(line)
