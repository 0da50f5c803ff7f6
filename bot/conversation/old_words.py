"""What is said on old ground: nothing twice, and plainly what became of the answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from bot.conversation.accepting import accept
from bot.conversation.answer_words import clipped, question_words
from bot.conversation.applying import applies
from bot.conversation.event import Event, Kept, Questioned, Span, Spoke, Words
from bot.conversation.person import Person
from bot.conversation.session import Ahead, Answered
from bot.conversation.stage import LostError, Stage
from bot.conversation.walk import Walk
from bot.conversation.wording import joined, line, plain

QUESTION_MOST, QUESTIONS_MOST = 60, 4
"""Characters of a question where several are named, and how many are."""


def said_then(stage: Stage, earlier: Answered) -> frozenset[Words]:
    """What the coach says to the answer that was given before: nobody needs to read it again."""
    beside = stage.beside()
    try:
        accept(Walk(beside), earlier)
    except LostError:
        return frozenset()
    return frozenset(event.words for event in beside.events if isinstance(event, Spoke))


def quieted(
    events: list[Event], cuts: list[int], person: Person, known: frozenset[Words] = frozenset(), *, loud: bool = False
) -> list[Event]:
    """The events with what is said on old ground left out. At each of `cuts` an answer was taken.

    What follows the first answer is new but for what is `known`; what follows the last is said if that is `loud`, and
    its question stays. Keepsakes are shown in their last form, and only if `person` doesn't hold it already.
    """
    found = events[: cuts[0]]
    last = len(cuts) - 1
    for number, (begin, end) in enumerate(pairwise([*cuts, len(events)])):
        for event in events[begin:end]:
            fresh = (number == last and loud) or (number == 0 and number != last)
            spoken = isinstance(event, Spoke) and (not fresh or (number != last and event.words in known))
            if not spoken and not (isinstance(event, Questioned) and number != last):
                found.append(event)
    return _once(found, person)


def _once(events: list[Event], person: Person) -> list[Event]:
    latest = {event.keepsake.id: event for event in events if isinstance(event, Kept)}
    held = {(one.id, one.title, one.text) for one in person.keepsakes}
    return [
        event
        for event in events
        if not isinstance(event, Kept)
        or (
            latest[event.keepsake.id] is event
            and (event.keepsake.id, event.keepsake.title, event.keepsake.text) not in held
        )
    ]


def news(stage: Stage, before: Ahead, given: Answered, passed: list[Answered], taken: int) -> Words:
    """What became of the answers that lay ahead before `given` was answered; nothing where there were none."""
    earlier = before.answer(given.frames)
    others = any(one is not earlier for one in before.answers)
    if not (others or taken) or not (before.whole or taken or passed):
        return ()
    lines = [line(stage.book, name) for name in _lines(stage, before, given, passed, taken)]
    lines += _named(stage, "not_needed", passed)
    lines += _named(stage, "open_later", _open_later(stage))
    return tuple(span for number, one in enumerate(lines) for span in ((Span(" "),) * bool(number) + one))


def _lines(stage: Stage, before: Ahead, given: Answered, passed: list[Answered], taken: int) -> Iterator[str]:
    ahead, earlier = stage.talk.ahead, before.answer(given.frames)
    same = earlier is not None and earlier.value == given.value
    if before.whole and same and ahead is None and not passed:
        yield "answers_stay"
        return
    if before.whole and not same:
        yield "changed"
    if taken or (ahead and any(ahead.answers)):
        yield "others_stay"
    if ahead:
        yield "opens_again" if ahead.answer(stage.talk.frames) else "opens_new"


def _open_later(stage: Stage) -> Iterator[Answered]:
    """Answers ahead of which can be seen from here that their questions would not take them any more."""
    talk = stage.talk
    ahead = talk.ahead
    for one in ahead.answers if ahead else ():
        frame = one.frames[-1].id
        held = {other.slot: other.value for other in (ahead.answers if ahead else ()) if other.frames[-1].id == frame}
        scene = stage.view(one.frames, held)
        if one.frames != talk.frames and any(frame == here.id for here in talk.frames) and scene:
            ask = scene.node.ask if scene.node else None
            if ask and not applies(one, ask, scene):
                yield one


def _named(stage: Stage, name: str, answers: Iterable[Answered]) -> list[Words]:
    """The line that names the questions of these answers; none for none."""
    scenes = [stage.view(one.frames) for one in answers]
    asked = [clipped(question_words(one.node, one), QUESTION_MOST) for one in scenes if one and one.node]
    quoted = [plain(line(stage.book, "quoted", extra={"words": one})) for one in dict.fromkeys(asked)]
    if not quoted:
        return []
    shown = [*quoted[:QUESTIONS_MOST], "…"] if len(quoted) > QUESTIONS_MOST else quoted
    return [line(stage.book, name, extra={"questions": joined(shown, stage.book)})]
