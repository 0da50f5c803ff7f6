"""A book that speaks German too: who hears it, what they may type, and that no word of it is English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from bot.conversation.calendar_words import date_in, days_in, time_in
from bot.conversation.language import day_comes_first, months, spoken
from bot.conversation.person import Person
from bot.conversation.reading import Misread, read
from bot.conversation.scene import Scene
from bot.conversation.wording import display, fitted
from bot.dialogue.ask import Choice, ManyAsk, YesNoAsk
from bot.dialogue.catalog import lines_of
from bot.dialogue.slot import Slot
from bot.dialogue.template import parse_template
from bot.dialogue.tree import Book
from bot.wiring.book import load_book
from tests.conversation.chat import Chat, moment

FRIDAY = moment("2026-11-20 12:00")
_ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def book() -> Book:
    """The book that ships, in all its languages."""
    return load_book(_ROOT / "dialogues")


@pytest.fixture(scope="module")
def scene(book: Book) -> Scene:
    german = book.spoken("de")
    return Scene(german, german.dialogues["zone"], Person(1), FRIDAY)


@pytest.fixture
def hans(book: Book) -> Chat:
    return Chat(book, person=Person(1, language="de-DE"))


@pytest.mark.parametrize(
    ("chosen", "telegrams", "heard"),
    [("", "de", "de"), ("", "de-CH", "de"), ("", "fr", "en"), ("", "", "en"), ("de", "en", "de"), ("en", "de", "en"),
     ("as_in_telegram", "de", "de"), ("xx", "de", "de")],
)  # fmt: skip
def test_the_person_decides_and_else_their_telegram(chosen: str, telegrams: str, heard: str, book: Book) -> None:
    person = Person(1, {"language": chosen} if chosen else {}, language=telegrams)
    assert spoken(book, person).locale == heard


def test_choosing_a_language_is_confirmed_in_it_and_the_talk_goes_on(book: Book) -> None:
    chat = Chat(book)
    chat.read(
        """
        you: /start
        coach: Are you 18 or older?
        you: /language
        coach: Which language
        """
    )
    assert chat.labels == ["English", "Deutsch", "As in Telegram", "‹ Back", "Not now"]
    chat.read(
        """
        tap: Deutsch
        coach: Ich spreche Deutsch mit dir.
        coach: Bist du 18 oder älter?
        you: klar
        coach: Bist du einverstanden
        you: /language
        tap: Wie in Telegram
        coach: I speak English with you.
        coach: Do you agree that I store it?
        """
    )


def test_a_book_of_one_language_has_none_to_choose(kinds_book: Book) -> None:
    chat = Chat(kinds_book)
    chat.command("start")
    chat.tap("Yes")
    chat.command("language")
    assert "There is nothing to choose from here." in chat.bubbles


def test_the_language_stays_when_everything_is_erased_in_it(hans: Chat) -> None:
    hans.command("start")
    hans.tap("Nein")
    assert hans.session is None
    assert "Ich speichere nichts über dich." in hans.last


GERMAN_TALK = """
    you: /start
    tap: Ja
    tap: Mehr lesen
    you: einverstanden
    you: Ja, einverstanden
    you: um 12 Uhr
    tap: London
    you: /help
    you: /settings
    tap: So lassen
    you: /menu
    tap: Meine Versprechen und Texte
    tap: Nur einen Teil davon
    tap: Zu einem Fehler stehen
    tap: Ich soll Abstand halten
    tap: Schreiben, aber nicht schicken
    you: Ich
    you: ich habe deine Briefe gelesen
    tap: Noch einmal schreiben
    you: Ich habe deine Briefe gelesen
    tap: Ja, das steht da
    tap: Meine Schuld. Es tut mir leid.
    you: verletzt, allein und klein
    tap: Weglassen
    tap: Ich weiß es noch nicht
    tap: Ich weiß es noch nicht
    you: Nimm dir Zeit
    tap: Einen Teil ändern
    tap: Was es ausgelöst hat
    tap: Keines davon
    you: Vielleicht hattest du Angst
    tap: Ja, so behalten
    you: /menu
    tap: Meine Versprechen und Texte
    tap: Zum Menü
    tap: Nur einen Teil davon
    tap: Zu einem Fehler stehen
    tap: Aufgewühlt oder nicht nüchtern
    tap: Hilfetelefone zeigen
    tap: Deutschland
    tap: Jemand könnte das hier sehen
    tap: Ein anderes Land
    tap: Anderswo
    tap: Schließen
    tap: Ein andermal
    you: /now
    tap: Ein anderes Land
    tap: Vereinigtes Königreich
    you: /stop
    you: /back
    you: /cancel
    you: /quatsch
    you: /delete
    tap: Ja, alles löschen
