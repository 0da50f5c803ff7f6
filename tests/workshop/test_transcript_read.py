"""What authors write is read as they mean it; what can't be read is told with its place and its cure."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from bot.dialogue.source import Source
from bot.workshop.local_time import moment, next_moment, span, written
from bot.workshop.transcript import (
    EditBook,
    Edits,
    Replaced,
    Restart,
    Sends,
    StaleTap,
    Tap,
    Until,
    Wait,
    You,
)
from bot.workshop.transcript_read import read_transcript
from tests.workshop.conftest import made

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000


def faults(text: str) -> list[str]:
    transcript, found = read_transcript(Source("a.yaml", text.encode()))
    assert (transcript is None) == bool(found)
    return [str(one) for one in found]


WHOLE = """\
transcript: All there is
book: ../walk
dialogue: walk
locale: en
at: 2026-07-06 20:00
zone: Europe/Berlin
person: {shoes: boots, days: [mon, tue]}
promises:
  - {what: I will call, days: [mon], time: "18:30"}
keepsakes:
  - {title: A plan, text: Go.}
talk:
  - you: /start
  - coach: Where to?
  - buttons: [The sea, The hill]
  - tap: The sea
  - tap: [The sea, Done]
  - stale tap: The hill
  - edits: elsewhere
  - edits: {message: here, text: there}
  - sends: photo
  - wait: 2d
  - until: thu 18:30
  - restart: true
  - edit book:
      walk.yaml:
        - {replace: a, with: b}
      note.yaml: ""
      other.yaml: {replace: c, with: ""}
