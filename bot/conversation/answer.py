"""Answers: what a tap or a text means for the open question, and the way back."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import again, choosing, tipping
from bot.conversation.calendar_words import day_ahead
from bot.conversation.change import choice_today
from bot.conversation.event import Button
from bot.conversation.matching import exactly
from bot.conversation.noticing import noticed
from bot.conversation.offer import BACK, DONE, EVERY_DAY, KEEP, NOT_NOW, OTHER, PAGE, SKIP, Option, buttons, options
from bot.conversation.person import Value
from bot.conversation.reading import Misread, elsewhere, fits, read
from bot.conversation.scene import rhythm
from bot.conversation.session import Answered, Open, Session, Tips
from bot.conversation.walk import Walk
from bot.conversation.wording import display, line, plain, words
from bot.dialogue.ask import Ask, DateAsk, DaysAsk, ManyAsk, NumberAsk, OneAsk, PickAsk, ScaleAsk
from bot.dialogue.slot import Slot
from bot.followup.commitment import WEEKDAYS


def written(walk: Walk, text: str, message: int | None) -> None:
    """Text for the open question: the answer it is, or a kind word and the question again."""
    ask = walk.stage.question().ask
    assert ask is not None  # noqa: S101  # question() saw to it
    on_buttons = exactly(text, _beside(walk, ask))
    if on_buttons and tapped(walk, on_buttons.key):
        return
    opened = walk.stage.talk.open
    if opened and opened.front and choosing.named(walk, opened.front, text):
        return
    value = _reads(walk, text)
    if isinstance(value, Misread):
        walk.voice.ask(walk.voice.own(value.line, value.values))
        return
    walk.voice.settle()
    tipping.written(walk, text, value, message)


def _beside(walk: Walk, ask: Ask) -> tuple[Option, ...]:
    """The buttons beside the answers, whose words can be typed as well."""
    book = walk.stage.book
    own = tuple(
        Option(key, plain(line(book, name)))
        for key, name in ((BACK, "back"), (NOT_NOW, "not_now"), (KEEP, "keep_answer"))
    )
    turned = tuple(Option(one.key, one.label) for one in _shown(walk, ask) if one.key.startswith(PAGE))
    return (*((Option(SKIP, _label(walk, ask)),) if ask.skip else ()), *turned, *own)


def _shown(walk: Walk, ask: Ask) -> tuple[Button, ...]:
    """The buttons of a question that has pages, as they stand now."""
    opened = walk.stage.talk.open
    paged = isinstance(ask, PickAsk) and ask.source == "countries" and opened
    return buttons(ask, walk.stage.scene(walk.stage.node()), opened.picks) if paged and opened else ()


def tapped(walk: Walk, key: str) -> bool:
    """A tap under the open question; False if there is no such button."""
    if key == BACK:
        back(walk)
        return True
    if key == NOT_NOW:
        pause(walk)
        return True
    opened = walk.stage.talk.open
    if opened and opened.front and not (key == SKIP and isinstance(opened.front, Tips)):
        return choosing.chosen(walk, opened.front, key)
    return tipping.kept(walk) or again.kept(walk) if key == KEEP else _answered(walk, key)


def _answered(walk: Walk, key: str) -> bool:  # one return a kind of button
    node = walk.stage.question()
    ask = node.ask
    assert ask is not None  # noqa: S101  # question() saw to it
    if key == SKIP and ask.skip:
        walk.voice.settle(display(_label(walk, ask), None, walk.stage.book))
        again.answered(walk, "")
        return True
    if isinstance(ask, OneAsk | ManyAsk):
        key = choice_today(key, ask.choices) or key
    if isinstance(ask, ManyAsk | DaysAsk):
        return _picked(walk, ask, key)
    option = next((one for one in walk.voice.offered(node, ask) if one.key == key), None)
    if option is None and key.startswith(PAGE) and isinstance(ask, PickAsk):
        walk.voice.redraw((key,))
        return True
    if option is None and key == OTHER and isinstance(ask, PickAsk) and ask.source == "zones":
        walk.voice.settle(walk.voice.own("somewhere_else")[0].text)
        again.answered(walk, elsewhere(ask, walk.stage.scene(node)))
        return True
    if option is None:
        return False
    walk.voice.settle(option.label)
    named = isinstance(ask, PickAsk) and ask.source == "pairs"
    again.answered(walk, option.label if named else _value(walk, ask, key))
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
    again.answered(walk, value)
    return True


def back(walk: Walk) -> None:
    """To the question before this one; from the first, to the talk below, or nowhere."""
    stage = walk.stage
    talk = stage.talk
    if talk.open and talk.open.front:
        walk.voice.ask(walk.voice.own("undone" if isinstance(talk.open.front, Tips) else "answers_stay"))
    elif talk.last_answer >= 0:
        again.return_to(walk, talk.last_answer, "undone")
    elif talk.left and not any(one.frames[0].dialogue == talk.left.frames[0].dialogue for one in stage.session.talks):
        walk.voice.settle()
        stage.hold(talk.left)
        again.return_to(walk, talk.left.last_answer, "undone")
    elif talk.returns and len(stage.session.talks) > 1 and (not (talk.ahead or talk.draft) or stage.aside(talk)):
        walk.voice.settle()
        stage.drop()
        walk.resume()
    else:
        walk.voice.ask(walk.voice.own("start_of_talk"))


def pause(walk: Walk) -> None:
    """Put everything aside; the place is kept. From an aside, back to the talk that it came between."""
    stage = walk.stage
    noticed(stage, stage.talk.commitment if stage.session.talk else "")
    if walk.put_away():
        walk.resume()
        return
    if stage.session.talks and not stage.session.resting:
        walk.voice.settle()
    stage.session = replace(stage.session, resting=bool(stage.session.talks))
    walk.voice.tell("paused" if stage.session.talks else "finished")


def edited(walk: Walk, text: str, message: int) -> bool:
    """An answer of this talk written anew: it counts as if the person had gone back to it; False if there is none."""
    stage = walk.stage
    draft = stage.talk.draft
    if draft and draft.given.message == message:
        same = _reads(walk, text) == draft.given.value
        if not same:
            walk.voice.settle()
            written(walk, text, message)
        return not same
    trail = stage.talk.trail
    answers = (at for at, step in enumerate(trail) if isinstance(step, Answered) and step.message == message)
    at = max(answers, default=-1)
    step = trail[at] if at >= 0 else None
    if not isinstance(step, Answered):
        return False
    before, back = stage.session, stage.talk.gone_back(at)
    stage.hold(back)
    same = _reads(walk, text) == step.value
    stage.session = before
    if not same:
        walk.voice.settle()
        stage.hold(replace(back, open=Open(step.nonce)))
        written(walk, text, message)
    return not same


def _reads(walk: Walk, text: str) -> Value | Misread:
    """What the text would be for the question where the talk stands."""
    node = walk.stage.question()
    assert node.ask is not None  # noqa: S101  # question() saw to it
    return read(node.ask, text, walk.stage.scene(node))


def bring_up(walk: Walk, nonce: int) -> bool:
    """The talk whose open question has this nonce comes to the top; False if none has."""
    stage = walk.stage
    session: Session = stage.session
    top = session.talk
    if top and top.open and top.open.nonce == nonce:
        return True
    found = next((talk for talk in session.talks if talk.open and talk.open.nonce == nonce), None)
    if found is None:
        return False
    if found is not session.talks[-1]:
        walk.put_away()
    others = tuple(talk for talk in stage.session.talks if talk is not found)
    stage.pile((*others, found), resting=False)
    return True
