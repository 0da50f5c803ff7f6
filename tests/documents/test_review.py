"""The book as one document: every line and every way of it is there, in words that need no YAML."""

from __future__ import annotations

import re
import struct
import zlib
from collections import defaultdict
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from bot.coaching.check import Checks, TextCheck
from bot.coaching.signal import Category, Signal, Signals
from bot.dialogue.catalog import lines_of, translated
from bot.dialogue.edges import edges
from bot.dialogue.tree import Book
from bot.documents.review import Chapter, Review, Row
from bot.documents.review_build import review
from bot.documents.review_coaching import coaching_chapters
from bot.documents.review_html import html
from bot.documents.review_pdf import pdf
from bot.documents.review_sheet import Sheet
from bot.wiring.book import load_book, shipped

HEADS = """
book: small
title: Small
about: A small book.
entry: talk
commands:
  talk: {dialogue: talk, about: Begin the talk}
person:
  them: {type: text, default: somebody}
pair:
  close: {one: [near, far]}
"""
TALK = """
dialogue: talk
title: A talk
summary: One of everything.
nodes:
  who:
    say: Who is it?
    hint: "For example: Alex, or just A"
    ask: {text: them, max: 30}
    note: Only a first name.
    do: {with: them}
    go: how
  how:
    say:
      - {any: [How are you?, And you?]}
      - {say: It is late., if: local_hour >= 21 and not answered talk}
      - {count: promises, one: One promise., other: "{count} promises."}
      - "**Now**, {them}:"
    ask:
      one: how
      choices:
        good: Well
        bad: {label: Not so well, go: low}
        scared: {label: I am afraid, go: help, if: promises > 0}
    timeout: {after: 2 days, go: end}
    do: {set: {sign: your friend}}
    go:
      - {if: 'how in ["good", "bad"]', to: words}
      - {to: low}
  low:
    say: How low?
    ask: {scale: low, low: calm, high: boiling, skip: I can't say}
    go:
      - {if: low >= 9, to: help}
      - {to: words}
  words:
    say: What will you say?
    hint: "For example: I was late on Monday."
    ask: {text: words, skip: Nothing}
    keep:
      card:
        title: Your card
        text:
          - "To {them}."
          - {if: answered words, say: "{words|sentence}"}
          - {if: not answered words, say: I say nothing.}
          - "\\nI sign: {sign|said}"
    do:
      - set: {noted: "You said {words|quote}"}
      - nudge: {dialogue: talk, in: 1 day, at: "18:30"}
      - nudges: "off"
    go: end
  help:
    call: help_now
    go: end
  end:
    say: "{noted}"
    end: said
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    folder = tmp_path_factory.mktemp("small")
    (folder / "book.yaml").write_text(HEADS)
    (folder / "talk.yaml").write_text(TALK)
    return load_book(folder)


@cache
def whole(folder: Path) -> tuple[Book, Review]:
    book = load_book(folder)
    return book, review(book)


def rows(found: Review, anchor: str) -> list[Row]:
    step = next(step for chapter in found.chapters for step in chapter.steps if step.anchor == anchor)
    return list(step.rows)


def texts(found: Review, anchor: str, kind: str) -> list[str]:
    return [row.text for row in rows(found, anchor) if row.kind == kind]


def bare(text: str) -> str:
    """Without what only marks styles and places for values."""
    return re.sub(r"\|\w+\}|[^\w ]|_", "", text)


def chapter(found: Review, anchor: str) -> Chapter:
    return next(one for one in found.chapters if one.anchor == anchor)


@pytest.mark.parametrize("folder", [shipped(), Path("tests/books/every_kind")], ids=lambda one: one.name)
def test_every_line_of_a_book_is_there_under_its_name(folder: Path) -> None:
    book, found = whole(folder)
    shown: dict[str, str] = defaultdict(str)
    for one in found.chapters:
        shown[one.line] += bare(one.title)
        for row in one.every_row:
            shown[row.id] += bare(row.text)
    lines = lines_of(book)
    assert [name for name, line in lines.items() if not all(bare(text) in shown[name] for text in line.texts)] == []


@pytest.mark.parametrize("folder", [shipped(), Path("tests/books/every_kind")], ids=lambda one: one.name)
def test_every_way_from_step_to_step_is_a_link_that_leads_somewhere(folder: Path) -> None:
    book, found = whole(folder)
    led = {
        (step.anchor, run.to)
        for one in found.chapters
        for step in one.steps
        for row in step.rows
        for run in (*row.runs, *row.after)
        if run.to
    }
    written = {
        (
            f"{edge.dialogue}.{edge.node}",
            f"{edge.dialogue}.{edge.target}" if edge.target else edge.way.partition(":")[2],
        )
        for dialogue in book.dialogues.values()
        for edge in edges(dialogue)
        if edge.node and not edge.way.startswith("end:")
    }
    assert written - led == set()
    page = html(found, {})
    places = re.findall(r'id="([^"]+)"', page)
    assert len(places) == len(set(places))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(places)


def test_what_is_said_stands_with_its_condition_in_words(book: Book) -> None:
    found = rows(review(book), "talk.how")
    assert [(row.kind, row.text) for row in found[:8]] == [
        ("when", "One of these, by turns:"),
        ("turn", "How are you?"),
        ("turn", "And you?"),
        ("when", "Only if the hour of the person’s day is at least 21 and no talk waits:"),
        ("coach", "It is late."),
        ("when", "By the number of promises:"),
        ("coach", "one: One promise."),
        ("coach", "other: count promises."),
    ]
    assert [row.id for row in found[1:5]] == ["talk.how.say.0.any.0", "talk.how.say.0.any.1", "", "talk.how.say.1"]
    assert [(run.text, run.style) for run in found[8].runs] == [
        ("Now", "bold"),
        (", ", ""),
        ("them", "slot"),
        (":", ""),
    ]


def test_each_choice_says_where_it_leads_and_when_it_is_offered(book: Book) -> None:
    found = review(book)
    assert texts(found, "talk.how", "ask") == ["Answer: one of these. Kept as how."]
    choices = [row for row in rows(found, "talk.how") if row.kind == "choice"]
    assert [row.text for row in choices] == [
        "Well",
        "Not so well→ 1.3 low",
        "I am afraidonly offered if the number of promises is above 0 → 1.5 help",
    ]
    assert [row.safe for row in choices] == [False, False, True]
    assert texts(found, "talk.how", "way") == [
        "If how is one of “Well”, “Not so well” → 1.4 words",
        "Otherwise → 1.3 low",
        "If nobody answers within 2 days, it goes on at 1.6 end",
    ]


def test_what_else_a_question_wants_is_told(book: Book) -> None:
    found = review(book)
    assert texts(found, "talk.low", "ask") == ["Answer: a number from 0 to 10, on buttons. Kept as low."]
    assert texts(found, "talk.low", "line") == ["0 means: calm", "10 means: boiling"]
    assert texts(found, "talk.low", "choice") == ["I can't sayskips the question"]
    assert texts(found, "talk.who", "remark") == ["Remark: Only a first name."]


def test_a_keepsake_is_shown_in_parts_and_as_it_may_read(book: Book) -> None:
    found = review(book)
    assert texts(found, "talk.words", "kept") == ["To them.", "words", "I say nothing.", "\nI sign: sign"]
    shown = [row.runs for row in rows(found, "talk.words") if row.kind == "example"]
    assert ["".join(run.text for run in runs) for runs in shown] == [
        "To Alex. I was late on Monday.\nI sign: “Your friend.”",
        "To Alex. I say nothing.\nI sign: “Your friend.”",
    ]


def test_effects_are_told_in_words(book: Book) -> None:
    found = review(book)
    assert texts(found, "talk.words", "does") == [
        "Notes as noted: You said “words”",
        "Plans a note after 1 day, at 18:30: 1 A talk.",
        "Turns notes off.",
    ]
    assert texts(found, "talk.who", "does") == ["From here on the talk is about them."]


PICKED = """
dialogue: talk
title: A talk
nodes:
  which:
    say: Which one?
    ask: {pick: card, from: keepsakes}
    do:
      - {if: kept note and answered card, set: {noted: Much}}
      - rewrite: {keepsake: card, text: Again}
      - rewrite: {keepsake: card, text: Once more}
      - discard: card
    keep: {note: {text: [A note., {if: answered noted, say: "{noted}"}]}}
    end: over