"""
OWN_WORDS = {
    "Repair",
    "Talk",
    "Telegram",
    "Telegrams",
    "Samaritans",
    "Galop",
    "Respect",
    "Bot",
    "Chat",
    "Chats",
    "Cloud",
}


def test_no_english_is_heard_in_the_german_talk(hans: Chat, book: Book) -> None:
    hans.read(GERMAN_TALK)
    heard = {word for bubble in [*hans.bubbles, *hans.labels] for word in words(bubble)}
    assert not heard & english_alone(book) - OWN_WORDS
    assert len(hans.bubbles) > 80


def words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{2,}", re.sub(r"/[a-z_]+|\S+\.(?:com|org|ca)", "", text)))


def english_alone(book: Book) -> set[str]:
    """Words of English lines that no German line says."""
    here, there = lines_of(book), lines_of(book.spoken("de"))
    german = (line for name, line in there.items() if line != here.get(name))
    said = {word for line in german for text in line.texts for word in words(text)}
    return {word for line in here.values() for text in line.texts for word in words(text)} - said


KEEPSAKE = (
    "Ich habe deine Briefe gelesen. Meine Schuld. Es tut mir leid. Ich kann nicht alles wissen, was es für dich war. "
    "Vielleicht hattest du Angst. Wenn ich damit falschliege, kannst du es mir sagen. "
)


def test_a_german_message_reads_as_one(hans: Chat) -> None:
    hans.read(GERMAN_TALK.partition("you: /delete")[0])
    assert any(one.text.startswith(KEEPSAKE) for one in hans.person.keepsakes)


@pytest.mark.parametrize(
    ("text", "time"),
    {"18 Uhr": "18:00", "um 18 uhr 30": "18:30", "gegen 9": "09:00", "18:30 Uhr": "18:30", "8 Uhr abends": "20:00",
     "7 uhr morgens": "07:00", "mittags": "12:00", "Mitternacht": "00:00", "9": "09:00", "noon": "",
     "13 uhr abends": "", "25 Uhr": ""}.items(),
)  # fmt: skip
def test_german_times(text: str, time: str, scene: Scene) -> None:
    assert time_in(text, scene.book) == time


WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAYS: Mapping[str, tuple[str, ...]] = {
    "Mo, Do": ("mon", "thu"), "montags und am Freitag": ("mon", "fri"), "jeden Tag": WEEK, "werktags": WEEK[:5],
    "am Wochenende": WEEK[5:], "Monday": (), "and": (),
}  # fmt: skip


@pytest.mark.parametrize(("text", "days"), DAYS.items())
def test_german_weekdays(text: str, days: tuple[str, ...], scene: Scene) -> None:
    assert days_in(text, scene) == days


@pytest.mark.parametrize(
    ("text", "day"),
    {"24. Dezember": "2026-12-24", "am 3. März": "2027-03-03", "24.12.": "2026-12-24", "24.12.2027": "2027-12-24",
     "5.6.27": "2027-06-05", "morgen": "2026-11-21", "Montag": "2026-11-23", "24. Dez": "2026-12-24", "32.1.": "",
     "1.13.": "", "24.12.2025": "", "3. March": ""}.items(),
)  # fmt: skip
def test_german_dates(text: str, day: str, scene: Scene) -> None:
    assert date_in(text, scene) == day


def test_the_order_of_day_and_month_is_the_languages_own() -> None:
    assert (day_comes_first("en"), day_comes_first("de"), day_comes_first("en_US")) == (None, True, False)
    assert day_comes_first("tlh") is None
    assert months("tlh")[0] == months("en")[0] == ("january",)
    assert months("de")[2][0] == "märz"


def test_month_first_where_people_write_it_so(scene: Scene) -> None:
    assert date_in("12/24", replace(scene, book=replace(scene.book, locale="en_US"))) == "2026-12-24"
    assert date_in("12/24", replace(scene, book=replace(scene.book, locale="en"))) == ""


@pytest.mark.parametrize(
    ("text", "meant"),
    {"ja": "yes", "Na klar": "", "klar": "yes", "nee": "no", "nicht sicher": "", "gar nicht": ""}.items(),
)
def test_german_yes_and_no(text: str, meant: str, scene: Scene) -> None:
    assert read(YesNoAsk("x"), text, scene) == (meant or Misread("choose_again"))


def test_german_enumerations(scene: Scene) -> None:
    choices = tuple(Choice(name, parse_template(label)) for name, label in (("a", "wütend"), ("b", "and")))
    assert read(ManyAsk("x", choices), "wütend und and", scene) == ("a", "b")


def test_german_words_around_values(scene: Scene) -> None:
    assert fitted("Worte", "quote", scene.book) == "„Worte“"
    assert fitted("Wenn du rufst.", "phrase", scene.book) == "wenn du rufst"
    assert fitted("Briefe lesen", "phrase", scene.book) == "Briefe lesen"
    assert display(WEEK, Slot("days"), scene.book) == "jeden Tag"
    assert display(WEEK[:2], Slot("days"), scene.book) == "Montag und Dienstag"
