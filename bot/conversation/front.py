"""Questions of the program's own, in front of the talk's: which answer to change, and what becomes of a promise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import assert_never

from bot.coaching.check import TextCheck
from bot.conversation.answer_words import answer_words, question_words, summed_up
from bot.conversation.event import Questioned, Redrawn, Settled, Span, Words
from bot.conversation.offer import AGREE, ANSWER, CHANGE, KEEP, PAGE, REFUSE, Option, own_buttons
from bot.conversation.session import Answered, Doubt, Front, Listing, Open, Talk, Tips
from bot.conversation.stage import Stage
from bot.conversation.wording import line, plain, promise_line
from bot.dialogue.names import LABEL_MOST
from bot.followup.commitment import Commitment

PAGE_MOST = 8
"""Answers on one page of the list."""


def latest_answers(talk: Talk) -> tuple[int, ...]:
    """Where the answers stand in the trail that can be changed: of each question the latest, in order."""
    found = {step.frames: at for at, step in enumerate(talk.trail) if isinstance(step, Answered)}
    return tuple(sorted(found.values()))


def listing(stage: Stage) -> Listing:
    """The list of answers, at its last page."""
    return Listing(max(len(_listed(stage)) - 1, 0) // PAGE_MOST)


def doubt(stage: Stage, given: Answered, promise: str, becomes: Commitment | None, *, kept: bool) -> Doubt:
    """The question about a promise that the answer `given` would make another one, or (None) leave behind."""
    scene = stage.scene()
    before = next(one for one in stage.person.commitments if one.id == promise)
    values = {"before": promise_line(before, scene), "after": promise_line(becomes, scene) if becomes else ""}
    asked = line_of(stage, "promise_differs" if becomes else "promise_gone", values)
    return Doubt(given, promise, asked, becomes is None, kept, tuple(stage.decided.items()))


def ask(stage: Stage, front: Front) -> None:
    """Ask it, in front of the question where the talk stands."""
    opened = stage.talk.open
    if opened and opened.nonce != stage.session.turn:
        stage.happen(Settled(opened.nonce, ()))
    _hold(stage, stage.session.turn, front)
    stage.happen(Questioned(stage.session.turn, _asked(stage, front), own_buttons(stage.scene(), *_rows(stage, front))))


def turn_page(stage: Stage, page: int) -> None:
    """The open list shows another page, in place."""
    opened = stage.talk.open
    assert opened is not None  # noqa: S101  # a list is open
    front = Listing(page)
    _hold(stage, opened.nonce, front)
    stage.happen(Redrawn(opened.nonce, _asked(stage, front), own_buttons(stage.scene(), *_rows(stage, front))))


def settle(stage: Stage, front: Front, choice: str) -> None:
    """The open one is over, and shows what was chosen."""
    opened = stage.talk.open
    assert opened is not None  # noqa: S101  # it is open
    chosen = line(stage.book, "chosen", extra={"choice": choice})
    stage.happen(Settled(opened.nonce, (*_asked(stage, front), Span("\n\n"), *chosen)))
    stage.settled = opened.nonce
    stage.hold(stage.talk.asking(None))


def offered(stage: Stage, front: Front) -> tuple[Option, ...]:
    """What it offers, without what every question has."""
    return tuple(Option(key, label) for row in _rows(stage, front) for key, label in row)


def _hold(stage: Stage, nonce: int, front: Front) -> None:
    opened = stage.talk.open
    stage.hold(stage.talk.asking(Open(nonce, opened.picks if opened else (), front)))


def _asked(stage: Stage, front: Front) -> Words:
    match front:
        case Listing():
            return line(stage.book, "which_answer")
        case Doubt():
            return (Span(front.asked),)
        case Tips():
            return _advice(stage)
        case _:
            assert_never(front)


def _advice(stage: Stage) -> Words:
    """A kind word about what the person wrote, in the alternative that was said last, and the tips that it earned."""
    tips = _earned(stage)
    name = before_tips(stage)
    said = line(stage.book, name, (0, *stage.session.said.get(stage.book.lines[name].id, ()))[-1])
    mark = "• " if len(tips) > 1 else ""
    return (*said, *(Span(f"\n\n{mark}{one.tip}") for one in tips))


def before_tips(stage: Stage) -> str:
    """The line that goes before the tips."""
    return "before_stop" if any(one.stop for one in _earned(stage)) else "before_tips"


def _earned(stage: Stage) -> list[TextCheck]:
    """The text checks whose tips the draft earned, as far as the book has them."""
    names = stage.talk.draft.tips if stage.talk.draft else ()
    return [one for one in stage.newest.checks.entries if one.id in names]


def _rows(stage: Stage, front: Front) -> Iterator[list[tuple[str, str]]]:
    if isinstance(front, Tips):
        yield [(CHANGE, line_of(stage, "change_words")), (KEEP, line_of(stage, "keep_words"))]
        return
    if isinstance(front, Doubt):
        agree, refuse = ("drop_promise", "keep_promise") if front.gone else ("change_promise", "leave_promise")
        yield [(AGREE, line_of(stage, agree))]
        yield [(REFUSE, line_of(stage, refuse))]
        return
    answers = _listed(stage)
    # The last page is a full one: what was answered lately is what people look for.
    last = max(len(answers) - 1, 0) // PAGE_MOST
    page = min(front.page, last)
    end = len(answers) - (last - page) * PAGE_MOST
    yield from ([one] for one in answers[max(end - PAGE_MOST, 0) : end])
    earlier = [(f"{PAGE}{page - 1}", line_of(stage, "earlier"))] if page else []
    later = [(f"{PAGE}{page + 1}", line_of(stage, "later"))] if page < last else []
    if earlier or later:
        yield [*earlier, *later]


def _listed(stage: Stage) -> list[tuple[str, str]]:
    """Every answer that can be changed: its button's key and label.

    A question that was asked and answered the same again, in a talk that comes by it more than once, is listed once.
    """
    found: dict[tuple[str, str, str], str] = {}
    for at in latest_answers(stage.talk):
        step = stage.talk.trail[at]
        scene = stage.view(step.frames) if isinstance(step, Answered) else None
        if isinstance(step, Answered) and scene and scene.node and scene.node.ask:
            answer = answer_words(scene.node.ask, step.value, scene)
            label = summed_up(question_words(scene.node, scene), answer, LABEL_MOST)
            place = (step.frames[-1].dialogue, step.frames[-1].node, label)
            found.pop(place, None)
            found[place] = f"{ANSWER}{step.nonce:x}"
    return [(key, label) for (_, _, label), key in found.items()]


def line_of(stage: Stage, name: str, values: Mapping[str, str] | None = None) -> str:
    """One of the program's own lines, without style."""
    return plain(line(stage.book, name, extra=values))
