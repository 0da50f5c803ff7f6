"""Whatever was answered and whichever answers are changed: it is as if the person had answered so from the start."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from bot.conversation.front import latest_answers
from bot.conversation.offer import ANSWER, DONE, SKIP
from bot.conversation.person import Value
from bot.conversation.session import Answered, Talk
from bot.dialogue.ask import DaysAsk, ManyAsk, NumberAsk, TextAsk
from tests.conversation.chat import Chat, comparable
from tests.conversation.test_any_talk import KINDS

# Many turns through what plain examples cover: counting lines here would only make it slow.
pytestmark = pytest.mark.no_cover

TEXTS = ("words", "sesame", "other words", "echo")
MEANT = st.lists(st.integers(0, 11), min_size=1, max_size=14)


def begun(command: str) -> Chat:
    chat = Chat(KINDS)
    chat.command("start")
    chat.tap("Yes")
    chat.command(command)
    return chat


def give(chat: Chat, number: int) -> None:
    """Answer the open question in one of the ways that it offers."""
    frame = chat.talk.frames[-1]
    ask = chat.book.dialogues[frame.dialogue].nodes[frame.node].ask
    keys = [one.key for one in chat.buttons if not one.key.startswith("<") or one.key == SKIP]
    match ask:
        case TextAsk():
            chat.say(TEXTS[number % len(TEXTS)])
        case NumberAsk():
            chat.say(str(number % 3 + 1))
        case ManyAsk() | DaysAsk():
            offered = [one for one in keys if one != SKIP]
            feed(chat, tuple({offered[number % len(offered)], offered[number // 3 % len(offered)]}))
        case _ if frame.node == "mood":
            chat.tap("good")  # what the person is remembered to be turns ways that lie further back
        case _:
            chat.tap(keys[number % len(keys)])


def feed(chat: Chat, value: Value) -> None:
    """Answer the open question with this very value."""
    keys = [one.key for one in chat.buttons]
    if value == "":
        chat.tap(SKIP)
    elif isinstance(value, tuple):
        opened = chat.talk.open
        picks = set(opened.picks if opened else ())
        for key in sorted(set(value) ^ picks, key=lambda one: one not in picks):
            chat.tap(key)
        chat.tap(DONE)
    elif str(value) in keys:
        chat.tap(str(value))
    else:
        chat.say(str(value))


def answer_all(chat: Chat, numbers: list[int]) -> None:
    for number in numbers:
        if chat.place in {"kinds.day", "hub.top", "rest"}:
            return
        give(chat, number)


def stands(talk: Talk) -> list[tuple[str, str, dict[str, Value]]]:
    """Where the talk stands, with what each dialogue on the stack knows."""
    return [(frame.dialogue, frame.node, talk.slots(frame.id)) for frame in talk.frames]


def answers(talk: Talk) -> list[Answered]:
    return [step for step in talk.trail if isinstance(step, Answered)]


@settings(deadline=None, max_examples=30)
@given(
    command=st.sampled_from(["all", "deep"]),
    numbers=MEANT,
    changes=st.lists(st.tuples(st.integers(0, 20), st.integers(0, 11), MEANT), min_size=1, max_size=3),
)
def test_after_any_change_it_is_as_if_answered_so_from_the_start(
    command: str, numbers: list[int], changes: list[tuple[int, int, list[int]]]
) -> None:
    chat = begun(command)
    answer_all(chat, numbers)
    for which, number, more in changes:
        if chat.place in {"hub.top", "rest"}:
            return
        chat.command("answers")
        if which % 2 and "‹ Earlier" in chat.labels:
            chat.tap("‹ Earlier")
        listed = [one.key for one in chat.buttons if one.key.startswith(ANSWER)]
        if not listed:
            return
        chat.tap(listed[which % len(listed)])
        give(chat, number)
        answer_all(chat, more[:3])
    if chat.place in {"hub.top", "rest"}:
        return
    fresh = begun(command)
    for one in answers(chat.talk):
        assert fresh.place == f"{one.frames[-1].dialogue}.{one.frames[-1].node}"
        feed(fresh, one.value)
    assert stands(fresh.talk) == stands(chat.talk)


@settings(deadline=None, max_examples=30)
@given(command=st.sampled_from(["all", "deep"]), numbers=MEANT, which=st.integers(0, 20), steps=st.integers(0, 5))
def test_the_same_answer_again_or_kept_changes_nothing(
    command: str, numbers: list[int], which: int, steps: int
) -> None:
    chat = begun(command)
    answer_all(chat, numbers)
    if chat.place in {"hub.top", "rest"}:
        return
    before, place = comparable(chat.session), stands(chat.talk)
    for _ in range(steps):
        chat.command("back")
    if chat.talk.ahead:
        chat.tap("Keep my answer")
    assert comparable(chat.session) == before
    places = latest_answers(chat.talk)
    if not places:
        return
    answer = chat.talk.trail[places[which % len(places)]]
    given_before = [(one.frames, one.value) for one in answers(chat.talk)]
    assert isinstance(answer, Answered)
    chat.command("back")
    while chat.talk.trail and chat.place != f"{answer.frames[-1].dialogue}.{answer.frames[-1].node}":
        chat.command("back")
    ahead = chat.talk.ahead
    assert ahead is not None
    feed(chat, next(ahead.answers).value)
    assert stands(chat.talk) == place
    assert [(one.frames, one.value) for one in answers(chat.talk)] == given_before
