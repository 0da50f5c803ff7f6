"""Text checks, and the tips they earn."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, strategies as st

from bot.coaching.check import Checks, TextCheck, Tip, tips

OWN = frozenset({"own"})
IF = TextCheck("sorry_if", OWN, (r"\bsorry\b.{0,20}\bif\b",), unless=(r"\bsorry if you need\b",), tip="Name the act.")
ALWAYS = TextCheck("always", OWN | {"feelings"}, (r"\byou (?:always|never)\b",), tip="Name one day.")
ATTACK = TextCheck("attack", OWN, (r"\bwhat's wrong with you\b",), tip="Ask.")
WHY = TextCheck("why", OWN, (r"\bwhy\b",), counts=2, tip="One question.")
WHEN = TextCheck("when", frozenset({"promise"}), (), needs_none=(r"\btomorrow\b",), least_words=3, tip="When?")
HEAT = TextCheck("heat", OWN, (r"[A-Z]{4,}",), as_written=True, tip="Wait a little.")
GO = TextCheck("go", OWN, (r"\bblocked me\b",), stop=True, tip="Stop.")
CHECKS = Checks((IF, ALWAYS, ATTACK, WHY, WHEN, HEAT, GO))


def due(text: str, *listens: str) -> list[str]:
    return [one.id for one in CHECKS.fired(listens or ("own",), text)]


def test_a_pattern_earns_a_tip() -> None:
    assert tips(CHECKS, ["own"], "I’m Sorry if that hurt") == (Tip("sorry_if", "Name the act."),)
    assert tips(CHECKS, ["own"], "I lied to you.") == ()


def test_an_exception_takes_it_back() -> None:
    assert due("I'm sorry if you need time") == []


def test_a_check_listens_only_in_its_places() -> None:
    assert due("You never listen", "feelings") == ["always"]
    assert due("Sorry if you never listen", "feelings", "boundary") == ["always"]
    assert due("You never listen", "boundary") == []


def test_somebody_elses_words_do_not_count() -> None:
    assert due("I said 'you never listen' and that was unfair.") == []
    assert due('I said "you never listen". You always shout') == ["always"]


def test_what_is_denied_does_not_count() -> None:
    assert due("I am not saying you always shout") == []
    assert due("Nothing here is not what's wrong with you") == []
    assert due("I did not mean it. You never listen") == ["always"]


def test_some_need_to_be_there_more_than_once() -> None:
    assert due("Why did you go?") == []
    assert due("Why did you go? Why?") == ["why"]


def test_some_listen_for_what_is_missing_in_texts_that_are_long_enough() -> None:
    assert due("I will call you", "promise") == ["when"]
    assert due("I will call you tomorrow", "promise") == []
    assert due("I will", "promise") == []


def test_some_look_at_the_text_as_it_was_written() -> None:
    assert due("I TOLD you") == ["heat"]
    assert due("I told you") == []


def test_two_tips_at_most_hard_stops_first_then_by_importance() -> None:
    text = "SORRY if I ask why. Why? You always shout. You blocked me."
    assert due(text) == ["go", "sorry_if", "always", "why", "heat"]
    assert tips(CHECKS, ["own"], text) == (Tip("go", "Stop.", stop=True), Tip("sorry_if", "Name the act."))
    assert [one.id for one in tips(CHECKS, ["own"], text, given={"go", "sorry_if"})] == ["always", "why"]


def test_checks_can_be_made_ready_and_compared() -> None:
    one = Checks((IF,))
    one.prepare()
    assert one == Checks((IF,))
    assert one != Checks((replace(IF, tip="Another."),))
    assert tips(Checks(), ["own"], "Sorry if") == ()


@given(data=st.data())
def test_any_text_can_be_read(data: st.DataObject, any_text: st.SearchStrategy[str]) -> None:
    assert len(tips(CHECKS, ["own", "promise"], data.draw(any_text))) <= 2
