"""The language as a JSON Schema (draft 2020-12), made from the shapes: editors complete and check while one types.

An editor gives YAML its own types, where the program keeps everything as text until it knows what is meant. So a number
may stand where text is wanted, and the other way round. What the schema refuses, the program refuses too; what spans
several keys or files, only the program sees.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema
from pydantic_core import core_schema
from typing_extensions import override

from bot.dialogue.schema_words import ABOUT, KEYS
from bot.dialogue.shape_file import BookShape, DialogueShape, LinesShape, SystemShape

_TRUE_OR_FALSE: Final = "^(?:[01]|[Oo](?:n|ff|N|FF)|[TtFf]|[Tt]rue|[Ff]alse|TRUE|FALSE|[YyNn]|[Yy]es|[Nn]o|YES|NO)$"
_WHOLE_NUMBER: Final = r"^\s*[+-]?\d+(?:_\d+)*(?:\.0+)?\s*$"


_FILES: Final = (DialogueShape, BookShape, LinesShape, SystemShape)
_DEFS: Final = "#/$defs/"


def schema() -> dict[str, Any]:
    """The schema of every kind of file; which kind a file is, its keys tell."""
    made = models_json_schema(
        [(shape, "validation") for shape in _FILES], schema_generator=_Generator, ref_template=f"{_DEFS}{{model}}"
    )[1]["$defs"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A file of a book",
        **_by_first_key(),
        "$defs": {name: _described(name, made[shape]) for shape, name in _named(made)},
    }


def written() -> str:
    """The schema as the text of a file."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def _by_first_key() -> dict[str, Any]:
    """Which shape holds, so that an editor names the fault and not four ways to have none."""
    found: dict[str, Any] = {"$ref": "#/$defs/Dialogue"}
    for key, name in (("person", "System"), ("commands", "System"), ("lines", "Lines"), ("book", "Book")):
        found = {"if": {"required": [key]}, "then": {"$ref": f"#/$defs/{name}"}, "else": found}
    return {"if": {"required": ["dialogue"]}, "then": {"$ref": "#/$defs/Dialogue"}, "else": found}


def _named(made: Mapping[str, object]) -> list[tuple[str, str]]:
    """The shapes that files are made of, with their names in the schema; the rest is what texts are parsed into."""
    return sorted((name, name.removesuffix("Shape")) for name in made if name.endswith(("Shape", "Fields")))


def _described(name: str, made: JsonSchemaValue) -> JsonSchemaValue:
    keys = {key: {**one, "description": KEYS[name][key]} for key, one in made["properties"].items()}
    plain = {key: one for key, one in made.items() if key != "title"}
    described: JsonSchemaValue = _renamed({**plain, "description": ABOUT[name], "properties": keys})
    return described


def _renamed(value: Any) -> Any:
    match value:
        case {"$ref": str(ref), **more}:
            return {"$ref": ref.removesuffix("Shape"), **more}
        case dict():
            return {key: _renamed(one) for key, one in value.items()}
        case list():
            return [_renamed(one) for one in value]
        case _:
            return value


class _Generator(GenerateJsonSchema):
    """Pydantic's, with YAML's own types and this language's rule that nothing is empty."""

    @override
    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    @override
    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    @override
    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        made = super().default_schema(schema)
        return made if made.get("default") else {key: one for key, one in made.items() if key != "default"}

    @override
    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        return {**super().str_schema(schema), "type": ["string", "number", "boolean"]}

    @override
    def int_schema(self, schema: core_schema.IntSchema) -> JsonSchemaValue:
        return {**super().int_schema(schema), "type": ["integer", "string"], "pattern": _WHOLE_NUMBER}

    @override
    def bool_schema(self, schema: core_schema.BoolSchema) -> JsonSchemaValue:
        return {"type": ["boolean", "string", "integer"], "pattern": _TRUE_OR_FALSE, "minimum": 0, "maximum": 1}

    @override
    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        made = super().dict_schema(schema)
        return {**made, "additionalProperties": False} if "patternProperties" in made else made
