"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

import click

from bot.commands.context import keep_data
from bot.days import parse_day
from bot.settings import SETTING
from corpus.directory import check_collection_name

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


def day_option(flag: str, name: str, *, about: str) -> Callable[[Decorated], Decorated]:
    """Return an option that takes a day."""
    return click.option(flag, name, type=_checked(parse_day), metavar="DAY", help=about)


def setting_option(name: str, *, metavar: str, about: str) -> Callable[[Decorated], Decorated]:
    """Return the option that overrides a setting for one command, within the same bounds."""
    flag = f"--{name.replace('_', '-')}"
    read = partial(SETTING[name].read, named="it")
    return click.option(flag, name, type=_checked(read), metavar=metavar, help=about)


def _checked(read: Callable[[str], Any]) -> Callable[[str], Any]:
    """Make a function's ValueError one about the option whose text it reads."""

    def convert(text: str) -> Any:
        try:
            return read(text)
        except ValueError as error:
            raise click.BadParameter(f"{error}.") from error

    return convert


def _read_collection(name: str) -> str:
    check_collection_name(name)
    return name


data_option = click.option(
    "--data",
    metavar="DIR",
    expose_value=False,
    callback=keep_data,
    type=_checked(partial(SETTING["data"].read, named="it")),
    help="The data directory; otherwise QUOTH_DATA or your user data folder.",
)
collection_option = click.option(
    "--collection",
    type=_checked(_read_collection),
    metavar="C",
    help="The collection; otherwise main.",
)
