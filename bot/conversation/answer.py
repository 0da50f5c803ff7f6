"""Answers: what a tap or a text means for the open question, and the way back."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.calendar_words import day_ahead
from bot.conversation.effect import planned
from bot.conversation.event import NudgesWithdrawn, Remembered
from bot.conversation.matching import exactly
from bot.conversation.offer import BACK, DONE, EVERY_DAY, NOT_NOW, OTHER, SKIP, Option, options
from bot.conversation.person import Value
from bot.conversation.reading import Misread, elsewhere, fits, read
from bot.conversation.scene import rhythm
from bot.conversation.session import Answered, Open, Session
from bot.conversation.walk import Walk
from bot.conversation.wording import display, line, plain, words
from bot.dialogue.ask import Ask, DateAsk, DaysAsk, ManyAsk, NumberAsk, PickAsk, ScaleAsk
from bot.dialogue.slot import Slot
from bot.followup.commitment import WEEKDAYS

_RHYTHM = frozenset({"zone", "quiet_from", "quiet_to"})
"""Settings on which planned nudges rest."""


def written(walk: Walk, text: str, message: int | None) -> None:
    """Text for the open question: the answer it is, or a kind word and the question again."""
    node = walk.stage.question()
    assert node.ask is not None  # noqa: S101  # question() saw to it
    on_buttons = exactly(text, _beside(walk, node.ask))
    if on_buttons:
        tapped(walk, on_buttons.key)
        return
    value = read(node.ask, text, walk.stage.scene(node))
    if isinstance(value, Misread):
        walk.voice.ask(walk.voice.own(value.line, value.values))
        return
    walk.voice.settle()
    _accept(walk, node.ask.slot, value, message)


def _beside(walk: Walk, ask: Ask) -> tuple[Option, ...]:
    """The buttons beside the answers, whose words can be typed as well."""
    book = walk.stage.book
    exits = (Option(BACK, plain(line(book, "back"))), Option(NOT_NOW, plain(line(book, "not_now"))))
    return (Option(SKIP, _label(walk, ask)), *exits) if ask.skip else exits


def tapped(walk: Walk, key: str) -> bool:  # noqa: PLR0911  # one return a kind of button
    """A tap under the open question; False if there is no such button."""
    node = walk.stage.question()
    ask = node.ask
    assert ask is not None  # noqa: S101  # question() saw to it
    if key == BACK:
        back(walk)
        return True
    if key == NOT_NOW:
        pause(walk)
        return True
    if key == SKIP and ask.skip:
        walk.voice.settle(display(_label(walk, ask), None, walk.stage.book))
        _accept(walk, ask.slot, "", None)
        return True
    if isinstance(ask, ManyAsk | DaysAsk):
        return _picked(walk, ask, key)
    option = next((one for one in options(ask, walk.stage.scene(node)) if one.key == key), None)
    if option is None and key == OTHER and isinstance(ask, PickAsk) and ask.source == "zones":
        walk.voice.settle(walk.voice.own("somewhere_else")[0].text)
        _accept(walk, ask.slot, elsewhere(ask, walk.stage.scene(node)), None)
        return True
    if option is None:
        return False
    walk.voice.settle(option.label)
    _accept(walk, ask.slot, _value(walk, ask, key), None)
    return True


def _label(walk: Walk, ask: Ask) -> str:
    return plain(words(ask.skip, walk.stage.scene(walk.stage.node()))) if ask.skip else ""


def _value(walk: Walk, ask: Ask, key: str) -> Value:
    if isinstance(ask, NumberAsk | ScaleAsk):
        return int(key)
    if isinstance(ask, DateAsk):
        return day_ahead(key, rhythm(walk.stage.book, walk.stage.person).local(walk.stage.now).date())
    return key


def _picked(walk: Walk, ask: ManyAsk | DaysAsk, key: str) -> bool:
    stage = walk.stage
    picks = stage.talk.open.picks if stage.talk.open else ()
    offered = tuple(one.key for one in options(ask, stage.scene(stage.node())))
    if key == DONE:
        return _done(walk, ask, picks)
    if key == EVERY_DAY and isinstance(ask, DaysAsk):
        walk.voice.redraw(() if len(picks) == len(WEEKDAYS) else WEEKDAYS)
        return True
    if key not in offered:
        return False
    chosen = set(picks) ^ {key}
    if isinstance(ask, ManyAsk) and ask.most and len(chosen) > ask.most:
        walk.voice.ask(walk.voice.own("pick_fewer", {"most": str(ask.most)}))
        return True
    # What was typed in own words has no button, and stays.
    walk.voice.redraw((*(one for one in offered if one in chosen), *(one for one in picks if one not in offered)))
    return True


def _done(walk: Walk, ask: ManyAsk | DaysAsk, picks: tuple[str, ...]) -> bool:
    value = fits(ask, picks) if isinstance(ask, ManyAsk) else picks or Misread("days_again")
    if isinstance(value, Misread):
        walk.voice.ask(walk.voice.own(value.line, value.values))
        return True
    scene = walk.stage.scene(walk.stage.node())
    slot = Slot("days") if isinstance(ask, DaysAsk) else scene.dialogue.slots.get(ask.slot)
    walk.voice.settle(display(value, slot, walk.stage.book))
    _accept(walk, ask.slot, value, None)
    return True


def _accept(walk: Walk, slot: str, value: Value, message: int | None) -> None:
    """The answer counts: it joins the trail, the person's slots if it is one of theirs, and the walk goes on."""
    stage = walk.stage
    talk = stage.talk
    nonce = talk.open.nonce if talk.open else stage.settled
    trail = (*talk.trail, Answered(talk.frames, slot, value, stage.now, nonce, message))
    stage.hold(talk.having(trail).compacted())
    if stage.session.repeats:
        stage.session = replace(stage.session, repeats=0)
    if slot in stage.book.person:
        stage.happen(Remembered(slot, None if value == "" else value))
        if slot in _RHYTHM:
            replan(walk)
    walk.leave_question(stage.node())


