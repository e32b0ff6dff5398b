"""Settings: where they come from, their defaults and their bounds.

Each stands in one row of `SETTINGS`, and is read from the environment (``QUOTH_…``, but for
``DISCORD_TOKEN``, which is called so everywhere), else from the TOML file that ``QUOTH_CONFIG``
names, else from its default. Options of the command line are read by the same rows. The README's
table is `settings_table`.
"""

# ruff: noqa: PLC0415 - slow modules wait until they are needed

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CONFIG_VARIABLE = "QUOTH_CONFIG"


class SettingError(ValueError):
    """A setting's value cannot be used; the message names it and its bounds."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator has decided.

    Parameters
    ----------
    data : pathlib.Path
        The data directory.
    max_file_bytes : int
        The largest file that is read.
    quotes : int
        The most quotes an answer shows.
    quote_chars : int
        How many characters a quote aims at.
    min_confidence : float or None
        Below it Quoth stays silent; None is the threshold it ships with.
    discord_token : str or None
        The bot's token; only the chat needs one.
    discord_api, discord_gateway : str
        Where Discord is.
    log : str
        Below this level nothing is logged.
    server_articles, server_bytes : int
        How much an administrator may add to a server's own collection from chat.
    """

    data: Path
    max_file_bytes: int
    quotes: int
    quote_chars: int
    min_confidence: float | None
    discord_token: str | None = field(repr=False)  # printing the settings must not show it
    discord_api: str
    discord_gateway: str
    log: str
    server_articles: int
    server_bytes: int


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table of settings.

    Parameters
    ----------
    name : str
        The key in the TOML file and the field of `Settings`.
    default : str
        As printed; the value itself comes from ``absent``.
    bounds : str
        What a value must be, as printed.
    meaning : str
        One line.
    parse : callable
        Text to value; raises ValueError if the text is out of bounds.
    absent : callable
        Gives the value where none is set.
    prefix : str
        What its environment variable starts with.
    """

    name: str
    default: str
    bounds: str
    meaning: str
    parse: Callable[[str], Any]
    absent: Callable[[], Any]
    prefix: str = "QUOTH_"

    @property
    def variable(self) -> str:
        """Return the name of its environment variable."""
        return f"{self.prefix}{self.name.upper()}"

    def read(self, text: str, *, named: str) -> Any:
        """Return the value of a text, or raise a SettingError that says where the text stood."""
        try:
            return self.parse(text)
        except ValueError as error:
            raise SettingError(f"{named} must be {self.bounds}, not {text!r}") from error


def load_settings(environment: Mapping[str, str]) -> Settings:
    """Return the settings of an environment and of the file it names.

    Raises
    ------
    SettingError
        If the file cannot be read, has an unknown key, or a value is out of bounds.
    """
    from_file = _read_file(environment.get(CONFIG_VARIABLE))
    values = {}
    for setting in SETTINGS:
        if setting.variable in environment:
            text = environment[setting.variable]
            values[setting.name] = setting.read(text, named=setting.variable)
        elif setting.name in from_file:
            named = f"{setting.name} in {environment[CONFIG_VARIABLE]}"
            values[setting.name] = setting.read(str(from_file[setting.name]), named=named)
        else:
            values[setting.name] = setting.absent()
    return Settings(**values)


def settings_table() -> str:
    """Return the Markdown table of all settings, as the README prints it."""
    rows = [
        f"| `{setting.variable}` | `{setting.name}` | {setting.default} | {setting.bounds} "
        f"| {setting.meaning} |"
        for setting in SETTINGS
    ]
    head = ["| variable | key | default | allowed | meaning |", "| --- | --- | --- | --- | --- |"]
    return "\n".join(head + rows)


def _read_file(name: str | None) -> dict[str, Any]:
    if name is None:
        return {}
    import tomllib  # only where a file is named

    try:
        values = tomllib.loads(Path(name).read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingError(f"{CONFIG_VARIABLE}: cannot read {name}: {error.strerror}") from error
    except ValueError as error:
        raise SettingError(f"{CONFIG_VARIABLE}: {name} is not TOML: {error}") from error
    known = [setting.name for setting in SETTINGS]
    for key in values:
        if key not in known:
            raise SettingError(f"{name} sets {key!r}; known settings are {', '.join(known)}")
    return values


def _parse_path(text: str) -> Path:
    if not text or "\0" in text:
        raise ValueError(text)
    return Path(text).expanduser()


def _whole_number(low: int, high: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        number = int(text)
        if not low <= number <= high:
            raise ValueError(text)
        return number

    return parse


def _parse_probability(text: str) -> float:
    number = float(text)
    if math.isnan(number) or not 0 <= number <= 1:
        raise ValueError(text)
    return number


def _parse_token(text: str) -> str | None:
    """Return a token as it stands; what is wrong with one is not said here, with its characters."""
    return text.strip() or None


def _one_of(*words: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text.lower() not in words:
            raise ValueError(text)
        return text.lower()

    return parse


def _address(*schemes: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        from urllib.parse import urlsplit  # only where an address is set

        parts = urlsplit(text)
        if parts.scheme not in schemes or not parts.hostname:
            raise ValueError(text)
        return text.rstrip("/")

    return parse


def _default_data_directory() -> Path:
    from platformdirs import user_data_path  # only where no data directory is named

    return user_data_path("quoth", appauthor=False)


SETTINGS = (
    Setting(
        "data",
        default="your user data folder, `quoth`",
        bounds="the path of a folder",
        meaning="where articles and indexes are kept",
        parse=_parse_path,
        absent=_default_data_directory,
    ),
    Setting(
        "max_file_bytes",
        default="10000000",
        bounds="a whole number from 1 to 1000000000",
        meaning="the largest file that `corpus add` reads",
        parse=_whole_number(1, 1_000_000_000),
        absent=lambda: 10_000_000,
    ),
    Setting(
        "quotes",
        default="3",
        bounds="a whole number from 1 to 10",
        meaning="the most quotes an answer shows",
        parse=_whole_number(1, 10),
        absent=lambda: 3,
    ),
    Setting(
        "quote_chars",
        default="300",
        bounds="a whole number from 50 to 700",
        meaning="how many characters a quote aims at; a sentence is never cut",
        parse=_whole_number(50, 700),
        absent=lambda: 300,
    ),
    Setting(
        "min_confidence",
        default="the threshold Quoth ships with",
        bounds="a number from 0 to 1",
        meaning="below this confidence Quoth stays silent; 0 turns silence off",
        parse=_parse_probability,
        absent=lambda: None,
    ),
    Setting(
        "discord_token",
        default="none",
        bounds="the token of a bot",
        meaning="what `quoth run` logs in with; keep it secret",
        parse=_parse_token,
        absent=lambda: None,
        prefix="",
    ),
    Setting(
        "discord_api",
        default="https://discord.com/api/v10",
        bounds="an http or https address",
        meaning="where Discord's API is; for tests and proxies",
        parse=_address("http", "https"),
        absent=lambda: "https://discord.com/api/v10",
    ),
    Setting(
        "discord_gateway",
        default="wss://gateway.discord.gg",
        bounds="a ws or wss address",
        meaning="where Discord's gateway is; for tests and proxies",
        parse=_address("ws", "wss"),
        absent=lambda: "wss://gateway.discord.gg",
    ),
    Setting(
        "log",
        default="info",
        bounds="debug, info, warning or error",
        meaning="what `quoth run` logs on standard error",
        parse=_one_of("debug", "info", "warning", "error"),
        absent=lambda: "info",
    ),
    Setting(
        "server_articles",
        default="1000",
        bounds="a whole number from 0 to 1000000",
        meaning="how many articles a server may add to its collection from chat",
        parse=_whole_number(0, 1_000_000),
        absent=lambda: 1000,
    ),
    Setting(
        "server_bytes",
        default="50000000",
        bounds="a whole number from 0 to 100000000000",
        meaning="how many bytes of text a server's collection may hold from chat",
        parse=_whole_number(0, 100_000_000_000),
        absent=lambda: 50_000_000,
    ),
)
SETTING = {setting.name: setting for setting in SETTINGS}
