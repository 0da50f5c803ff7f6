"""Help lines as people read them, and the country that they are for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from bot.conversation.countries import ELSEWHERE, country_name, named, offered
from bot.conversation.localized import date_shown
from bot.conversation.offer import PAGE
from bot.conversation.person import Person
from bot.conversation.scene import Scene
from bot.conversation.wording import plain, words
from bot.dialogue.catalog import translated
from bot.dialogue.helpline import Country, Directory, Helpline, Helplines
from bot.dialogue.template import parse_template
from bot.dialogue.tree import Book
from tests.conversation.chat import Chat, moment

DAY, LATER = date(2026, 11, 1), date(2026, 11, 9)
LINES = Helplines(
    {code: Country(name, typed) for code, name, typed in (
        ("US", "United States", ("usa",)), ("GB", "United Kingdom", ("uk",)), ("DE", "Germany", ("deutschland",)),
    )},
    (
        Helpline("us_emergency", "US", "Emergency", "emergency", "911"),
        Helpline("gb_emergency", "GB", "Emergency", "emergency", "999"),
        Helpline("gb_112", "GB", "Emergency", "emergency", "112"),
        Helpline("de_emergency", "DE", "Notruf", "emergency", "112"),
        Helpline("de_police", "DE", "Polizei", "emergency", "110"),
        Helpline("us_crisis", "US", "Listening", "crisis", "0001", "0001", hours="always", verified_on=DAY),
        Helpline("us_home", "US", "Home", "domestic_violence", "0002", "0003", "HI", "a.example", verified_on=LATER),
        Helpline("us_child", "US", "0004", "child", "0004", hours="day", verified_on=DAY),
        Helpline("gb_crisis", "GB", "Unchecked", "crisis", "0005"),
        Helpline("gb_home", "GB", "Women", "domestic_violence", web="w.example", women=True, verified_on=DAY),
        Helpline("gb_own", "GB", "Stop", "own_violence", "0006", hours="some", verified_on=DAY),
        Helpline("gb_night", "GB", "Night", "sexual_violence", "0007", hours="night", verified_on=DAY),
    ),
    (Directory("all.example"), Directory("more.example"), Directory("home.example", ("domestic_violence",))),
)  # fmt: skip


@pytest.fixture
def book(kinds_book: Book) -> Book:
    return replace(kinds_book, helplines=LINES)


def said(book: Book, text: str, now: str = "2026-11-20 12:00", **slots: str) -> list[str]:
    scene = Scene(book, book.dialogues["hub"], Person(1, slots), moment(now))
    return plain(words(parse_template(text), scene)).split("\n")


def test_lines_stand_in_rows_with_the_day_on_which_most_were_checked(book: Book) -> None:
    assert said(book, "{helplines}", country="US") == [
        "United States",
        "In danger now: 911",
        "In a crisis, day and night: Listening, 0001 or text 0001",
        "Hurt, controlled or afraid at home: Home, 0002 or text HI to 0003 or a.example (checked on 9 November 2026)",
        "For children and young people, by day: 0004",
        "Any other line, by call, text or chat: all.example or more.example",
        "All others were checked on 1 November 2026.",
    ]


def test_what_nobody_checked_and_what_is_not_for_everybody_has_a_directory_in_its_place(book: Book) -> None:
    assert said(book, "{helplines}", country="GB") == [
        "United Kingdom",
        "In danger now: 999, 112",
        "In a crisis: all.example or more.example",
        "For women hurt, controlled or afraid at home: Women, w.example",
        "Hurt, controlled or afraid at home: home.example",
        "After sexual violence, at night: Night, 0007",
        "Worried about your own behaviour, at certain hours: Stop, 0006",
        "For children and young people: all.example or more.example",
        "Any other line, by call, text or chat: all.example or more.example",
        "Checked on 1 November 2026.",
    ]


def test_numbers_that_were_checked_too_long_ago_are_not_shown(book: Book) -> None:
    fresh, old = (
        said(book, "{helplines_crisis}", now, country="US") for now in ("2027-04-30 12:00", "2027-05-01 12:00")
    )
    assert "In a crisis, day and night: Listening, 0001 or text 0001" in fresh
    assert old == [
        "United States",
        "In danger now: 911",
        "In a crisis: all.example or more.example",
        "Any other line, by call, text or chat: all.example or more.example",
    ]


def test_a_purpose_brings_its_own_lines_and_those_for_a_crisis(book: Book) -> None:
    shown = said(book, "{helplines_own_violence}", country="GB")
    assert [row.partition(":")[0] for row in shown] == [
        "United Kingdom",
        "In danger now",
        "Worried about your own behaviour, at certain hours",
        "In a crisis",
        "Any other line, by call, text or chat",
        "Checked on 1 November 2026.",
    ]


def test_the_clock_stands_for_a_country_until_the_person_names_one(book: Book) -> None:
    assert said(book, "{helplines_country}", zone="Europe/Berlin") == ["Germany"]
    assert said(book, "{emergency}", zone="Europe/Berlin") == ["In danger now: Notruf 112, Polizei 110"]
    assert said(book, "{emergency}", zone="Europe/Berlin", country="US") == ["In danger now: 911"]


@pytest.mark.parametrize("slots", [{}, {"zone": "Europe/Paris"}, {"zone": "Etc/GMT-2"}, {"country": ELSEWHERE}])
def test_where_no_country_is_known_directories_are_shown(book: Book, slots: dict[str, str]) -> None:
    shown = said(book, "{helplines_child}", **slots)
    assert shown[0] == "Anywhere"
    assert "911 in the US" in shown[1]
    assert shown[2] == "For children and young people: all.example or more.example"
    assert said(book, "{helplines_country}", **slots) == [""]
    assert said(book, "{directories}", **slots) == ["all.example or more.example"]


def test_countries_and_days_are_written_as_the_language_does(book: Book) -> None:
    german, unknown = (translated(book, {}, locale) for locale in ("de", "xx"))
    assert [country_name("GB", one) for one in (book, german, unknown)] == [
        "United Kingdom", "Vereinigtes Königreich", "United Kingdom",
    ]  # fmt: skip
    assert [date_shown(DAY, locale) for locale in ("en", "de", "xx")] == [
        "1 November 2026", "1. November 2026", "2026-11-01",
    ]  # fmt: skip
    assert said(german, "{country}", country="DE") == ["Deutschland"]
    assert said(german, "{country}", country=ELSEWHERE) == ["Somewhere else"]


@pytest.mark.parametrize(
    ("typed", "country"),
    [
        ("UK", "GB"),
        ("germny", "DE"),
        ("Deutschland!", "DE"),
        ("united states", "US"),
        ("Niger", ELSEWHERE),
        ("🙂", ELSEWHERE),
    ],
)
def test_a_country_is_known_by_its_names_and_by_a_slip_of_the_finger(book: Book, typed: str, country: str) -> None:
    nigeria = replace(LINES, countries={**LINES.countries, "NG": Country("Nigeria")})
    scene = Scene(replace(book, helplines=nigeria), book.dialogues["hub"], Person(1), 0)
    assert named(typed, scene) == country


def test_what_seems_to_be_the_country_is_offered_first_and_then_those_near_it(book: Book) -> None:
    at = [Scene(book, book.dialogues["hub"], Person(1, slots), 0) for slots in ({}, {"zone": "Europe/Berlin"})]
    assert [offered(scene) for scene in at] == [("US", "GB", "DE"), ("DE", "GB", "US")]


def test_help_now_asks_for_the_country_once(member: Chat) -> None:
    member.read(
        """
        you: /now
        coach: In danger now: 999, 112
        coach: Free help lines for every country
        coach: this could be your country: United Kingdom
        coach: Where are you?
        tap: Ireland
        coach: Samaritans, 116 123
        tap: Close this
        you: /now
        coach: Ireland
        coach: What else could help now?
        """
    )
    assert member.person.slots["country"] == "IE"


def test_countries_come_in_pages_that_begin_anew_after_the_last(newcomer: Chat) -> None:
    newcomer.command("now")
    pages = []
    for _ in range(4):
        pages.append(newcomer.labels)
        newcomer.tap("More countries ›")
    assert newcomer.labels == pages[0]
    shown = [label for page in pages for label in page[:-4]]
    assert len(shown) == len(set(shown)) == len(newcomer.book.helplines.countries)
    assert all(page[-4:-2] == ["More countries ›", "Somewhere else"] for page in pages)
    newcomer.say("more")
    assert newcomer.place == "help_now.after"  # a word that is no country is answered with lines for everywhere


def test_the_next_page_can_be_typed_as_it_stands_on_the_button(newcomer: Chat) -> None:
    newcomer.command("now")
    newcomer.say("More countries")
    assert "Spain" in newcomer.labels
    newcomer.photo()
    assert "Spain" in newcomer.labels


def test_a_country_of_another_page_can_be_typed_too(newcomer: Chat) -> None:
    newcomer.command("now")
    newcomer.say("South Korea")
    assert "South Korea\nIn danger now: Ambulance 119, Police 112" in newcomer.bubbles[-3]


def test_few_countries_need_no_pages(make_book: Callable[..., Book]) -> None:
    made = make_book(
        '  a: {say: Where?, ask: {pick: country, from: countries}, go: b}\n  b: {say: "{country}", end: over}\n'
    )
    chat = Chat(replace(made, helplines=LINES))
    chat.command("tiny")
    assert chat.labels == ["United States", "United Kingdom", "Germany", "Somewhere else", "‹ Back", "Not now"]
    assert not any(one.key.startswith(PAGE) for one in chat.buttons)
    chat.tap("Somewhere else")
    assert "Somewhere else" in chat.bubbles
