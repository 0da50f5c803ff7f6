"""The facts of the picture of weeks, as words under it."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.event import Handed
from bot.conversation.person import TRUST, Person
from bot.conversation.progress_words import progress_words
from bot.conversation.wording import plain
from bot.dialogue.tree import Book
from bot.followup.commitment import CheckIn, Commitment
from tests.conversation.chat import Chat, moment

NOW = moment("2026-12-15 15:00")
PROMISE = Commitment("a", "I call when I am late.", ("mon", "thu"), "18:30", "asking", moment("2026-11-16 18:00"))
ANSWERS = (
    CheckIn(moment("2026-11-19 18:40"), "kept"),
    CheckIn(moment("2026-11-23 18:40"), "partly"),
    CheckIn(moment("2026-11-26 18:40"), "not"),
    CheckIn(moment("2026-11-30 18:40"), "kept"),
)


def said(book: Book, *commitments: Commitment, trust: tuple[str, ...] = ()) -> list[str]:
    person = Person(1, {TRUST: trust} if trust else {}, commitments)
    return plain(progress_words(book, person, NOW)).splitlines()


def noted(day: str, level: int) -> str:
    return f"{moment(f'{day} 12:00')}:{level}"


def test_all_that_was_told_is_said_without_a_score(real_book: Book) -> None:
    told = replace(PROMISE, record=ANSWERS)
    trust = (noted("2026-11-20", 3), noted("2026-12-01", 4), noted("2026-12-13", 6))
    assert said(real_book, told, trust=trust) == [
        "Your weeks since 16 November",
        "4 notes answered: 2 kept, 1 partly and 1 not this time.",
        "1. I call when I am late: 2 of 4 kept",
        "Trust, from 0 to 10: 3 on 20 November, 6 on 13 December.",
    ]


def test_what_did_not_happen_is_not_mentioned(real_book: Book) -> None:
    assert said(real_book, replace(PROMISE, record=ANSWERS[:1]), trust=(noted("2026-12-13", 6),))[1:] == [
        "One note answered: 1 kept.",
        "1. I call when I am late: 1 of 1 kept",
        "Trust, from 0 to 10: 6 on 13 December.",
    ]


def test_a_promise_that_nobody_asked_about_yet_is_there_and_what_became_of_others_as_well(real_book: Book) -> None:
    others = [replace(PROMISE, id=state, state=state) for state in ("paused", "finished", "let_go")]
    assert said(real_book, PROMISE, *others)[1:] == [
        "No note is answered yet.",
        "1. I call when I am late: not asked yet",
        "2. I call when I am late: not asked yet (paused)",
        "3. I call when I am late: not asked yet (finished)",
        "4. I call when I am late: not asked yet (let go)",
    ]


def test_a_long_promise_is_cut_so_that_five_fit_under_a_picture(real_book: Book) -> None:
    long = [replace(PROMISE, id=str(at), what="I tell them " * 40, record=ANSWERS) for at in range(6)]
    lines = said(real_book, *long)
    assert len(lines) == 7
    assert len("\n".join(lines)) < 1024


def test_progress_hands_over_the_picture_and_goes_back_to_the_talk(chat: Chat) -> None:
    chat.person = replace(chat.person, commitments=(replace(PROMISE, record=ANSWERS),))
    chat.read("you: /after\nyou: i call home")
    place = chat.place
    chat.command("progress")
    (handed,) = (event for event in chat.events if isinstance(event, Handed))
    assert handed.file == "progress"
    assert plain(handed.words).startswith("Your weeks since")
    assert chat.place == place


def test_without_anything_to_show_there_is_one_kind_sentence_and_no_picture(member: Chat) -> None:
    member.command("progress")
    assert not [event for event in member.events if isinstance(event, Handed)]
    assert any("no weeks to show yet" in bubble for bubble in member.bubbles)
