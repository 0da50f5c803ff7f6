"""The talks of the shipped book that matter most, held from their first word to their last."""

from __future__ import annotations

from bot.conversation.event import Committed, Ended, Erased, NudgeDropped, Questioned
from bot.conversation.person import Person
from tests.conversation.chat import Chat


def test_first_steps_lead_to_the_menu(newcomer: Chat) -> None:
    newcomer.read(
        """
        you: /start
        coach: I am Repair Talk, an automated script
        coach: no emergency help
        coach: Are you 18 or older?
        tap: Yes
        coach: after 365 days
        coach: Do you agree that I store it?
        tap: Read more
        coach: run by the test operator
        coach: Do you agree
        tap: I agree
        coach: What time is it for you now?
        you: 12:00
        coach: Which place has the same clock
        tap: London
        coach: Your clock is set.
        coach: You could stop or delete everything
        """
    )
    assert newcomer.place == "menu.top"
    assert newcomer.person.slots["consent"] == "yes"
    assert newcomer.person.slots["zone"] == "Europe/London"


def test_a_minor_is_sent_on_kindly_and_nothing_is_kept(newcomer: Chat) -> None:
    newcomer.read(
        """
        you: /start
        tap: No
        coach: made for adults only
        coach: 116 111
        coach: I keep nothing about you
        """
    )
    assert newcomer.session is None
    assert newcomer.person == Person(1)
    assert Erased() in newcomer.events


def test_who_is_not_sure_of_being_an_adult_is_asked_again(newcomer: Chat) -> None:
    newcomer.command("start")
    newcomer.say("of course not")
    assert newcomer.place == "onboarding.hello"
    newcomer.say("not sure")
    assert newcomer.place == "onboarding.hello"


def test_a_refusal_keeps_nothing_and_leaves_the_help_lines(newcomer: Chat) -> None:
    newcomer.read(
        """
        you: hello
        you: yes
        you: No, don't store it
        coach: I keep nothing about you
        coach: /now
        """
    )
    assert newcomer.session is None
    assert newcomer.person == Person(1)


def test_before_consent_only_what_is_open_may_begin(newcomer: Chat) -> None:
    newcomer.read(
        """
        you: /repair
        coach: Are you 18 or older?
        you: /settings
        coach: first steps first
        you: /help
        coach: /now
        coach: Are you 18 or older?
        """
    )
    newcomer.command("now")
    assert newcomer.place == "help_now.country"
    newcomer.tap("Somewhere else")
    newcomer.tap("Go back to my talk")
    assert newcomer.place == "onboarding.hello"


def test_deleting_in_the_middle_of_a_talk_ends_everything(member: Chat) -> None:
    member.read(
        """
        you: /repair
        tap: 3
        you: /delete
        coach: can't be undone
        coach: Delete everything now?
        tap: Yes, delete everything
        coach: is deleted
        coach: /start
        """
    )
    assert member.session is None
    assert not any(isinstance(event, Questioned) for event in member.events)
    member.read(
        """
        you: hello again
        coach: Are you 18 or older?
        """
    )


def test_who_does_not_delete_after_all_is_back_at_the_very_question(member: Chat) -> None:
    member.read(
        """
        you: /repair
        tap: 3
        you: /delete
        tap: No, keep it
        coach: Nothing was deleted.
        coach: Who do you want to talk with?
        """
    )
    assert member.place == "repair_talk.who"


WHOLE = """
    you: /repair
    coach: How are you right now?
    tap: 4
    coach: Who do you want to talk with?
    you: Alex
    coach: Who is Alex to you?
    tap: A friend
    coach: What is it about?
    tap: Both of us had a part
    coach: ▸ Own what you did
    tap: Begin
    tap: None of these
    coach: Say it to Alex
    you: i read your letters without asking
    coach: “i read your letters without asking”
    tap: Yes, it does
    tap: I was wrong. I am sorry.
    tap: hurt + unsafe + Done
    you: I was jealous
    you: I will give them back
    you: Before I open anything, I will ask you
    tap: Take the time you need.
    coach: I read your letters without asking. I was wrong. I am sorry.
    tap: Yes, keep it
    coach: ✓ Own what you did
    tap: Begin
    tap: Yes, I could
    you: On Tuesday you came home at ten and did not call
    tap: Yes, I think so
    tap: Sad
    tap: lonely + Done
    tap: honesty + calm + Done
    you: Could you send me a line when you will be late?
    tap: Yes, I could
    coach: I feel lonely.
    tap: Yes, keep it
    tap: Leave out this part
    coach: – Their side of it
    tap: Begin
    tap: Yes, I could
    you: Sometimes we shout late at night
    you: I can't talk while we shout
    you: If we shout, I will go out for 20 minutes
    tap: It says what I will do
    you: After that, I would like to try again
    tap: No question
    coach: I can't talk while we shout.
    tap: Yes, keep it
    coach: one small promise
    tap: Begin
    you: I will send a line when I leave work
    tap: 9
    you: On workdays at the bus stop
    tap: Nothing that I can see
    you: I take my phone out
    you: Mon, Thu
    you: 6:30 pm
    coach: I will send a line when I leave work.
    coach: Next note: Monday 18:30
    coach: ✓ One small promise
    tap: Stop here
"""


