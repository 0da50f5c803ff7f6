"""Commands: start, back, pause, cancel and stop everywhere, and those that begin a dialogue."""

from __future__ import annotations

import pytest

from bot.conversation.event import NudgesWithdrawn, Remembered, Settled
from tests.conversation.chat import Chat, comparable


def test_start_goes_on_where_the_person_is_and_wipes_nothing(chat: Chat) -> None:
    chat.read("you: /all\nyou: words")
    before = comparable(chat.session)
    chat.command("start")
    assert comparable(chat.session) == before
    assert chat.last.startswith(("Welcome back.", "Here is where we stopped."))


def test_start_with_a_commands_name_begins_its_dialogue(chat: Chat) -> None:
    chat.command("start", " ALL ")
    assert chat.place == "kinds.free"


def test_start_with_anything_else_is_a_plain_start(chat: Chat) -> None:
    chat.command("start", "ref_12345")
    assert chat.place == "hub.top"


def test_a_command_in_the_middle_of_a_talk_lays_its_dialogue_on_top(chat: Chat) -> None:
    chat.command("all")
    assert chat.session is not None
    assert [talk.frames[0].dialogue for talk in chat.session.talks] == ["hub", "kinds"]
    assert chat.talk.returns


def test_a_dialogue_that_waits_is_gone_on_with_and_never_held_twice(chat: Chat) -> None:
    chat.read("you: /all\nyou: words\nyou: /hub")
    assert chat.place == "hub.top"
    chat.command("all")
    assert chat.place == "kinds.who"
    assert chat.session is not None
    assert len(chat.session.talks) == 2


def test_a_command_at_rest_does_not_go_on_with_what_was_put_aside(chat: Chat) -> None:
    chat.read("you: /all\nyou: words\nyou: /pause\nyou: /deep\nyou: x\nyou: out")
    assert chat.place == "hub.top"


@pytest.mark.parametrize("name", ["back", "pause"])
def test_at_rest_back_and_pause_say_how_things_are(chat: Chat, name: str) -> None:
    chat.command("pause")
    chat.command(name)
    assert chat.last == "Your place is kept."
    assert chat.place == "rest"


@pytest.mark.parametrize("name", ["back", "pause", "cancel"])
def test_without_any_talk_there_is_nothing_to_stop(stranger: Chat, name: str) -> None:
    stranger.command(name)
    assert stranger.last.startswith("No talk is on")
    assert stranger.session is None


def test_cancel_ends_the_talk_on_top_and_goes_on_with_the_one_below(chat: Chat) -> None:
    chat.read("you: /all\nyou: words")
    nonce = chat.nonce
    chat.command("cancel")
    assert Settled(nonce, ()) in chat.events
    assert chat.bubbles[-2].startswith("This talk is over.")
    assert chat.place == "hub.top"


def test_cancel_at_rest_ends_what_was_put_aside(chat: Chat) -> None:
    chat.command("pause")
    chat.command("cancel")
    assert chat.session is not None
    assert chat.session.talks == ()
    assert not chat.session.resting
    assert chat.last.startswith("This talk is over.")


def test_cancel_does_not_go_on_with_a_talk_that_was_put_aside_before(chat: Chat) -> None:
    chat.read("you: /pause\nyou: /deep\nyou: /cancel")
    assert chat.place == "rest"
    assert chat.session is not None
    assert len(chat.session.talks) == 1


def test_stop_ends_all_nudges_and_leaves_the_question_open(chat: Chat) -> None:
    before = comparable(chat.session)
    chat.command("stop")
    assert chat.events[:2] == (Remembered("nudges", "no"), NudgesWithdrawn())
    assert comparable(chat.session) == before


def test_an_unknown_command_changes_nothing(chat: Chat) -> None:
    before = comparable(chat.session)
    chat.command("nonsense")
    assert chat.kinds() == ["Spoke"]
    assert comparable(chat.session) == before


def test_at_the_gate_only_what_is_open_may_come_between(stranger: Chat) -> None:
    stranger.command("start")
    stranger.command("all")
    assert stranger.last.startswith("Let's take the first steps first.")
    assert stranger.place == "door.ask"
    stranger.command("help")
    assert stranger.place == "door.ask"


def test_a_gate_that_was_put_aside_comes_up_again(stranger: Chat) -> None:
    stranger.read("you: /start\nyou: /pause\nyou: /all")
    assert stranger.place == "door.ask"


@pytest.mark.parametrize("way_out", ["cancel", "back", "pause"])
def test_every_way_out_of_an_aside_leads_back_to_the_very_question(member: Chat, way_out: str) -> None:
    member.read("you: /repair\ntap: 2")
    assert member.place == "repair_talk.who"
    member.command("settings")
    assert member.place.startswith("settings.")
    member.command(way_out)
    assert member.place == "repair_talk.who"
    assert member.session is not None
    assert len(member.session.talks) == 1