"""


def test_everything_that_can_be_written_is_read() -> None:
    transcript = made(WHOLE)
    opening = transcript.opening
    assert (opening.title, opening.book, opening.dialogue) == ("All there is", "../walk", "walk")
    assert (opening.locale, opening.zone) == ("en", "Europe/Berlin")
    assert written(opening.at, "UTC") == "2026-07-06 18:00"
    assert [(one.slot, one.value) for one in opening.given] == [("shoes", "boots"), ("days", ("mon", "tue"))]
    assert [(one.what, one.days, one.time, one.check) for one in opening.promises] == [
        ("I will call", ("mon",), "18:30", "check_in")
    ]
    assert [(one.title, one.text) for one in opening.keepsakes] == [("A plan", "Go.")]
    assert [one.deed for one in transcript.exchanges] == [
        You("/start"),
        Tap(("The sea",)),
        Tap(("The sea", "Done")),
        StaleTap("The hill"),
        Edits("elsewhere"),
        Edits("there", "here"),
        Sends("photo"),
        Wait(2 * DAY, "2d"),
        Until("thu 18:30"),
        Restart(),
        EditBook(
            {"walk.yaml": (Replaced("a", "b"),), "note.yaml": "", "other.yaml": (Replaced("c", ""),)},
        ),
    ]
    (said,) = transcript.exchanges[0].expected
    assert (said.text, said.buttons, said.place.line) == ("Where to?", ("The sea", "The hill"), 14)


def test_a_person_whose_zone_is_known_has_that_clock() -> None:
    opening = made("transcript: A\nat: 2026-01-05 20:00\nperson: {zone: Asia/Tokyo}\ntalk: []\n").opening
    assert written(opening.at, "UTC") == "2026-01-05 11:00"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("- a", 'a.yaml:1:1: a transcript begins with "transcript: its title"'),
        ("talk: []", 'a.yaml:1:1: "transcript" is missing here: a title for this talk'),
        ("transcript: A", 'a.yaml:1:1: "talk" is missing here: the list of what is said and done'),
        ("transcript: A\ntalks: []\ntalk: []", 'a.yaml:2:1: unknown key "talks"; did you mean "talk"?'),
        ("transcript: A\ntalk: hello", 'a.yaml:2:7: "talk" expects a list, each line beginning with "- "'),
        ("transcript: A\nzone: Europe/Lundon\ntalk: []",
         'a.yaml:2:7: "Europe/Lundon" is no time zone, such as Europe/London; did you mean "Europe/London"?'),
        ("transcript: A\nat: soon\ntalk: []",
         'a.yaml:2:5: "at" expects a day and a time, such as 2026-01-05 18:00'),
        ("transcript: A\nperson: Alex\ntalk: []",
         'a.yaml:2:9: "person" expects slots with what they hold (them: Alex)'),
        ("transcript: A\nperson: {them: {a: b}}\ntalk: []",
         'a.yaml:2:16: expects text; put what holds ": " or begins with [ or { into quotes'),
        ("transcript: [A]\ntalk: []",
         'a.yaml:1:13: expects text; put what holds ": " or begins with [ or { into quotes'),
        ("transcript: A\npromises: [call]\ntalk: []",
         "a.yaml:2:12: expects a list of keys with values: what, days, time"),
        ("transcript: A\npromises: {what: a, days: mon}\ntalk: []", 'a.yaml:2:11: "time" is missing here'),
        ("transcript: A\npromises: {what: a, days: [may], time: '9'}\ntalk: []",
         'a.yaml:2:27: "may" is no day; use mon, tue, wed, thu, fri, sat, sun'),
        ("transcript: A\npromises: {what: a, days: {}, time: '9'}\ntalk: []",
         'a.yaml:2:27: expects text; put what holds ": " or begins with [ or { into quotes'),
        ("transcript: A\ntalk:\n  - hello",
         "a.yaml:3:5: expects one key with its value: you, tap, stale tap, edits, sends, wait, until, restart"),
        ("transcript: A\ntalk:\n  - yuo: hello", 'a.yaml:3:5: unknown key "yuo"; did you mean "you"?'),
        ("transcript: A\ntalk:\n  - coach: hello",
         "a.yaml:3:5: a talk begins with what the person does; for example: you: /start"),
        ("transcript: A\ntalk:\n  - you: a\n  - buttons: [b]",
         'a.yaml:4:5: "buttons" stands under the "coach" line that it belongs to'),
        ("transcript: A\ntalk:\n  - you:", "a.yaml:3:9: expects text, and there is none"),
        ("transcript: A\ntalk:\n  - wait: soon",
         'a.yaml:3:11: "soon" is no span of time; write it like 30m, 3h, 2d or 1w'),
        ("transcript: A\ntalk:\n  - until: 25:00",
         'a.yaml:3:12: "25:00" is no moment; write it like 18:30, thu 18:30 or 2026-01-08 18:30'),
        ("transcript: A\ntalk:\n  - sends: foto",
         'a.yaml:3:12: "foto" is nothing to send; use photo, voice, video, document, sticker, location, contact'),
        ("transcript: A\ntalk:\n  - restart: now", 'a.yaml:3:14: write "restart: true"'),
        ("transcript: A\ntalk:\n  - edits: {massage: a, text: b}",
         'a.yaml:3:13: "edits" expects {message: what was written, text: what it becomes}'),
        ("transcript: A\ntalk:\n  - edits: {message: a}",
         'a.yaml:3:12: "edits" expects {message: what was written, text: what it becomes}'),
        ("transcript: A\ntalk:\n  - edit book: walk.yaml",
         'a.yaml:3:16: "edit book" expects files with their changes (own_it.yaml: [...])'),
        ("transcript: A\ntalk:\n  - edit book: {a.yaml: [{replace: b}]}",
         "a.yaml:3:26: expects {replace: old text, with: new text}"),
        ("transcript: A\ntalk:\n  - edit book: {a.yaml: {replace: b, with: []}}", "a.yaml:3:44: expects text"),
        ("transcript: A\ntalk:\n  - you: 'a", "a.yaml:4:1: this is not YAML: "),
    ],
)  # fmt: skip
def test_each_fault_has_its_place_and_its_cure(text: str, fault: str) -> None:
    found = faults(f"{text}\n")
    assert len(found) == 1
    assert found[0].startswith(fault)


def test_all_faults_are_told_together() -> None:
    assert len(faults("transcript: A\nat: soon\nzone: Mars\ntalk:\n  - wait: a\n  - coach:\n  - yuo: b\n")) == 5


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_nothing_that_stands_in_a_file_raises(content: bytes) -> None:
    transcript, found = read_transcript(Source("a.yaml", content))
    assert (transcript is None) == bool(found)


@pytest.mark.parametrize(
    ("text", "milliseconds"),
    [("30m", 30 * MINUTE), ("2d", 2 * DAY), ("1 week", 7 * DAY), ("1d 6h", DAY + 6 * HOUR), ("2 hours", 2 * HOUR)],
)
def test_spans_of_time_are_read(text: str, milliseconds: int) -> None:
    assert span(text) == milliseconds


@pytest.mark.parametrize("text", ["", "d", "2", "2 moons", "2dd", "-1d", "1.5h"])
def test_what_is_no_span_is_none(text: str) -> None:
    assert span(text) is None


MONDAY = moment("2026-01-05 18:30", "Europe/London") or 0


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("18:31", "2026-01-05 18:31"),
        ("18:30", "2026-01-06 18:30"),
        ("Thursday 9:05", "2026-01-08 09:05"),
        ("mon 18:30", "2026-01-12 18:30"),
        ("2026-03-29 12:00", "2026-03-29 12:00"),
    ],
)
def test_the_next_such_moment_lies_ahead(text: str, at: str) -> None:
    found = next_moment(text, MONDAY, "Europe/London")
    assert found is not None
    assert written(found, "Europe/London") == at


@pytest.mark.parametrize("text", ["2026-01-05 18:30", "noon", "may 12:00", "24:00", ""])
def test_what_is_past_or_no_moment_is_none(text: str) -> None:
    assert next_moment(text, MONDAY, "Europe/London") is None