def test_a_repair_talk_leaves_its_keepsakes_and_a_promise(member: Chat) -> None:
    member.read(WHOLE)
    kinds = [one.kind for one in member.person.keepsakes]
    assert kinds == ["repair_message", "feelings_card", "boundary_note", "promise_card"]
    message = member.person.keepsakes[0].text
    assert message.startswith("I read your letters without asking. I was wrong. I am sorry.")
    assert "hurt and unsafe" in message
    (promise,) = member.person.commitments
    assert (promise.what, promise.days, promise.time) == (
        "I will send a line when I leave work.",
        ("mon", "thu"),
        "18:30",
    )
    assert member.place == "rest"
    assert [Ended("repair_talk", "for_today")] == [event for event in member.events if isinstance(event, Ended)][-1:]


def test_the_promise_is_asked_about_on_its_days_and_what_was_said_is_kept(member: Chat) -> None:
    member.read(WHOLE)
    member.read(
        """
        wait: 4 days
        coach: Your note is ready.
        tap: Open
        coach: I will send a line when I leave work.
        tap: I did
        coach: Next note: Thursday 18:30
        wait: 3 days
        coach: Your note is ready.
        tap: Open
        tap: Not this time
        you: I was ill
        coach: “I was ill”
        tap: Keep it as it is
        """
    )
    (promise,) = member.person.commitments
    assert [one.outcome for one in promise.record] == ["kept", "not"]
    assert promise.state == "active"


def test_a_promise_that_is_let_go_is_never_asked_about_again(member: Chat) -> None:
    member.read(WHOLE)
    member.read(
        """
        you: /promises
        coach: I will send a line when I leave work. (Monday and Thursday, 18:30)
        tap: Let one go
        """
    )
    member.tap(member.labels[0])
    said = len(member.bubbles)
    member.wait("14 days")
    assert member.nudges == {}
    assert len(member.bubbles) == said
    assert member.person.commitments[0].state == "let_go"


def test_a_note_in_the_middle_of_a_talk_waits_until_it_rests(member: Chat) -> None:
    member.read(WHOLE)
    member.wait("3 days")
    member.now += 6 * 3600 * 1000 + 20 * 60 * 1000  # Monday, 18:20
    member.command("menu")
    member.wait("15 minutes")
    assert member.place == "menu.top"
    last = member.session.last_at if member.session else 0
    assert last + 30 * 60 * 1000 in {one.due_at for one in member.nudges.values()}
    member.wait("20 minutes")
    assert member.place == "check_in.ready"


def test_after_stop_no_note_comes_and_the_question_stays_open(member: Chat) -> None:
    member.read(WHOLE)
    member.command("menu")
    member.command("stop")
    assert member.place == "menu.top"
    assert member.kinds() == ["Remembered", "NudgesWithdrawn", "Spoke"]
    said = len(member.bubbles)
    member.wait("8 days")
    assert len(member.bubbles) == said
    member.read(
        """
        you: /settings
        coach: Notes: off
        tap: Turn notes on
        coach: Notes: on
        """
    )
    assert len(member.nudges) == 1


def test_a_digression_comes_back_to_the_very_question(member: Chat) -> None:
    member.read(
        """
        you: /repair
        tap: 3
        you: Alex
        """
    )
    before = member.talk
    member.read(
        """
        you: /settings
        coach: Quiet hours: 21:00 to 09:00
        tap: Quiet hours
        you: 10 pm
        you: 8
        coach: Quiet hours: 22:00 to 08:00
        tap: Leave it like this
        coach: Who is Alex to you?
        """
    )
    assert (member.talk.frames, member.talk.trail) == (before.frames, before.trail)
    assert member.person.slots["quiet_from"] == "22:00"
    member.command("back")
    assert member.place == "repair_talk.who"


def test_a_break_in_a_hot_moment_brings_a_note_and_the_talk_again(member: Chat) -> None:
    member.read(
        """
        you: /repair
        tap: 9
        coach: That is a lot at once.
        tap: A break, and a note in 30 min
        wait: 31 minutes
        coach: Your note is ready.
        tap: Open
        coach: How are you right now?
        """
    )
    assert member.place == "repair_talk.heat"


def test_quiet_hours_let_a_note_go_and_the_next_one_is_planned(member: Chat) -> None:
    member.read(WHOLE)
    due = next(iter(member.nudges.values()))
    member.nudges = {}
    member.now = due.due_at + 6 * 3600 * 1000  # Tuesday, half past midnight
    member.nudges[due.key] = due
    member.wait("1 minute")
    assert "Spoke" not in member.kinds()
    assert [event.reason for event in member.events if isinstance(event, NudgeDropped)] == ["late"]
    assert len([one for one in member.nudges.values() if one.due_at > member.now]) == 1


def test_the_fear_of_somebody_never_leads_into_the_repair_talk(member: Chat) -> None:
    member.read(
        """
        you: /repair
        tap: 2
        you: A
        tap: Family
        tap: I am afraid of them
        coach: Your safety comes first
        """
    )
    assert member.place == "safety_first.listen"
    assert not any(isinstance(event, Committed) for event in member.events)
