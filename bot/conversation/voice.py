"""The voice: what the coach says and asks where the turn stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.conversation.answer_words import answer_words
from bot.conversation.event import Button, Questioned, Redrawn, Settled, Span, Spoke, Words
from bot.conversation.offer import Option, buttons, options
from bot.conversation.scene import Scene
from bot.conversation.session import Answered, Open
from bot.conversation.stage import Stage
from bot.conversation.still import GAP, LINE, Still, closing, opening, still
from bot.conversation.wording import counted_form, line, plain, words
from bot.dialogue.ask import Ask
from bot.dialogue.condition import holds
from bot.dialogue.tree import Bubble, Dialogue, Node


class Voice:
    """Speaks and asks on a stage: every word becomes an event there, every question is held open there.

    `before` goes in front of whatever is said next, in the same bubble.
    """

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self.before: Words = ()

    def template(self, bubble: Bubble, *, count: bool = True) -> Words:
        """The bubble's words; alternatives take turns, and of the forms for a number the fitting one is said.

        Without `count` it is the alternative that was said last.
        """
        stage = self._stage
        only = bubble.alternatives[0]
        if bubble.plural is None and len(bubble.alternatives) == 1 and only.fixed is not None:
            return only.fixed
        scene = stage.scene(stage.node())
        if not count or len(bubble.alternatives) == 1:
            latest = (0, *stage.session.said.get(bubble.id, ()))[-1]
            return _words(bubble, latest % len(bubble.alternatives), scene)
        return _words(bubble, self._next(bubble), scene)

    def speak(self, bubble: Bubble) -> None:
        """Say the bubble, if its condition holds and there is anything to say."""
        if holds(bubble.when, self._stage.scene(self._stage.node()) if bubble.when else {}):
            said = self.template(bubble)
            if plain(said).strip():
                self._stage.happen(Spoke(self._begun(said)))

    def _begun(self, said: Words) -> Words:
        before, self.before = self.before, ()
        return (*before, GAP, *said) if before else said

    def own(self, name: str, values: Mapping[str, str] | None = None) -> Words:
        """One of the program's own lines; alternatives take turns."""
        bubble = self._stage.book.lines[name]
        if len(bubble.alternatives) == 1:
            return line(self._stage.book, name, 0, values)
        return line(self._stage.book, name, self._next(bubble), values)

    def _next(self, bubble: Bubble) -> int:
        """The alternative that was never said, or else not for the longest; from now on the latest."""
        session = self._stage.session
        # An edit may have taken some away.
        said = [one for one in session.said.get(bubble.id, ()) if one < len(bubble.alternatives)]
        found = next((one for one in range(len(bubble.alternatives)) if one not in said), said[0] if said else 0)
        order = (*(one for one in said if one != found), found)
        self._stage.session = replace(session, said={**session.said, bubble.id: order})
        return found

    def tell(self, name: str, values: Mapping[str, str] | None = None) -> None:
        """Say one of the program's own lines."""
        self._stage.happen(Spoke(self.own(name, values)))

    def ask(self, note: Words = (), picks: tuple[str, ...] = ()) -> None:
        """Ask the question where the talk stands, under a new nonce; `note` goes before it in the same bubble.

        `picks` are picked already; a question that was open keeps its own. To who went back it shows their answer.
        """
        stage = self._stage
        node = stage.question()
        assert node.ask is not None  # noqa: S101  # question() saw to it
        earlier = self._earlier()
        if earlier:
            until_now = self._until_now(node, node.ask, earlier)
            note = (*note, GAP, *until_now) if note else until_now
            picks = picks or (earlier.value if isinstance(earlier.value, tuple) else ())
        if stage.talk.open:
            stage.happen(Settled(stage.talk.open.nonce, ()))
            picks = stage.talk.open.picks
        stage.hold(stage.talk.asking(Open(stage.session.turn, picks)))
        said = self.asked(node, node.ask, count=True)
        if note:
            said = (*note, GAP, *said)
        said = self._begun(said)
        stage.happen(Questioned(stage.session.turn, said, self._buttons(node, node.ask, picks)))

    def _until_now(self, node: Node, ask: Ask, earlier: Answered) -> Words:
        """That answer; words that are to be changed stand by themselves, as whoever copies them needs them."""
        shown = answer_words(ask, earlier.value, self._stage.scene(node))
        if self._stage.talk.draft:
            return (*self.own("your_words"), LINE, Span(shown, "quote"))
        return self.own("until_now", {"answer": shown})

    def _earlier(self) -> Answered | None:
        """The answer that this question had before the person went back, or that waits for their word."""
        talk = self._stage.talk
        if talk.draft:
            return talk.draft.given
        return talk.ahead.answer(talk.frames) if talk.ahead else None

    def _buttons(self, node: Node, ask: Ask, picks: tuple[str, ...]) -> tuple[Button, ...]:
        alike = self._still(node, ask).buttons
        kept = self._earlier() is not None
        if alike is None or picks or kept:
            return buttons(ask, self._stage.scene(node), picks, kept=kept)
        return alike

    def offered(self, node: Node, ask: Ask) -> tuple[Option, ...]:
        """What the question offers as it stands now."""
        alike = self._still(node, ask).options
        return options(ask, self._stage.scene(node)) if alike is None else alike

    def asked(self, node: Node, ask: Ask, *, count: bool) -> Words:
        """The question's words: progress, the last bubble that holds, the hint. `count` moves alternatives on."""
        alike = self._still(node, ask)
        before, after = alike.opening, alike.closing
        if before is None:
            before = opening(node, self._dialogue(), self.own)
        said = self.template(node.say[-1], count=count)
        if after is None:
            after = closing(node, ask, self._stage.scene(node), self.own)
        return (*before, *said, *after)

    def _still(self, node: Node, ask: Ask) -> Still:
        return still(self._stage.book, self._dialogue(), node, ask)

    def _dialogue(self) -> Dialogue:
        return self._stage.dialogue(self._stage.talk.frames[-1].dialogue)

    def redraw(self, picks: tuple[str, ...]) -> None:
        """The open question shows other picks, in place."""
        stage = self._stage
        node = stage.question()
        opened = stage.talk.open
        if opened is None or node.ask is None:
            return
        stage.hold(stage.talk.asking(Open(opened.nonce, picks)))
        said = self.asked(node, node.ask, count=False)
        stage.happen(Redrawn(opened.nonce, said, self._buttons(node, node.ask, picks)))

    def settle(self, choice: str = "") -> None:
        """The open question loses its buttons; with `choice` its bubble shows what was chosen."""
        stage = self._stage
        opened = stage.talk.open
        if opened is None:
            return
        shown: Words = ()
        if choice:
            node = stage.question()
            assert node.ask is not None  # noqa: S101  # question() saw to it
            chosen = self.own("chosen", {"choice": choice})
            shown = (*self.asked(node, node.ask, count=False), GAP, *chosen)
        stage.happen(Settled(opened.nonce, shown))
        stage.settled = opened.nonce
        stage.hold(stage.talk.asking(None))


def _words(bubble: Bubble, alternative: int, scene: Scene) -> Words:
    if bubble.plural is None:
        return words(bubble.alternatives[alternative], scene)
    form, number = counted_form(bubble.plural, scene.get(bubble.plural.slot), scene.book)
    return words(form, scene, {"count": number})
