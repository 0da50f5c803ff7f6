"""A catalogue as translators' tools keep it: a gettext .po file, in which each line's id is the message's context."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from babel.core import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, PoFileParser, unescape
from typing_extensions import override

from bot.dialogue.finding import Finding, Place
from bot.dialogue.shape import PLURAL_FORMS
from bot.dialogue.source import Source
from bot.dialogue.translation import Entry, Translation

_BROKEN = (PoFileError, ValueError, LookupError, TypeError, AttributeError)
"""What the library raises on files that are none."""

_PREVIOUS: Final = "| "
"""How a comment begins that holds the text which stale words were made for."""


class PoFile(Catalog):
    """A catalogue in memory; its `header` is kept as it stands instead of being understood.

    The plural forms of a language are known from Unicode's data, so a message may have as many as there are.
    """

    def __init__(self, forms: int = len(PLURAL_FORMS)) -> None:
        super().__init__(fuzzy=False)
        self.header: Message | None = None
        self._forms = forms

    @property
    @override
    def num_plurals(self) -> int:
        return self._forms

    @override
    def __setitem__(self, id: Any, message: Message) -> None:
        if message.id:
            super().__setitem__(id, message)
        else:
            self.header = message


def parsed(source: Source) -> PoFile:
    """The file as messages; raises PoError."""
    try:
        lines = source.content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        line = source.content.count(b"\n", 0, error.start) + 1
        raise PoError(
            Finding(Place(source.file, line), "RT501", "this is not UTF-8; save the file as UTF-8")
        ) from error
    found = PoFile()
    try:
        PoFileParser(found, abort_invalid=True).parse(lines)
    except _BROKEN as error:
        place = Place(source.file, getattr(error, "lineno", 0) + 1)
        raise PoError(Finding(place, "RT501", f"this is no catalogue that can be read: {error}")) from error
    return found


class PoError(Exception):
    """The file is no catalogue; `finding` says where and why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


def read(source: Source, locale: str) -> tuple[Translation, list[Finding]]:
    """The file's entries, and what is wrong with the file as a whole. Never raises on any bytes."""
    try:
        file = parsed(source)
    except PoError as error:
        return Translation(locale, source.file, {}), [error.finding]
    several = any(isinstance(message.string, tuple) for message in file)
    forms = categories(locale) if several else ()
    found = {entry.line: entry for entry in _entries(file, source.file, forms)}
    gone = tuple(str(message.context) for message in file.obsolete.values())
    return Translation(locale, source.file, found, gone, forms), []


def _entries(file: PoFile, name: str, forms: tuple[str, ...]) -> Iterator[Entry]:
    for message in file:
        if message.id and message.context:
            source = told(message.id)
            texts = in_forms(message, forms) if len(source) > 1 else told(message.string)
            yield Entry(message.context, source, texts, Place(name, message.lineno or 1), message.fuzzy)


def told(text: object) -> tuple[str, ...]:
    """A message's text or forms, always as several."""
    return tuple(map(str, text)) if isinstance(text, tuple | list) else (str(text or ""),)


def in_forms(message: Message, forms: tuple[str, ...]) -> tuple[str, ...]:
    """The forms of a plural: as many as the language has, empty where there are none, or more where there are more."""
    texts = list(told(message.string))
    while texts and not texts[-1]:
        texts.pop()
    return (*texts, *[""] * (len(forms) - len(texts)))


def previous(message: Message) -> tuple[str, ...]:
    """The source that stale words were made for, as the file's comments hold it; empty if they hold none."""
    texts: list[str] = []
    for comment in message.user_comments:
        if comment.startswith(_PREVIOUS):
            keyword, _, text = comment.removeprefix(_PREVIOUS).partition('"')
            if keyword.startswith("msgid"):
                texts.append("")
            if texts and keyword.strip() != "msgctxt":
                texts[-1] += unescape(f'"{text}')
    return tuple(texts)


def comments(message: Message) -> list[str]:
    """What translators wrote beside the message."""
    return [comment for comment in message.user_comments if not comment.startswith(_PREVIOUS)]


def categories(locale: str) -> tuple[str, ...]:
    """The plural forms of a language, in the order in which a file has them; those of English for an unknown one."""
    known = language(locale)
    used = known.plural_form.tags | {"other"} if known else {"one", "other"}
    return tuple(form for form in PLURAL_FORMS if form in used)


def language(locale: str) -> Locale | None:
    """Unicode's data of a language, None if it has none."""
    try:
        return Locale.parse(locale.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return None
