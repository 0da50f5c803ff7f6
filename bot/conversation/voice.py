"""The voice: what the coach says and asks where the turn stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.conversation.event import Questioned, Redrawn, Settled, Span, Spoke, Words
from bot.conversation.offer import buttons
from bot.conversation.scene import Scene
from bot.conversation.session import Open
from bot.conversation.stage import Stage
from bot.conversation.wording import line, plain, words
from bot.dialogue.ask import ManyAsk, OneAsk, ScaleAsk
from bot.dialogue.condition import holds
from bot.dialogue.tree import Bubble, Node


class Voice:
    """Speaks and asks on a stage: every word becomes an event there, every question is held open there."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def template(self, bubble: Bubble) -> Words:
        """The bubble's words; alternatives take turns."""
        stage = self._stage
        only = bubble.alternatives[0]
        if len(bubble.alternatives) == 1 and only.fixed is not None:
            return only.fixed
        scene = stage.scene(stage.node())
        if len(bubble.alternatives) == 1:
            return words(only, scene)
        return words(bubble.alternatives[self._said_before(bubble) % len(bubble.alternatives)], scene)

    def speak(self, bubble: Bubble) -> None:
        """Say the bubble, if its condition holds and there is anything to say."""
        if holds(bubble.when, self._stage.scene(self._stage.node()) if bubble.when else {}):
            said = self.template(bubble)
            if plain(said).strip():
                self._stage.happen(Spoke(said))

    def own(self, name: str, values: Mapping[str, str] | None = None) -> Words:
        """One of the program's own lines; alternatives take turns."""
        bubble = self._stage.book.lines[name]
        if len(bubble.alternatives) == 1:
            return line(self._stage.book, name, 0, values)
        return line(self._stage.book, name, self._said_before(bubble), values)

    def _said_before(self, bubble: Bubble) -> int:
        """How often the bubble was said before; from now on once more."""
        session = self._stage.session
        said = session.said.get(bubble.id, 0)
        self._stage.session = replace(session, said={**session.said, bubble.id: said + 1})
        return said

    def tell(self, name: str, values: Mapping[str, str] | None = None) -> None:
        """Say one of the program's own lines."""
        self._stage.happen(Spoke(self.own(name, values)))

    def ask(self, note: Words = (), picks: tuple[str, ...] = ()) -> None:
        """Ask the question where the talk stands, under a new nonce; `note` goes before it in the same bubble.

        `picks` are picked already; a question that was open keeps its own.
        """
        stage = self._stage
        node = stage.question()
        if stage.talk.open:
            stage.happen(Settled(stage.talk.open.nonce, ()))
            picks = stage.talk.open.picks
        stage.hold(stage.talk.asking(Open(stage.session.turn, picks)))
        shown = self.asked(node, count=True)
        first = (*note, Span("\n\n")) if note else ()
        assert node.ask is not None  # noqa: S101  # question() saw to it
        stage.happen(Questioned(stage.session.turn, (*first, *shown), buttons(node.ask, stage.scene(node), picks)))

    def asked(self, node: Node, *, count: bool) -> Words:
        """The question's words: progress, the last bubble that holds, the hint. `count` moves alternatives on."""
        scene = self._stage.scene(node)
        found: list[Span] = []
        if node.step:
            values = {"step": str(node.step), "steps": str(scene.dialogue.steps)}
            found += [Span(span.text, "italic") for span in self.own("progress", values)]
            found.append(Span("\n"))
        bubble = node.say[-1]
        if count or len(bubble.alternatives) == 1:
            found += self.template(bubble)
        else:
            said = max(self._stage.session.said.get(bubble.id, 0) - 1, 0)
            found += words(bubble.alternatives[said % len(bubble.alternatives)], scene)
        if isinstance(node.ask, OneAsk | ManyAsk) and node.ask.other and not node.hint:
            found += [Span("\n\n"), *(Span(span.text, "italic") for span in self.own("other_words"))]
        if isinstance(node.ask, ScaleAsk) and (node.ask.low or node.ask.high):
            found += [Span("\n\n"), *self._ends(node.ask, scene)]
        if node.hint:
            found += [Span("\n\n"), *(Span(span.text, "italic") for span in words(node.hint, scene))]
        return tuple(found)

    def _ends(self, ask: ScaleAsk, scene: Scene) -> Words:
        """What the ends of the scale mean, on one line."""
        ends = ((ask.least, ask.low), (ask.most, ask.high))
        said = [f"{number} = {plain(words(meaning, scene))}" for number, meaning in ends if meaning]
        return (Span(", ".join(said), "italic"),)

    def redraw(self, picks: tuple[str, ...]) -> None:
        """The open question shows other picks, in place."""
        stage = self._stage
        node = stage.question()
        opened = stage.talk.open
        if opened is None or node.ask is None:
            return
        stage.hold(stage.talk.asking(Open(opened.nonce, picks)))
        stage.happen(Redrawn(opened.nonce, self.asked(node, count=False), buttons(node.ask, stage.scene(node), picks)))

    def settle(self, choice: str = "") -> None:
        """The open question loses its buttons; with `choice` its bubble shows what was chosen."""
        stage = self._stage
        opened = stage.talk.open
        if opened is None:
            return
        shown: Words = ()
        if choice:
            chosen = self.own("chosen", {"choice": choice})
            shown = (*self.asked(stage.question(), count=False), Span("\n\n"), *chosen)
        stage.happen(Settled(opened.nonce, shown))
        stage.settled = opened.nonce
        stage.hold(stage.talk.asking(None))
