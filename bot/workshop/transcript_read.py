"""YAML → a transcript, or everything that is wrong with it, each with its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from zoneinfo import available_timezones

from bot.conversation.person import Keepsake
from bot.dialogue.finding import Place, suggestion
from bot.dialogue.source import Source, Value, read
from bot.followup.commitment import WEEKDAYS
from bot.workshop.deed_read import DEEDS, Fault, Unreadable, deed, text_of, texts_of
from bot.workshop.local_time import known_zone, moment
from bot.workshop.transcript import Exchange, Expected, Given, Opening, Promised, Transcript

DEFAULT_START = "2026-01-05 18:00"
"""A Monday evening, outside of anybody's quiet hours."""

HEADER = ("transcript", "book", "dialogue", "locale", "at", "zone", "person", "promises", "keepsakes", "talk")
_STEPS = (*DEEDS, "coach", "buttons")


def read_transcript(source: Source) -> tuple[Transcript | None, list[Fault]]:
    """The transcript in the source, or None with its faults. Never raises on any bytes."""
    root, findings = read(source)
    faults = [Fault(one.place, one.message) for one in findings]
    if root is None or not isinstance(root.data, dict):
        return None, faults or [Fault(Place(source.file), 'a transcript begins with "transcript: its title"')]
    reading = _Reading(faults)
    opening = reading.opening(root.data, root)
    talk = root.data.get("talk")
    exchanges = reading.exchanges(talk) if talk else ()
    if talk is None:
        reading.fault(root.place, '"talk" is missing here: the list of what is said and done')
    if opening is None or reading.faults:
        return None, reading.faults
    return Transcript(source.file, opening, exchanges), []


@dataclass
class _Reading:
    """Reads part by part and gathers what is wrong."""

    faults: list[Fault]

    def fault(self, place: Place, message: str) -> None:
        self.faults.append(Fault(place, message))

    def opening(self, data: Mapping[str, Value], root: Value) -> Opening | None:
        """The header; None if it has no title."""
        self._known(root, HEADER)
        if "transcript" not in data:
            self.fault(root.place, '"transcript" is missing here: a title for this talk')
            return None
        texts = {
            name: self._text(data[name]) if name in data else ""
            for name in ("transcript", "book", "dialogue", "locale", "zone", "at")
        }
        given = tuple(self._given(data["person"])) if "person" in data else ()
        zone = texts["zone"] or next((str(one.value) for one in given if one.slot == "zone"), "UTC")
        if not known_zone(zone):
            hint = suggestion(zone, available_timezones())
            self.fault(data.get("zone", root).place, f'"{zone}" is no time zone, such as Europe/London{hint}')
            zone = "UTC"
        at = moment(texts["at"] or DEFAULT_START, zone)
        if at is None:
            self.fault(data.get("at", root).place, f'"at" expects a day and a time, such as {DEFAULT_START}')
        return Opening(
            title=texts["transcript"],
            at=at or 0,
            place=root.keys["transcript"],
            zone=zone,
            book=texts["book"],
            dialogue=texts["dialogue"],
            locale=texts["locale"],
            given=given,
            promises=tuple(self._promises(data["promises"])) if "promises" in data else (),
            keepsakes=tuple(self._keepsakes(data["keepsakes"], at or 0)) if "keepsakes" in data else (),
        )

    def exchanges(self, talk: Value) -> tuple[Exchange, ...]:
        """What happens, each deed with what is said to it."""
        if not isinstance(talk.data, list):
            self.fault(talk.place, '"talk" expects a list, each line beginning with "- "')
            return ()
        found: list[Exchange] = []
        for item in talk.data:
            try:
                self._step(item, found)
            except Unreadable as error:
                self.faults.append(error.fault)
        return tuple(found)

    def _step(self, item: Value, found: list[Exchange]) -> None:
        if not isinstance(item.data, dict) or len(item.data) != 1:
            raise Unreadable(item.place, f"expects one key with its value: {', '.join(_STEPS)}")
        ((name, value),) = item.data.items()
        place = item.keys[name]
        if name not in _STEPS:
            raise Unreadable(place, f'unknown key "{name}"{suggestion(name, _STEPS)}')
        if name in DEEDS:
            found.append(Exchange(place, deed(name, value)))
            return
        if not found:
            raise Unreadable(place, "a talk begins with what the person does; for example: you: /start")
        last = found[-1]
        if name == "coach":
            said = Expected(place, text_of(value))
            found[-1] = replace(last, expected=(*last.expected, said))
            return
        if not last.expected:
            raise Unreadable(place, '"buttons" stands under the "coach" line that it belongs to')
        under = replace(last.expected[-1], buttons=texts_of(value))
        found[-1] = replace(last, expected=(*last.expected[:-1], under))

    def _text(self, value: Value) -> str:
        try:
            return text_of(value)
        except Unreadable as error:
            self.faults.append(error.fault)
            return ""

    def _known(self, holder: Value, known: Iterable[str]) -> None:
        for key, place in holder.keys.items():
            if key not in known:
                self.fault(place, f'unknown key "{key}"{suggestion(key, known)}')

    def _given(self, person: Value) -> Iterable[Given]:
        if not isinstance(person.data, dict):
            self.fault(person.place, '"person" expects slots with what they hold (them: Alex)')
            return
        for name, value in person.data.items():
            try:
                held = texts_of(value) if isinstance(value.data, list) else text_of(value)
            except Unreadable as error:
                self.faults.append(error.fault)
            else:
                yield Given(name, held, person.keys[name])

    def _records(self, value: Value, needed: tuple[str, ...], also: tuple[str, ...]) -> Iterable[dict[str, Value]]:
        for item in value.data if isinstance(value.data, list) else [value]:
            if not isinstance(item.data, dict):
                self.fault(item.place, f"expects a list of keys with values: {', '.join(needed)}")
                continue
            self._known(item, (*needed, *also))
            missing = [name for name in needed if name not in item.data]
            if missing:
                self.fault(item.place, f'"{missing[0]}" is missing here')
            else:
                yield item.data

    def _promises(self, value: Value) -> Iterable[Promised]:
        for data in self._records(value, ("what", "days", "time"), ("check",)):
            try:
                days = texts_of(data["days"])
            except Unreadable as error:
                self.faults.append(error.fault)
                continue
            wrong = [day for day in days if day not in WEEKDAYS]
            if wrong:
                self.fault(data["days"].place, f'"{wrong[0]}" is no day; use {", ".join(WEEKDAYS)}')
            check = self._text(data["check"]) if "check" in data else "check_in"
            yield Promised(self._text(data["what"]), days, self._text(data["time"]), check)

    def _keepsakes(self, value: Value, at: int) -> Iterable[Keepsake]:
        for number, data in enumerate(self._records(value, ("title", "text"), ("kind",)), 1):
            kind = self._text(data["kind"]) if "kind" in data else "keepsake"
            yield Keepsake(f"before.{number}", kind, self._text(data["title"]), self._text(data["text"]), at)
