"""Tips: words that a text check fires on wait until the person says whether they stay as they are.

They count for nothing meanwhile, and are never lost: they are the talk's draft. What is kept counts as it was written,
what is changed is read again; no tip comes twice in one talk.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from bot.coaching.check import Tip, tips
from bot.conversation import again, front
from bot.conversation.event import Advised
from bot.conversation.offer import KEEP
from bot.conversation.person import Value
from bot.conversation.session import MOST_TIPPED, Answered, Draft, Tips
from bot.conversation.stage import Stage
from bot.conversation.walk import Walk
from bot.dialogue.ask import Ask, ManyAsk, OneAsk, TextAsk


def written(walk: Walk, text: str, value: Value, message: int | None) -> None:
    """The person's own words for the open question: they are its answer, or wait while tips are shown."""
    stage = walk.stage
    talk, ask = stage.talk, stage.question().ask
    assert ask is not None  # noqa: S101  # question() saw to it
    if talk.draft and talk.draft.given.value == value:
        kept(walk)
        return
    if talk.draft:
        _became("changed", talk.draft.tips, stage)
    given = Answered(talk.frames, ask.slot, value, stage.now, stage.settled, message)
    found = _due(ask, text, value, stage)
    if found or talk.draft:
        # If a promise is asked about first, these words are what the way back leads to.
        stage.hold(replace(talk, draft=Draft(given, tuple(one.id for one in found)), left=None))
    if found:
        _show(walk, found)
    else:
        again.taken(walk, given)


def _due(ask: Ask, text: str, value: Value, stage: Stage) -> tuple[Tip, ...]:
    """The tips that these words earn. One that says to stop comes alone.

    Checks know the language in which the book is written; whoever talks in another is left alone.
    """
    if not isinstance(ask, TextAsk | OneAsk | ManyAsk) or not ask.checks or not _own(ask, value):
        return ()
    book = stage.newest
    if book.locale != next(iter(book.languages), book.locale):
        return ()
    found = tips(book.checks, ask.checks, text, {*stage.talk.tipped, *ask.but_not})
    return found[:1] if found and found[0].stop else found


def _own(ask: TextAsk | OneAsk | ManyAsk, value: Value) -> bool:
    """Whether there are words of the person's own in it."""
    if isinstance(ask, TextAsk):
        return True
    offered = {choice.id for choice in ask.choices}
    return not offered.issuperset(value if isinstance(value, tuple) else (value,))


def _show(walk: Walk, found: tuple[Tip, ...]) -> None:
    stage, names = walk.stage, tuple(one.id for one in found)
    stage.hold(replace(stage.talk, tipped=(*stage.talk.tipped, *names)[-MOST_TIPPED:]))
    _became("given", names, stage)
    walk.voice.own(front.before_tips(stage))  # its alternatives take turns
    front.ask(stage, Tips())


def chosen(walk: Walk, key: str) -> None:
    """The person said under the tips whether their words stay; words to be changed are asked for again."""
    if key != KEEP or not kept(walk):
        walk.voice.ask(walk.voice.own("write_anew"))


def kept(walk: Walk) -> bool:
    """The words that wait count as they were written; False if there are none."""
    stage, draft = walk.stage, walk.stage.talk.draft
    if draft is None:
        return False
    if stage.talk.open:
        walk.voice.settle(front.line_of(stage, "keep_answer"))
    _became("kept", draft.tips, stage)
    again.taken(walk, replace(draft.given, nonce=stage.settled))
    return True


def _became(what: Literal["given", "kept", "changed"], names: tuple[str, ...], stage: Stage) -> None:
    for name in names:
        stage.happen(Advised(name, what))
