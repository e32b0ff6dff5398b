"""The part of JSON Schema that Discord's API description uses for what a bot sends."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

Schema = dict[str, Any]
Check = Callable[[Any, Any], bool]

TYPES: dict[str, Callable[[Any], bool]] = {
    "string": lambda value: isinstance(value, str),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
    "null": lambda value: value is None,
}
# Each rule binds values of one type only, as JSON Schema has it.
RULES: dict[str, tuple[str, Check]] = {
    "minLength": ("string", lambda value, bound: len(value) >= bound),
    "maxLength": ("string", lambda value, bound: len(value) <= bound),
    "pattern": ("string", lambda value, bound: re.search(bound, value) is not None),
    "minimum": ("number", lambda value, bound: value >= bound),
    "maximum": ("number", lambda value, bound: value <= bound),
    "minItems": ("array", lambda value, bound: len(value) >= bound),
    "maxItems": ("array", lambda value, bound: len(value) <= bound),
    "uniqueItems": ("array", lambda value, bound: not bound or is_unique(value)),
    "minProperties": ("object", lambda value, bound: len(value) >= bound),
    "maxProperties": ("object", lambda value, bound: len(value) <= bound),
}
KNOWN = {
    *RULES,
    *("type", "enum", "const", "properties", "required", "items", "additionalProperties"),
    *("oneOf", "anyOf", "allOf", "$ref"),
    *("title", "description", "format", "contentEncoding", "x-discord-union"),  # say nothing
}


def is_unique(values: list[Any]) -> bool:
    """Whether no two values are equal."""
    return all(value not in values[:index] for index, value in enumerate(values))


class Validator:
    """Tells how a value departs from a schema of one API description."""

    def __init__(self, schemas: dict[str, Schema]) -> None:
        self._schemas = schemas

    def find_errors(self, schema: Schema, value: Any, path: str = "$") -> Iterator[str]:
        """Yield a sentence for each departure; none means that the value is as described."""
        unknown = schema.keys() - KNOWN
        if unknown:
            raise NotImplementedError(f"{path}: schema words {sorted(unknown)}")
        if "$ref" in schema:
            yield from self._follow(schema["$ref"], value, path)
        yield from self._check_value(schema, value, path)
        yield from self._check_variants(schema, value, path)
        if isinstance(value, dict):
            yield from self._check_object(schema, value, path)
        if isinstance(value, list) and "items" in schema:
            for index, item in enumerate(value):
                yield from self.find_errors(schema["items"], item, f"{path}[{index}]")

    def _follow(self, reference: str, value: Any, path: str) -> Iterator[str]:
        name = reference.rpartition("/")[2]
        if name == "SnowflakeType" and TYPES["integer"](value):
            return  # Discord documents that it takes ids as numbers too, and discord.py sends them
        yield from self.find_errors(self._schemas[name], value, path)

    def _check_value(self, schema: Schema, value: Any, path: str) -> Iterator[str]:
        types = schema.get("type", [])
        types = [types] if isinstance(types, str) else types
        if types and not any(TYPES[each](value) for each in types):
            yield f"{path}: {value!r:.80} is not of type {' or '.join(types)}"
            return
        if "enum" in schema and value not in schema["enum"]:
            yield f"{path}: {value!r:.80} is not one of {schema['enum']}"
        if "const" in schema and value != schema["const"]:
            yield f"{path}: {value!r:.80} is not {schema['const']!r}"
        for rule, (kind, holds) in RULES.items():
            if rule in schema and TYPES[kind](value) and not holds(value, schema[rule]):
                yield f"{path}: {value!r:.80} breaks {rule} {schema[rule]}"

    def _check_variants(self, schema: Schema, value: Any, path: str) -> Iterator[str]:
        for part in schema.get("allOf", []):
            yield from self.find_errors(part, value, path)
        for word in ("oneOf", "anyOf"):
            if word not in schema:
                continue
            variants = [each for each in schema[word] if not self._is_other_kind(each, value)]
            found = [list(self.find_errors(each, value, path)) for each in variants]
            fitting = sum(not errors for errors in found)
            if not variants:
                yield f"{path}.type: {value['type']!r} may not stand here"
            elif fitting == 0:
                yield from max(found, key=rank_complaint)
            elif fitting > 1 and word == "oneOf":
                yield f"{path}: fits {fitting} of the variants that exclude each other"

    def _is_other_kind(self, variant: Schema, value: Any) -> bool:
        """Whether the value's ``type`` says that it is not meant for this variant."""
        if not isinstance(value, dict) or "type" not in value:
            return False
        if "$ref" in variant:
            variant = self._schemas[variant["$ref"].rpartition("/")[2]]
        kinds = variant.get("properties", {}).get("type", {}).get("enum")
        return variant.get("type") == "null" or (kinds is not None and value["type"] not in kinds)

    def _check_object(self, schema: Schema, value: dict[str, Any], path: str) -> Iterator[str]:
        properties = schema.get("properties", {})
        for name in schema.get("required", []):
            if name not in value:
                yield f"{path}.{name}: is required"
        for name, item in value.items():
            rest = schema.get("additionalProperties", True)
            if name in properties:
                yield from self.find_errors(properties[name], item, f"{path}.{name}")
            elif rest is False:
                yield f"{path}.{name}: is not described"
            elif isinstance(rest, dict):
                yield from self.find_errors(rest, item, f"{path}.{name}")


def rank_complaint(errors: list[str]) -> tuple[int, bool]:
    """Rank the complaints of variants: the one meant fails deepest, and not by its type."""
    path = errors[0].partition(": ")[0]
    return (path.count(".") + path.count("["), "is not of type" not in errors[0])
