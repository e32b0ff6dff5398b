"""Settings come from the environment, a file or their defaults, and never out of bounds."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from bot.settings import SETTINGS, SettingError, Settings, load_settings, settings_table
from corpus.reading import MAX_FILE_BYTES


def test_defaults_need_no_environment(home: Path) -> None:
    settings = load_settings({})

    assert settings.data.is_relative_to(home)
    assert (settings.quotes, settings.quote_chars, settings.min_confidence) == (3, 300, None)
    assert settings.max_file_bytes == MAX_FILE_BYTES


def test_every_setting_is_a_row_of_the_table() -> None:
    """A setting that is not in the table would be one that no operator can find."""
    assert [setting.name for setting in SETTINGS] == [field.name for field in fields(Settings)]
    assert all(f"`{setting.variable}`" in settings_table() for setting in SETTINGS)


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    file = tmp_path / "quoth.toml"
    file.write_text('data = "/from/file"\nquotes = 5\nmin_confidence = 0.25\n', "utf-8")

    settings = load_settings({"QUOTH_CONFIG": str(file), "QUOTH_QUOTES": "2"})

    assert settings.data == Path("/from/file")
    assert (settings.quotes, settings.min_confidence) == (2, 0.25)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("QUOTH_DATA", ""),
        ("QUOTH_QUOTES", "0"),
        ("QUOTH_QUOTES", "11"),
        ("QUOTH_QUOTES", "three"),
        ("QUOTH_QUOTE_CHARS", "49"),
        ("QUOTH_MAX_FILE_BYTES", "10MB"),
        ("QUOTH_MIN_CONFIDENCE", "nan"),
        ("QUOTH_MIN_CONFIDENCE", "1.5"),
    ],
)
def test_a_value_out_of_bounds_is_named_with_its_bounds(variable: str, value: str) -> None:
    with pytest.raises(SettingError, match=f"{variable} must be") as caught:
        load_settings({variable: value})

    assert repr(value) in str(caught.value)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("quots = 3\n", "known settings are data"),
        ("quotes = true\n", "quotes in"),
        ("quotes =\n", "is not TOML"),
        (None, "cannot read"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(
    tmp_path: Path, content: str | None, told: str
) -> None:
    file = tmp_path / "quoth.toml"
    if content is not None:
        file.write_text(content, "utf-8")

    with pytest.raises(SettingError, match=told) as caught:
        load_settings({"QUOTH_CONFIG": str(file)})

    assert "quoth.toml" in str(caught.value)
