"""What the file and the environment give, as text, each piece with the place where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import yaml

from bot.settings.model import KEYS, SECTIONS, Key

PREFIX = "REPAIR_TALK_"

_NULL = "tag:yaml.org,2002:null"
_SECTIONS: dict[str, Key] = {section: (section,) for (section,) in SECTIONS}
_ALONE: dict[str, Key] = {key[-1]: key for key in reversed(KEYS)}
_JOINED: dict[str, Key] = {"_".join(key): key for key in KEYS}


@dataclass(frozen=True, slots=True)
class Given:
    """A known key and its text, never empty; `place` is for people, `line` for sorting (0: a variable)."""

    key: Key
    value: str
    place: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at a place, and the cure; the text holds no value that may be a token."""

    place: str
    text: str
    line: int = 0


def in_file(path: Path) -> Iterator[Given | Fault]:
    """What a YAML file gives, in its order; a file that can't be read or understood is one fault."""
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except OSError as error:
        yield Fault(f"{path}", f"can't be read ({error.strerror}); mend that, or name another file with --config", 1)
    except UnicodeDecodeError:
        yield Fault(f"{path}", "is not UTF-8 text; save it as that", 1)
    except yaml.MarkedYAMLError as error:
        # A scanner's context is where the open quote or the key without a colon stands,
        # a parser's merely where the block began.
        mark = (isinstance(error, yaml.scanner.ScannerError) and error.context_mark) or error.problem_mark
        line = mark.line + 1 if mark else 1
        cure = 'write "key: value", with a space after the colon, and put quotes around a value with : or # in it'
        yield Fault(f"{path}:{line}", f"is not valid YAML ({error.problem}); {cure}", line)
    except (yaml.YAMLError, RecursionError):
        yield Fault(f"{path}", "is not a settings file; see config.example.yaml for one", 1)
    else:
        yield from _beneath((), root, path)


def _beneath(above: Key, node: yaml.Node | None, path: Path) -> Iterator[Given | Fault]:
    if node is None or node.tag == _NULL:
        return
    if not isinstance(node, yaml.MappingNode):
        line = node.start_mark.line + 1
        place = ": ".join([f"{path}:{line}", *above])
        yield Fault(place, 'wants lines of "key: value" beneath it, each with a space after the colon', line)
        return
    first: dict[Key, int] = {}
    for name, value in node.value:
        line = name.start_mark.line + 1
        key = (*above, name.value if isinstance(name, yaml.ScalarNode) else "?")
        place = f"{path}:{line}: {'.'.join(key)}"
        if key in first:
            yield Fault(place, f"stands on line {first[key]} already; keep one of them", line)
        elif key in SECTIONS:
            yield from _beneath(key, value, path)
        else:
            yield from _leaf(key, value, place, line)
        first.setdefault(key, line)


def _leaf(key: Key, node: yaml.Node, place: str, line: int) -> Iterator[Given | Fault]:
    if key not in KEYS:
        meant = _meant("_".join(key))
        yield Fault(place, _unknown(".".join(meant) if meant else None), line)
    elif not isinstance(node, yaml.ScalarNode):
        yield Fault(place, "wants one value, not a list and no keys beneath it", line)
    elif node.tag != _NULL and node.value.strip():
        yield Given(key, node.value.strip(), place, line)


def in_environment(environ: Mapping[str, str]) -> Iterator[Given | Fault]:
    """What the variables that begin with PREFIX give, by name; one that stands for no key is a fault."""
    variables = {_variable(key): key for key in KEYS}
    for name in sorted(name for name in environ if name.upper().startswith(PREFIX)):
        if name not in variables:
            meant = _meant(name[len(PREFIX) :])
            yield Fault(name, _unknown(_variable(meant) if meant else None))
        elif environ[name].strip():
            yield Given(variables[name], environ[name].strip(), name)


def _variable(key: Key) -> str:
    """The variable that stands for a key, or how those of a section begin."""
    return PREFIX + "__".join(key).upper() + ("__…" if key in SECTIONS else "")


def _unknown(meant: str | None) -> str:
    return "is no setting; " + (f"did you mean {meant}?" if meant else "config.example.yaml names all there are")


def _meant(wrong: str) -> Key | None:
    """The known key nearest to `section_name` (or just `name`), whatever joins the two; None if none is near."""
    flat = re.sub(r"\W+|_+", "_", wrong.lower())
    section, _, rest = flat.partition("_")
    pools: list[tuple[str, Mapping[str, Key], float]]
    if section in _SECTIONS and rest:
        pools = [(rest, {key[1]: key for key in KEYS if key[0] == section}, 0.6), (rest, _ALONE, 0.8)]
    else:
        pools = [(flat, _SECTIONS, 0.75), (flat, _JOINED, 0.8), (flat, _ALONE, 0.8)]
    return next((pool[name] for word, pool, near in pools for name in get_close_matches(word, pool, 1, near)), None)
