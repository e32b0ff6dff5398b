"""Sentences with gaps, and sentences with their gaps filled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import zip_longest

from bot.catalogue.parameters import Count, Parameter

GAP = "{}"


@dataclass(frozen=True, slots=True)
class Template:
    """The words of a sentence, with ``{}`` for each parameter in order.

    Parameters
    ----------
    words : str
        For any count but one.
    takes : tuple of type
        The parameters' types.
    for_one : str
        The words when the first parameter is a count of one; empty where they do not differ.
    """

    words: str
    takes: tuple[type[Parameter], ...] = ()
    for_one: str = ""


class Sentence(Enum):
    """What Quoth says in its own words; the lists of the topics are its kinds."""

    @property
    def template(self) -> Template:
        """Return the sentence's words and the types of its parameters."""
        template: Template = self.value
        return template


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of the catalogue with its parameters.

    Raises
    ------
    ValueError
        If the parameters are not of the sentence's types, one for one.
    """

    sentence: Sentence
    parameters: tuple[Parameter, ...] = ()

    def __post_init__(self) -> None:
        given = tuple(type(parameter) for parameter in self.parameters)
        if given != self.sentence.template.takes:
            wanted = ", ".join(kind.__name__ for kind in self.sentence.template.takes)
            raise ValueError(f"{self.sentence.name} takes ({wanted}), not {self.parameters!r}")

    @property
    def text(self) -> str:
        """Return the sentence in words."""
        return "".join(str(part) for part in self.parts())

    def parts(self) -> Iterator[str | Parameter]:
        """Yield our words and the parameters in turn, for screens that show some in their own way.

        Words may be empty.
        """
        template = self.sentence.template
        one = bool(template.for_one) and self.parameters[0] == Count(1)
        words = (template.for_one if one else template.words).split(GAP)
        for said, parameter in zip_longest(words, self.parameters):
            yield said
            if parameter is not None:
                yield parameter
