"""Templates → words: slots shown as people read them, and fitted into sentences."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from datetime import date
from typing import assert_never

from bot.conversation.countries import country_name
from bot.conversation.fitting import CLOSING, ENDS, phrase, sentence, unquoted
from bot.conversation.helpline_words import helpline_words
from bot.conversation.language import typed
from bot.conversation.localized import day_shown, english, plural_form, time_shown
from bot.conversation.notes import coming, coming_about
from bot.conversation.person import Value
from bot.conversation.scene import Scene, rhythm
from bot.dialogue.slot import Slot
from bot.dialogue.template import Hole, Span, Template, Words
from bot.dialogue.tree import Book, Plural
from bot.followup.commitment import WEEKDAYS, Commitment
from bot.followup.schedule import is_time
from bot.followup.zones import place_of

_WEEK = 7
"""Days within which a weekday says enough."""


def words(template: Template, scene: Scene, extra: Mapping[str, str] | None = None) -> Words:
    """The template with its holes filled; `extra` are values of this one line.

    A full stop behind words that bring an end of their own is left out.
    """
    if template.fixed is not None:
        return template.fixed
    found: list[Span] = []
    ended = False
    for part in template.parts:
        match part:
            case Span():
                stopped = ended and part.text[:2].rstrip() == "."
                found.append(Span(part.text[1:], part.style) if stopped else part)
                ended = False
            case Hole():
                text = fitted(_shown(part.slot, scene, extra), part.filter, scene.book)
                if text:
                    found.append(Span(text, part.style))
                ended = text.rstrip(CLOSING).endswith(ENDS)
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
            return sentence(text)
        case "question":
            return sentence(text, "?")
        case "phrase":
            return phrase(text, typed(book, "opening_words"))
        case "said":
            return _quoted(sentence(unquoted(text)), book)
        case "quote":
            return _quoted(text.strip(), book)
        case _:
            return text


def _quoted(text: str, book: Book) -> str:
    return plain(line(book, "quoted", extra={"words": text})) if text else ""


def _shown(name: str, scene: Scene, extra: Mapping[str, str] | None) -> str:
    if extra and name in extra:
        return extra[name]
    special = _special(name, scene)
    if special is not None:
        return special
    slot = scene.slot(name)
    if slot and slot.kind == "keepsake":
        keepsake = scene.keepsake(name)
        return f"{keepsake.title}\n{keepsake.text}" if keepsake else ""
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
            note = coming(scene.book, scene.person, scene.now)
            return _moment(note.due_at if note else None, scene)
        case "promise_days" | "promise_time" | "promise_until" | "next_for_promise" | "record":
            return _of_promise(name, scene.promise, scene) if scene.promise else ""
        case "times_kept" | "times_told":
            return str(scene.get(name) or 0)
        case _ if name in scene.facts:
            return scene.facts[name]
        case _:
            return helpline_words(name, scene, lambda said, values: plain(line(scene.book, said, extra=values)))


def _of_promise(name: str, promise: Commitment, scene: Scene) -> str:
    match name:
        case "promise_days":
            return display(promise.days, Slot("days"), scene.book)
        case "promise_time":
            return display(promise.time, Slot("time"), scene.book)
        case "promise_until":
            return display(promise.until, Slot("date"), scene.book) if promise.until else ""
        case "next_for_promise":
            return _moment(coming_about(scene.book, scene.person, promise, scene.now), scene)
        case _:
            counts = {"kept": str(promise.kept_times), "told": str(len(promise.record))}
            return plain(line(scene.book, "record", extra=counts)) if promise.record else ""


def _moment(due: int | None, scene: Scene) -> str:
    """The weekday and time of a note; further ahead than a week, its day."""
    if due is None:
        return plain(line(scene.book, "nothing_planned"))
    theirs = rhythm(scene.book, scene.person)
    local = theirs.local(due)
    at = time_shown(f"{local:%H:%M}", scene.book.locale)
    if (local.date() - theirs.local(scene.now).date()).days > _WEEK:
        return f"{_day(local.date().isoformat(), scene.book)} {at}"
    return f"{plain(line(scene.book, WEEKDAYS[local.weekday()]))} {at}"


def promise_line(commitment: Commitment, scene: Scene) -> str:
    """A promise with its days and time on one line, and how it stands if no note comes."""
    days = display(commitment.days, Slot("days"), scene.book)
    parts = [f"{days}, {display(commitment.time, Slot('time'), scene.book)}"]
    match commitment.standing(scene.now):
        case "paused" if commitment.paused_until:
            ends = rhythm(scene.book, scene.person).local(commitment.paused_until).date()
            day = _day(ends.isoformat(), scene.book)
            parts.append(plain(line(scene.book, "promise_paused", extra={"day": day})))
        case "paused" | "silent":
            parts.append(plain(line(scene.book, "promise_silent")))
        case _:
            pass
    return f"{commitment.what} ({'; '.join(parts)})"


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
            case "keepsake":
                return ""  # its words are the person's, not the slot's
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
