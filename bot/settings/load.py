"""From what is given to settings: typed once, and either sound as a whole or refused with every fault."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from bot.errors import SettingsError
from bot.settings.given import Fault, Given, in_environment, in_file
from bot.settings.model import Key, Settings, on_loopback

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

DEFAULT_FILE = Path("config.yaml")

_LIKE_A_TOKEN = re.compile(r"\d{5,}:[\w-]{20,}")


def load(path: Path | None, environ: Mapping[str, str]) -> Settings:
    """The settings in the file at `path` (None: ./config.yaml, if there is one), and over them those in `environ`.

    Raises SettingsError with every fault, one a line: those of the file in its order, then those of variables.
    """
    if path is None and DEFAULT_FILE.exists():
        path = DEFAULT_FILE
    found = [*(in_file(path) if path else ()), *in_environment(environ)]
    given = {item.key: item for item in found if isinstance(item, Given)}
    settings, wrong = _typed(given)
    faults = [*(item for item in found if isinstance(item, Fault)), *wrong, *_clock_moved_for_real(given)]
    if faults:
        faults.sort(key=lambda fault: (fault.line == 0, fault.line, fault.place))
        raise SettingsError("\n".join(map(_line, faults)))
    return settings


def _line(fault: Fault) -> str:
    """One line whatever stands in a key, and no token even where one was put in the place of something else."""
    return _LIKE_A_TOKEN.sub("…", " ".join(f"{fault.place}: {fault.text}".split()))


def _typed(given: Mapping[Key, Given]) -> tuple[Settings, list[Fault]]:
    """The settings and no faults, or the defaults and at least one."""
    values: dict[str, dict[str, str]] = {}
    for (section, name), item in given.items():
        values.setdefault(section, {})[name] = item.value
    try:
        return Settings.model_validate(values), []
    except ValidationError as error:
        # A default that hangs on a faulty key is no fault of its own.
        wrong = [detail for detail in error.errors() if detail["type"] != "default_factory_not_called"]
    found = ((given[tuple(map(str, detail["loc"]))], detail) for detail in wrong)
    return Settings(), [Fault(item.place, _cause(detail), item.line) for item, detail in found]


def _cause(wrong: ErrorDetails) -> str:
    limits = wrong.get("ctx", {})
    value = json.dumps(str(wrong["input"]), ensure_ascii=False)
    match wrong["type"]:
        case "value_error":  # ours, and silent about values, since a token may be in them
            return str(limits["error"])
        case "literal_error":
            return f"{value} won't do; use {limits['expected'].replace(chr(39), '')}"
        case "greater_than_equal":
            return f"{value} is too little; use {limits['ge']} or more"
        case "int_parsing" | "int_from_float":
            return f"{value} won't do; use a whole number"
        case "bool_parsing":
            return f"{value} won't do; use on or off"
        case _:
            return f"{value} won't do; use a number"


def _clock_moved_for_real(given: Mapping[Key, Given]) -> Iterator[Fault]:
    """A test's clock must never reach real people; asked of the raw values, so that no other fault hides this one."""
    moved, server = given.get(("clock", "offset_file")), given.get(("telegram", "base_url"))
    if moved and not (server and on_loopback(server.value)):
        cure = "leave it out, or point telegram.base_url at a test server here, such as http://127.0.0.1:8081"
        yield Fault(moved.place, f"moves the clock, which is for tests on this machine only; {cure}", moved.line)