"""


def test_effects_on_keepsakes_are_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "book.yaml").write_text("book: small\ntitle: Small\nentry: talk\n")
    (tmp_path / "talk.yaml").write_text(PICKED)
    found = review(load_book(tmp_path))
    assert texts(found, "talk.which", "does") == [
        "If note is kept and card is answered: notes as noted: Much",
        "Puts these words into the keepsake: Again",
        "Puts these words into the keepsake: Once more",
        "Deletes the keepsake.",
    ]
    lines = [row.id for row in rows(found, "talk.which") if row.kind == "does"]
    assert lines == ["talk.which.set.noted", "talk.which.rewrite", "talk.which.rewrite.1", ""]


PROMISED = """
dialogue: talk
title: A talk
nodes:
  which:
    say: Which one?
    ask: {pick: which, from: promises}
    do: [{about: which}, {let_go: which}, {finish: promise}, {renew: promise}]
    go: when
  when:
    say: When?
    ask: {days: days}
    do: [{pause_promise: {promise: which, for: 14 days}}, {change_promise: {promise: which, days: days}}]
    go: time
  time:
    say: When?
    ask: {time: time}
    go: until
  until:
    say: Until when?
    ask: {date: until}
    do:
      - change_promise: {promise: which, what: "Anew, {promise}", time: time, until: until}
      - commit: {what: A call, days: days, time: time, until: until, check: check_in}
    end: over
