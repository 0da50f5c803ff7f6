"""Templates → words: slots shown as people read them, and fitted into sentences."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping, Set as AbstractSet
from datetime import date
from typing import assert_never

from bot.conversation.countries import country_name
from bot.conversation.helpline_words import helpline_words
from bot.conversation.language import typed
from bot.conversation.localized import day_shown, english, plural_form, time_shown
from bot.conversation.person import Value
from bot.conversation.scene import Scene, rhythm
from bot.dialogue.slot import Slot
from bot.dialogue.template import Hole, Span, Template, Words
from bot.dialogue.tree import Book, Plural
from bot.followup.commitment import WEEKDAYS, Commitment
from bot.followup.schedule import is_time, next_due
from bot.followup.zones import place_of

_ENDS = (".", "!", "?", "…", ":", ";")


def words(template: Template, scene: Scene, extra: Mapping[str, str] | None = None) -> Words:
    """The template with its holes filled; `extra` are values of this one line."""
    if template.fixed is not None:
        return template.fixed
    found: list[Span] = []
    for part in template.parts:
        match part:
            case Span():
                found.append(part)
            case Hole():
                text = fitted(_shown(part.slot, scene, extra), part.filter, scene.book)
                if text:
                    found.append(Span(text, part.style))
            case _:
                assert_never(part)
    return tuple(found)


def line(book: Book, name: str, number: int = 0, extra: Mapping[str, str] | None = None) -> Words:
    """One of the program's own lines, outside of any talk: `number` chooses among alternatives."""
    bubble = book.lines[name]
    template = bubble.alternatives[number % len(bubble.alternatives)]
    if bubble.plural:
        template = counted_form(bubble.plural, (extra or {}).get(bubble.plural.slot), book)[0]
    if template.fixed is not None:
        return template.fixed
    return tuple(
        [
            part if isinstance(part, Span) else Span((extra or {}).get(part.slot, ""), part.style)
            for part in template.parts
        ]
    )


def counted_form(plural: Plural, value: object, book: Book) -> tuple[Template, str]:
    """The form that the value asks for, and its number as text: of several choices, how many; empty if it is none."""
    number = len(value) if isinstance(value, tuple) else value
    if isinstance(number, str) and number.isdecimal():
        number = int(number)
    if not isinstance(number, int):
        return plural.forms["other"], ""
    return plural.forms.get(plural_form(number, book.locale), plural.forms["other"]), str(number)


def plain(said: Words) -> str:
    """The words without style."""
    return said[0].text if len(said) == 1 else "".join([span.text for span in said])


def fitted(text: str, how: str, book: Book) -> str:
    """The text as a sentence of its own, as part of one, or in quotation marks."""
    match how:
        case "sentence":
            return _sentence(text)
        case "phrase":
            return _phrase(text, typed(book, "opening_words"))
        case "quote":
            return plain(line(book, "quoted", extra={"words": text.strip()})) if text.strip() else ""
        case _:
            return text


def _sentence(text: str) -> str:
    text = text.strip()
    if not text:
        return ""
    text = text[0].upper() + text[1:]
    closing = text.rstrip("\"'”’)»")
    return text if closing.endswith(_ENDS) or (not text[-1:].isalnum() and not closing[-1:].isalnum()) else text + "."


def _phrase(text: str, openers: AbstractSet[str]) -> str:
    """Without its full stop; and without its capital, if it opens with a word that has one only because it opens."""
    text = text.strip().rstrip(".;,: ")
    first, *_ = text.split(maxsplit=1) or [""]
    if first[:1].isupper() and first.casefold() in openers:
        return text[0].lower() + text[1:]
    return text


def _shown(name: str, scene: Scene, extra: Mapping[str, str] | None) -> str:
    if extra and name in extra:
        return extra[name]
    special = _special(name, scene)
    if special is not None:
        return special
    slot = scene.slot(name)
    value = scene.value(name)
    if value is None or value in ("", ()):
        return display(slot.default, slot, scene.book) if slot and slot.default else ""
    return display(value, slot, scene.book)


def _special(name: str, scene: Scene) -> str | None:  # noqa: C901, PLR0911  # one line a name
    match name:
        case "title":
            return plain(words(scene.dialogue.title, scene))
        case "step":
            return str(scene.node.step) if scene.node else ""
        case "steps":
            return str(scene.dialogue.steps)
        case "talk":
            return scene.waiting
        case "promise":
            return scene.promise.what if scene.promise else ""
        case "promises":
            return "\n".join(f"• {promise_line(one, scene)}" for one in scene.active_commitments)
        case "keepsakes":
            return "\n\n".join(f"{one.title}\n{one.text}" for one in scene.person.keepsakes)
        case "next_nudge":
            return _next_nudge(scene)
        case _ if name in scene.facts:
            return scene.facts[name]
        case _:
            return helpline_words(name, scene, lambda said, values: plain(line(scene.book, said, extra=values)))


def _next_nudge(scene: Scene) -> str:
    theirs = rhythm(scene.book, scene.person)
    off = scene.get("nudges") == "no"
    due = [] if off else [next_due(one, theirs, scene.now) for one in scene.active_commitments]
    coming = min((at for at in due if at is not None), default=None)
    if coming is None:
        return plain(line(scene.book, "nothing_planned"))
    local = theirs.local(coming)
    at = time_shown(f"{local:%H:%M}", scene.book.locale)
    return f"{plain(line(scene.book, WEEKDAYS[local.weekday()]))} {at}"


def promise_line(commitment: Commitment, scene: Scene) -> str:
    """A promise with its days and time on one line."""
    days = display(commitment.days, Slot("days"), scene.book)
    return f"{commitment.what} ({days}, {display(commitment.time, Slot('time'), scene.book)})"


def display(value: Value, slot: Slot | None, book: Book) -> str:  # noqa: C901, PLR0911  # one line a kind
    """A value as people read it."""
    kind = slot.kind if slot else "text"
    if isinstance(value, tuple):
        return _listed(value, kind, slot, book)
    if isinstance(value, str):
        match kind:
            case "one":
                return slot.labels.get(value, value) if slot else value
            case "yes_no":
                return plain(line(book, value)) if value in {"yes", "no"} else value
            case "date":
                return _day(value, book)
            case "time" if is_time(value):
                return time_shown(value, book.locale)
            case "zone":
                return place_of(value)
            case "country":
                return country_name(value, book) or plain(line(book, "somewhere_else"))
            case _:
                return value
    return str(value)


def _listed(values: tuple[str, ...], kind: str, slot: Slot | None, book: Book) -> str:
    if kind == "days":
        if len(values) == len(WEEKDAYS):
            return plain(line(book, "daily"))
        return joined([plain(line(book, day)) for day in values if day in WEEKDAYS], book)
    labels = slot.labels if slot else {}
    return joined([labels.get(value, value) for value in values], book)


def joined(parts: Iterable[str], book: Book) -> str:
    """Parts as one enumeration: "a, b and c"."""
    *early, last = list(parts) or [""]
    return f"{', '.join(early)} {plain(line(book, 'and'))} {last}" if early else last


def _day(value: str, book: Book) -> str:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return value
    written = "" if english(book.locale) else day_shown(day, book.locale)
    if written:
        return written
    return f"{plain(line(book, WEEKDAYS[day.weekday()]))}, {day.day} {calendar.month_name[day.month]}"
