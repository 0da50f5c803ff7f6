"""Walking from question to question: what is said, kept, called and taken along."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.conversation.event import Ended, Kept
from bot.dialogue.condition_text import parse_condition
from bot.dialogue.tree import Book, Branch, Go
from tests.conversation.chat import Chat

TO_LEVEL = "you: /all\nyou: words\nyou: Kim\ntap: White wine\nyou: 1, 3\ntap: Done\ntap: Bad\nyou: yes\nyou: 5"


def test_a_call_gets_and_hands_back_slots(chat: Chat) -> None:
    chat.read("you: /deep\nyou: hello\nyou: inner word")
    assert "Middle was given “hello”." in chat.bubbles
    chat.read("you: Alpha, Beta\nyou: 2")
    assert chat.last == "Once more, inner word?"
    chat.tap("No")
    assert chat.bubbles[-2] == "Found: inner word, Alpha and Beta."
    assert Ended("outer", "over") in chat.events
    assert chat.place == "hub.top"


def test_what_was_not_answered_is_not_handed_on(chat: Chat) -> None:
    chat.read("you: /deep\nyou: hello\nyou: silent")
    assert not any("Never said" in bubble for bubble in chat.bubbles)
    chat.read("tap: Nothing\nyou: 2")
    assert "Found: silent, ." in chat.bubbles


def test_each_call_has_slots_of_its_own(chat: Chat) -> None:
    chat.read("you: /deep\nyou: hello\nyou: one\nyou: Beta\nyou: 2\ntap: Yes\nyou: silent")
    numbers = [frame.id for frame in chat.talk.frames]
    assert numbers == sorted(set(numbers))
    assert not any("Never said" in bubble for bubble in chat.bubbles)


def test_a_start_from_within_ends_the_whole_talk(chat: Chat) -> None:
    chat.read("you: /deep\nyou: hello\nyou: out")
    assert Ended("inner", "start") in chat.events
    assert chat.place == "hub.top"
    assert chat.session is not None
    assert len(chat.session.talks) == 1


def test_a_resumed_talk_goes_on_after_a_dialogue_that_says_so(chat: Chat) -> None:
    chat.read("you: /all\nyou: words\nyou: /pause\nyou: /hub")
    assert 'Go on with "All kinds"' in chat.labels
    chat.read("tap: Nothing\nyou: /start")
    assert chat.place == "kinds.who"


def test_keepsakes_are_shown_and_kept_with_only_the_parts_that_hold(chat: Chat) -> None:
    chat.read(f"{TO_LEVEL}\ntap: 3\nyou: 18:30\nyou: Mon\ntap: Today")
    card, bare = (event.keepsake for event in chat.events if isinstance(event, Kept))
    assert (card.title, card.text) == ("Your card", "Words. It is White wine. So it is.")
    assert (bare.title, bare.text) == ("All kinds", "Kim")
    assert chat.person.keepsakes == (card, bare)
    assert "All kinds: Words. White wine First thing and Third thing Yes 5 3 18:30 Monday" in chat.bubbles[-4]


def test_a_part_of_a_keepsake_can_begin_a_new_line(make_book: Callable[[str], Book]) -> None:
    nodes = """
  a:
    say: Word?
    ask: {text: word}
    keep:
      card:
        text:
          - {if: word == "never", say: "\\nNot this."}
          - "\\n{word|sentence}"
          - And more.
          - "\\n\\nRegards"
    end: over
"""
    chat = Chat(make_book(nodes))
    chat.command("start")
    chat.say("here")
    assert [one.text for one in chat.person.keepsakes] == ["Here. And more.\n\nRegards"]


def test_a_keepsake_without_a_word_is_none(make_book: Callable[[str], Book]) -> None:
    nodes = """
  a:
    say: Word?
    ask: {text: word, skip: None}
    keep: {card: "{word}"}
    end: over
"""
    chat = Chat(make_book(nodes))
    chat.command("start")
    chat.tap("None")
    assert chat.person.keepsakes == ()
    assert chat.kinds() == ["Settled", "Ended", "Spoke"]
    assert chat.last.startswith(("That is all for now.", "We stop here for now."))


def test_where_there_is_nothing_to_pick_the_talk_goes_on_and_says_so(chat: Chat) -> None:
    chat.read("you: /after\nyou: call\nyou: 9\nyou: Mon\ntap: Look at keepsakes")
    assert "There is nothing to choose from here." in chat.bubbles
    assert chat.place == "afterwards.menu"


def test_a_place_is_not_asked_for_where_only_one_fits(chat: Chat) -> None:
    chat.read(f"{TO_LEVEL}\ntap: 3\nyou: 18:30\nyou: Mon")
    chat.now -= chat.now % 86_400_000
    chat.now += 12 * 3_600_000
    chat.tap("Today")
    assert chat.person.slots["zone"] == "Asia/Yangon"


def test_where_no_place_fits_the_clock_itself_gives_the_zone(chat: Chat) -> None:
    chat.read(f"{TO_LEVEL}\ntap: 3\nyou: 02:15\nyou: Mon")
    chat.now -= chat.now % 86_400_000
    chat.now += 12 * 3_600_000
    chat.tap("Today")
    assert chat.person.slots["zone"] == "Etc/GMT+10"


def test_erasure_inside_a_call_ends_all_that_called(make_book: Callable[[str], Book]) -> None:
    chat = Chat(
        make_book("  a:\n    call: delete\n    go: b\n  b:\n    say: Still here?\n    ask: {text: x}\n    end: over\n")
    )
    chat.command("start")
    chat.tap("Yes, delete everything")
    assert chat.session is None
    assert "Questioned" not in chat.kinds()


def test_a_node_whose_ways_are_all_closed_is_told_and_left(make_book: Callable[[str], Book]) -> None:
    book = make_book("  a:\n    say: Word?\n    ask: {text: word}\n    go: b\n  b:\n    end: over\n")
    tiny = book.dialogues["tiny"]
    closed = replace(tiny.nodes["b"], exit=Go((Branch("b", parse_condition("answered nothing")),)))
    nodes = {**tiny.nodes, "b": closed}
    chat = Chat(replace(book, dialogues={**book.dialogues, "tiny": replace(tiny, nodes=nodes)}))
    chat.command("start")
    chat.say("words")
    assert chat.kinds() == ["Stumbled", "Spoke"]
    assert chat.place == "tiny.a"
    assert chat.last.startswith("Something went wrong on my side.")