"""


def test_what_becomes_of_promises_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "book.yaml").write_text("book: small\ntitle: Small\nentry: talk\n")
    (tmp_path / "talk.yaml").write_text(PROMISED)
    found = review(load_book(tmp_path))
    assert texts(found, "talk.which", "does") == [
        "From here on the talk is about the promise in ‹which›.",
        "Lets the promise go.",
        "The promise is finished.",
        "The promise begins anew; a pause or silence ends.",
    ]
    assert texts(found, "talk.when", "does") == [
        "Leaves the promise alone for 2 weeks.",
        "Changes the promise; days: days.",
    ]
    assert texts(found, "talk.until", "does")[0] == "Changes the promise: Anew, promise; time: time; last day: until."
    assert ", until until; afterwards" in texts(found, "talk.until", "does")[1]
    assert [row.id for row in rows(found, "talk.until") if row.kind == "does"] == [
        "talk.until.change_promise",
        "talk.until.commit",
    ]


NOTED = """
dialogue: talk
title: A talk
nodes:
  how:
    say: How much?
    ask: {scale: level}
    do: [{note_trust: level}, {show: progress}]
    end: over
"""


def test_what_is_noted_and_shown_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "book.yaml").write_text("book: small\ntitle: Small\nentry: talk\n")
    (tmp_path / "talk.yaml").write_text(NOTED)
    assert texts(review(load_book(tmp_path)), "talk.how", "does") == [
        "Writes down how much trust there is today, from “level”.",
        "Shows a picture of the weeks: what was kept, and the trust.",
    ]


def test_a_chapter_says_how_people_come_and_how_it_ends(book: Book) -> None:
    found = chapter(review(book), "talk")
    assert [row.text for row in found.lead] == [
        "One of everything.",
        "How people come here: /start, /talk, 1 A talk.",
        "How it can end: said.",
    ]
    assert [run.text for run in found.steps[5].before] == ["1.2", "1.4", "1.5"]


def test_safety_exits_are_marked(book: Book) -> None:
    found = review(book)
    assert next(step.safe for step in chapter(found, "talk").steps if step.name == "help")
    assert not next(step.safe for step in chapter(found, "talk").steps if step.name == "low")
    assert [row.safe for row in rows(found, "talk.low") if row.kind == "way"] == [True, False]
    assert "safety exit</span>" in html(found, {})


def test_lines_that_are_not_translated_are_marked(book: Book) -> None:
    german = translated(book, {"talk.low.say.0": "Wie tief?"}, "de")
    found = review(german, book)
    assert "talk.low.say.0" not in found.untranslated
    assert "talk.words.say.0" in found.untranslated
    page = html(found, {})
    assert '<span class="words">Wie tief?</span><code>talk.low.say.0</code>' in page
    assert '<code class="old">talk.words.say.0</code>' in page
    assert '<html lang="de">' in page


def test_what_people_may_read_as_markup_is_only_text(book: Book) -> None:
    said = translated(book, {"talk.low.say.0": "<script>How low?</script> & so"})
    page = html(review(said), {})
    assert "&lt;script&gt;How low?&lt;/script&gt; &amp; so" in page
    assert "<script" not in page


def test_pictures_stand_in_the_page_with_links_and_without_doubled_names(book: Book) -> None:
    drawn = (
        '<?xml version="1.0"?>\n<svg width="300pt" height="90pt" viewBox="0 0 300 90"><g id="graph0">'
        '<g id="box-talk.low" class="node"><g id="a_box-talk.low"><a xlink:title="How low?"></a></g></g></g></svg>'
    )
    page = html(review(book), {"talk": drawn})
    assert '<a href="#talk.low" xlink:title="How low?">' in page
    assert "max-width: 300pt" in page
    assert "<?xml" not in page
    assert 'id="graph0"' not in page
    assert "No pictures." in html(review(book), {}, "No pictures.")


CHECK = TextCheck(
    "shrinks", frozenset({"own"}), ("only",), why="It makes it small.", tip="You could say it plainly.",
    fires=("It was only once.",), passes=("I did it once.",),
)  # fmt: skip
SIGNAL = Signal(
    "hit", Category.OWN_VIOLENCE, fires=("I hit him.",), asks=("I pushed him.",), passes=("I hit the road.",)
)


def test_text_checks_and_signals_stand_there_with_their_examples(book: Book) -> None:
    listening = replace(book, checks=Checks((CHECK,)), signals=Signals((SIGNAL,)))
    checks, signals, lines = coaching_chapters(listening)
    assert [row.text for row in checks.rows[1:]] == [
        "shrinks   listens to: own",
        "Why: It makes it small.",
        "You could say it plainly.",
        "Earns the tip:",
        "“It was only once.”",
        "Does not:",
        "“I did it once.”",
    ]
    assert [row.text for row in signals.rows[1:4]] == ["Own violence", "hit", "Caught at once:"]
    assert [row.text for row in signals.rows if row.kind == "sample"] == [
        "“I hit him.”", "“I pushed him.”", "“I hit the road.”",
    ]  # fmt: skip
    assert lines.title == "Help lines"


def test_help_lines_say_when_they_were_checked(book: Book) -> None:
    *_, lines = coaching_chapters(book)
    told = {row.text for row in lines.rows}
    assert "Emergency: 999 (emergency)fixed by law" in told
    assert any(re.search(r"checked on 20\d\d-\d\d-\d\d", text) for text in told)
    assert any(text.endswith("not checked yet") for text in told)


def png(across: int, down: int) -> bytes:
    """A grey picture."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", across, down, 8, 0, 0, 0, 0)
    dots = zlib.compress((b"\0" + b"\x80" * across) * down)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", dots) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("size", "pages"),
    [((90, 60), ["upright"]), ((1600, 400), ["upright", "on its side", "upright"]), ((300, 3000), ["upright"] * 2)],
    ids=["small", "wide", "tall"],
)
def test_pictures_of_any_shape_fit_on_pages_of_the_pdf(book: Book, size: tuple[int, int], pages: list[str]) -> None:
    with Sheet(review(book)) as sheet:
        sheet.add_page()
        sheet.ln(100)
        sheet.picture(png(*size))
        assert sheet.get_y() < sheet.h
        sizes = [page.dimensions() for page in sheet.pages.values()]
    assert ["upright" if across < down else "on its side" for across, down in sizes] == pages


def test_the_pdf_has_its_own_letters_and_a_page_for_the_contents(book: Book) -> None:
    made = pdf(review(book), {})
    assert made.startswith(b"%PDF-")
    assert re.search(rb"/BaseFont /[A-Z]+\+DejaVuSans", made)
    assert b"/FontFile2" in made
    assert b"/Outlines" in made


def test_signs_that_the_pdf_has_no_letters_for_are_told(book: Book) -> None:
    found = review(book)
    with Sheet(replace(found, parts=found.parts[:2])) as sheet:
        assert sheet.lacking() == ""
    odd = review(translated(book, {"talk.low.say.0": "日?"}))
    with Sheet(replace(odd, parts=odd.parts[:2])) as sheet:
        assert sheet.lacking().startswith("Signs that this font lacks are shown as □")
        assert sheet.known("Zoë 日") == "Zoë □"
