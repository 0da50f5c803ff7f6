"""A catalogue brought up to date with its book: by line id alone, so that no line gets another one's words.

What stands in a file depends on the book and on the file before, never on the time or the machine.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from babel.messages.catalog import Message
from babel.messages.pofile import normalize, write_po
from babel.plural import PluralRule, to_gettext

from bot.workshop.po_file import PoFile, categories, comments, in_forms, language, previous, told

_WIDTH = 100
_HEADER = re.compile(r"([A-Za-z-]+): ?(.*)")
_EXPRESSION: Callable[[PluralRule], str] = to_gettext
_FORMATS = ("python-format", "python-brace-format")
"""What the library takes our placeholders for; tools would then check them by rules that are not ours."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a translator is told about a line: its text (of a plural, two forms), where it stands, and remarks."""

    line: str
    source: tuple[str, ...]
    file: str
    row: int
    remarks: tuple[str, ...] = ()


def template(lines: Iterable[Told]) -> bytes:
    """The lines without any words: what a new catalogue begins with, a .pot file."""
    file = PoFile(2)
    for line in lines:
        _add(file, line, ("",) * len(line.source))
    return _written(file, _header({}, ""))


def updated(old: PoFile, lines: Iterable[Told], locale: str) -> bytes:
    """The catalogue with exactly these lines.

    Words for a text that is no longer the same stay, marked "fuzzy", with the text that they were made for as a
    comment; words for a line that is gone stay at the end, as obsolete.
    """
    forms = categories(locale)
    before = {str(message.context): message for message in [*old.obsolete.values(), *old] if message.context}
    file = PoFile(len(forms))
    for line in lines:
        _carry(file, line, before.pop(line.line, None), forms)
    for message in before.values():
        if any(told(message.string)):
            file.obsolete[message.context] = _shorn(message, forms)
    return _written(file, _header(_given(old), locale), old.header.user_comments if old.header else ())


def _carry(file: PoFile, line: Told, had: Message | None, forms: tuple[str, ...]) -> None:
    blank = ("",) * (len(forms) if len(line.source) > 1 else 1)
    if had is None or not any(told(had.string)):
        _add(file, line, blank, comments(had) if had else ())
        return
    # As many texts as the line has now; a text that became a plural is its first form.
    texts = (*in_forms(had, ()), *blank)[: len(blank)]
    source = told(had.id)
    if source == line.source:
        message = _add(file, line, texts, comments(had))
        message.previous_id = list(previous(had)) if had.fuzzy else []
        message.flags |= had.flags & {"fuzzy"}
    else:
        message = _add(file, line, texts, comments(had))
        message.previous_id = list(previous(had) if had.fuzzy and previous(had) else source)
        message.flags.add("fuzzy")


def _add(file: PoFile, line: Told, texts: tuple[str, ...], said: Iterable[str] = ()) -> Message:
    several = len(line.source) > 1
    message = file.add(
        line.source if several else line.source[0],
        texts if several else texts[0],
        locations=[(line.file, line.row)],
        auto_comments=line.remarks,
        user_comments=list(said),
        context=line.line,
    )
    message.flags.difference_update(_FORMATS)
    return message


def _shorn(message: Message, forms: tuple[str, ...]) -> Message:
    source: Any = message.id
    several = isinstance(source, tuple | list)
    texts: Any = in_forms(message, forms)[: len(forms)] if several else message.string
    return Message(source, texts, user_comments=comments(message), context=message.context)


def _given(old: PoFile) -> dict[str, str]:
    rows = str(old.header.string).splitlines() if old.header else []
    found = (_HEADER.fullmatch(row) for row in rows)
    return {match[1]: match[2] for match in found if match}


def _header(given: dict[str, str], locale: str) -> dict[str, str]:
    known = language(locale) if locale else None
    rule = _EXPRESSION(known.plural_form) if known else "nplurals=2; plural=(n != 1);"
    ours = {
        "Language": locale,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": rule,
    }
    return {**{key: value for key, value in given.items() if key not in ours}, **ours}


def _written(file: PoFile, header: dict[str, str], remarks: Iterable[str] = ()) -> bytes:
    body = BytesIO()
    write_po(body, file, width=_WIDTH, omit_header=True)
    head = [f"# {remark}".rstrip() for remark in remarks]
    head += ['msgid ""', 'msgstr ""', *(f'"{key}: {value}\\n"' for key, value in header.items()), "", ""]
    return "\n".join(head).encode() + _with_previous(body.getvalue().decode(), file).rstrip().encode() + b"\n"


def _with_previous(text: str, file: PoFile) -> str:
    """The library would break the lines of a previous text in the middle of its strings."""
    for message in file:
        if message.previous_id:
            context = f"\nmsgctxt {normalize(message.context or '', width=_WIDTH)}\n"
            text = text.replace(context, "\n" + "".join(_previous(message)) + context[1:], 1)
    return text


def _previous(message: Message) -> Iterator[str]:
    for keyword, text in zip(("msgid", "msgid_plural"), message.previous_id, strict=False):
        yield f"#| {keyword} " + normalize(text, width=_WIDTH).replace("\n", "\n#| ") + "\n"
