"""The small validator tells good from bad by each word that the API description uses."""

from __future__ import annotations

from typing import Any

import pytest

from tests.discord_server.schema import Validator

SCHEMAS = [
    ({"type": "string", "minLength": 2, "maxLength": 3}, "ab", "a"),
    ({"type": "string", "pattern": "^a"}, "ab", "ba"),
    ({"type": ["integer", "null"], "minimum": 1, "maximum": 2}, None, 3),
    ({"type": "integer"}, 1, True),
    ({"type": "number"}, 1.5, "1.5"),
    ({"type": "array", "items": {"type": "string"}, "maxItems": 1}, ["a"], ["a", "b"]),
    ({"type": "array", "items": {"type": "string"}, "minItems": 1}, ["a"], []),
    ({"type": "array", "uniqueItems": True}, [1, 2], [1, 1]),
    ({"type": "object", "required": ["a"]}, {"a": 1}, {}),
    ({"type": "object", "properties": {"a": {"type": "string"}}}, {"a": "b"}, {"a": 1}),
    ({"type": "object", "additionalProperties": False}, {}, {"a": 1}),
    ({"type": "object", "additionalProperties": {"type": "string"}}, {"a": ""}, {"a": 1}),
    ({"type": "object", "maxProperties": 1}, {"a": 1}, {"a": 1, "b": 2}),
    ({"enum": [1, 2]}, 1, 3),
    ({"const": 1}, 1, 2),
    ({"oneOf": [{"type": "string"}, {"minimum": 3}]}, 3, 2),
    ({"oneOf": [{"minimum": 1}, {"minimum": 3}]}, 2, 3),
    ({"anyOf": [{"minimum": 1}, {"minimum": 3}]}, 3, 0),
    ({"allOf": [{"minimum": 1}, {"maximum": 3}]}, 2, 4),
    ({"$ref": "#/components/schemas/Word"}, "a", 1),
    ({"$ref": "#/components/schemas/SnowflakeType"}, 12, "x"),
]


@pytest.mark.parametrize(("schema", "good", "bad"), SCHEMAS, ids=str)
def test_each_word_of_the_schema_counts(schema: dict[str, Any], good: Any, bad: Any) -> None:
    words = {"Word": {"type": "string"}, "SnowflakeType": {"type": "string", "pattern": "^[0-9]+$"}}
    validator = Validator(words)

    assert list(validator.find_errors(schema, good)) == []
    assert list(validator.find_errors(schema, bad))


def test_an_unknown_word_is_not_passed_over() -> None:
    with pytest.raises(NotImplementedError):
        list(Validator({}).find_errors({"contains": {}}, []))