def replan(walk: Walk) -> None:
    """The person's clock or quiet hours changed: what promises planned is planned anew; single notes still come."""
    for one in walk.stage.person.commitments:
        walk.stage.happen(NudgesWithdrawn(one.id))
        for event in planned(one, walk.stage):
            walk.stage.happen(event)


def back(walk: Walk) -> None:
    """To the question before this one; from the first, to the talk below, or nowhere."""
    stage = walk.stage
    talk = stage.talk
    at = talk.last_answer
    step = talk.trail[at] if at >= 0 else None
    if isinstance(step, Answered):
        walk.voice.settle()
        picks = step.value if isinstance(step.value, tuple) else ()
        stage.hold(replace(stage.talk, frames=step.frames, trail=talk.trail[:at]))
        walk.voice.ask(walk.voice.own("undone"), picks)
    elif talk.returns and len(stage.session.talks) > 1:
        walk.voice.settle()
        stage.drop()
        walk.resume()
    else:
        walk.voice.ask(walk.voice.own("start_of_talk"))


def pause(walk: Walk) -> None:
    """Put everything aside; the place is kept. From an aside, back to the talk that it came between."""
    stage = walk.stage
    if walk.put_away():
        walk.resume()
        return
    if stage.session.talks and not stage.session.resting:
        walk.voice.settle()
    stage.session = replace(stage.session, resting=bool(stage.session.talks))
    walk.voice.tell("paused" if stage.session.talks else "finished")


def edited(walk: Walk, text: str, message: int) -> bool:
    """An answer written anew: counts only if it answered the question just before the open one."""
    stage = walk.stage
    at, trail = stage.talk.last_answer, stage.talk.trail
    last = trail[at] if at >= 0 else None
    if not isinstance(last, Answered) or last.message != message:
        return False
    walk.voice.settle()
    stage.hold(replace(stage.talk, frames=last.frames, trail=trail[:at], open=Open(last.nonce)))
    written(walk, text, message)
    return True


def bring_up(walk: Walk, nonce: int) -> bool:
    """The talk whose open question has this nonce comes to the top; False if none has."""
    stage = walk.stage
    session: Session = stage.session
    found = next((talk for talk in session.talks if talk.open and talk.open.nonce == nonce), None)
    if found is None:
        return False
    if found is not session.talks[-1]:
        walk.put_away()
    others = tuple(talk for talk in stage.session.talks if talk is not found)
    stage.pile((*others, found), resting=False)
    return True
