"""Text with holes: `{slot}`, `{slot|filter}`, `**bold**`, `_italic_`. Parsed once at load; no general templates."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from bot.value import value

Filter = Literal["", "sentence", "question", "phrase", "said", "quote"]
FILTERS = ("sentence", "question", "phrase", "said", "quote")

_TOKEN = re.compile(
    r"(?P<open>\{\{)|(?P<close>\}\})"
    r"|\{(?P<slot>[a-z][a-z0-9_]*)(?:\|(?P<filter>[a-z_]+))?\}"
    r"|(?P<bold>\*\*)"
    r"|(?P<italic>(?<![A-Za-z0-9_])_(?=\S)|(?<=\S)_(?![A-Za-z0-9_]))"
    r"|(?P<stray>[{}])"
)


Style = Literal["", "bold", "italic", "quote"]


@value(frozen=True, slots=True)
class Span:
    """A run of words in one style. Its text is plain: whoever renders it escapes it."""

    text: str
    style: Style = ""


Words = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Hole:
    """Where a slot's value stands."""

    slot: str
    filter: Filter = ""
    style: Literal["", "bold", "italic"] = ""


@dataclass(frozen=True, slots=True)
class Template:
    """Words and holes in order.

    `fixed` are its words if it has no holes, else None; `plain` is the text as one string, with holes as `{slot}`.
    Both are worked out once, since a turn says mostly what never changes. `source` is the text as it was written.
    """

    parts: tuple[Span | Hole, ...]
    source: str = field(default="", compare=False, repr=False)
    fixed: Words | None = field(init=False, compare=False, repr=False)
    plain: str = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        spans = tuple(part for part in self.parts if isinstance(part, Span))
        object.__setattr__(self, "fixed", spans if len(spans) == len(self.parts) else None)
        shown = (part.text if isinstance(part, Span) else "{" + part.slot + "}" for part in self.parts)
        object.__setattr__(self, "plain", "".join(shown))

    @property
    def holes(self) -> tuple[Hole, ...]:
        """The holes in order."""
        return tuple(part for part in self.parts if isinstance(part, Hole))


class TemplateError(ValueError):
    """A text that can't be read; `str()` says what is wrong, `offset` where (characters from its start)."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


def parse_template(text: str) -> Template:
    """The template written in `text`; raises TemplateError."""
    reader = _Reader(text)
    end = 0
    for match in _TOKEN.finditer(text):
        reader.words(text[end : match.start()])
        reader.token(match)
        end = match.end()
    reader.words(text[end:])
    return reader.finished()


class _Reader:
    """Collects parts and keeps track of the style that is on."""

    def __init__(self, text: str) -> None:
        self._whole = text
        self._parts: list[Span | Hole] = []
        self._style: Literal["", "bold", "italic"] = ""
        self._since = 0

    def words(self, text: str) -> None:
        if not text:
            return
        last = self._parts[-1] if self._parts else None
        if isinstance(last, Span) and last.style == self._style:
            self._parts[-1] = Span(last.text + text, self._style)
        else:
            self._parts.append(Span(text, self._style))

    def token(self, match: re.Match[str]) -> None:
        match match.lastgroup:
            case "open":
                self.words("{")
            case "close":
                self.words("}")
            case "bold":
                self._toggle("bold", match)
            case "italic":
                self._toggle("italic", match)
            case "stray":
                raise TemplateError(
                    f'a lone "{match[0]}"; write {match[0] * 2} to show one, or {{slot}} for a value', match.start()
                )
            case _:
                self._hole(match)

    def _hole(self, match: re.Match[str]) -> None:
        name = match["filter"] or ""
        if name and name not in FILTERS:
            raise TemplateError(f'unknown "|{name}"; there are |{", |".join(FILTERS)}', match.start())
        self._parts.append(Hole(match["slot"], name, self._style))  # type: ignore[arg-type]  # checked above

    def _toggle(self, style: Literal["bold", "italic"], match: re.Match[str]) -> None:
        if self._style == style:
            self._style = ""
        elif self._style or (style == "italic" and "_" not in self._whole[match.end() :]):
            self.words(match[0])
        else:
            self._style, self._since = style, match.start()

    def finished(self) -> Template:
        if self._style:
            mark = "**" if self._style == "bold" else "_"
            raise TemplateError(f'"{mark}" is opened and never closed', self._since)
        return Template(tuple(self._parts), self._whole)
