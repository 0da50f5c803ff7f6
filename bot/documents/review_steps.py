"""One node of a dialogue as rows: what is said, asked, kept and done there, and where each answer leads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never

from bot.dialogue.ask import Ask, Choice, ManyAsk, OneAsk, ScaleAsk, TextAsk
from bot.dialogue.condition import Condition
from bot.dialogue.graph_words import span
from bot.dialogue.slot import Slot
from bot.dialogue.tree import Book, Branch, Bubble, Call, Dialogue, End, Go, Keep, Node, Start
from bot.documents.review import Kind, Row, Run, told
from bot.documents.review_effects import effect_rows
from bot.documents.review_example import examples
from bot.documents.review_words import answer, condition, runs


@dataclass(frozen=True, slots=True)
class Places:
    """Where things stand: numbers and titles by anchor; `safe` are the anchors of what keeps people safe."""

    numbers: Mapping[str, str]
    titles: Mapping[str, str]
    safe: frozenset[str]

    def link(self, anchor: str) -> Run:
        """A link to a dialogue or a node, by its number and name."""
        return Run(f"{self.numbers[anchor]} {self.titles[anchor]}", "", anchor)


@dataclass(frozen=True, slots=True)
class Rows:
    """Writes the rows of a dialogue's nodes."""

    book: Book
    dialogue: Dialogue
    places: Places

    def node(self, node: Node) -> Iterator[Row]:
        """Everything in the node, in the order in which it happens."""
        above = f"{self.dialogue.id}.{node.id}"
        for bubble in node.say:
            yield from self._bubble(bubble, "coach")
        if node.hint:
            yield Row("hint", runs(node.hint), f"{above}.hint")
        if node.ask:
            yield from self._ask(node.ask, above)
        for keep in node.keeps:
            yield from self._keep(node, keep, f"{above}.keep.{keep.kind}")
        yield from effect_rows(node, above, self.places.link, self._slot)
        if node.call:
            yield from self._call(node.call)
        yield from self._ways(node)
        if node.timeout:
            after = f"If nobody answers within {span(node.timeout.minutes)}"
            yield self._way(node.timeout.to, f"{after}, it goes on at ")
        if node.note:
            yield told("remark", f"Remark: {node.note}")

    def _slot(self, name: str) -> Slot | None:
        return self.book.person.get(name) or self.book.pair.get(name) or self.dialogue.slots.get(name)

    def _when(self, before: str, when: Condition, after: str = ":") -> Row:
        return Row("when", (Run(f"{before} "), *condition(when, self._slot), Run(after)))

    def _bubble(self, bubble: Bubble, kind: Kind) -> Iterator[Row]:
        if bubble.when:
            yield self._when("Only if", bubble.when)
        if bubble.plural:
            yield told("when", "By the number of ", Run(bubble.plural.slot, "slot"), ":")
            for form, template in bubble.plural.forms.items():
                yield Row(kind, (Run(f"{form}: ", "italic"), *runs(template)), bubble.id)
            return
        several = len(bubble.alternatives) > 1
        if several:
            yield told("when", "One of these, by turns:")
            kind = "turn" if kind == "coach" else kind
        for at, template in enumerate(bubble.alternatives):
            yield Row(kind, runs(template), f"{bubble.id}.any.{at}" if several else bubble.id)

    def _ask(self, ask: Ask, above: str) -> Iterator[Row]:
        found = [Run(f"Answer: {answer(ask)}. Kept as "), Run(ask.slot, "slot"), Run(".")]
        if isinstance(ask, TextAsk | OneAsk | ManyAsk) and ask.checks:
            without = f", without {', '.join(ask.but_not)}" if ask.but_not else ""
            found.append(Run(f" Text checks listen: {', '.join(ask.checks)}{without}."))
        yield Row("ask", tuple(found))
        if isinstance(ask, OneAsk | ManyAsk):
            for choice in ask.choices:
                yield self._choice(choice, f"{above}.choice.{choice.id}")
        if isinstance(ask, ScaleAsk):
            for name, number, end in (("low", ask.least, ask.low), ("high", ask.most, ask.high)):
                if end:
                    yield Row("line", (Run(f"{number} means: "), *runs(end)), f"{above}.{name}")
        if ask.skip:
            yield Row("choice", runs(ask.skip), f"{above}.skip", (Run("skips the question"),))

    def _choice(self, choice: Choice, line: str) -> Row:
        after: list[Run] = []
        if choice.when:
            after += [Run("only offered if "), *condition(choice.when, self._slot), Run(" ")]
        if choice.to:
            after += [Run("→ "), self._node(choice.to)]
        return Row("choice", runs(choice.label), line, tuple(after), bool(choice.to) and self._is_safe(choice.to))

    def _keep(self, node: Node, keep: Keep, above: str) -> Iterator[Row]:
        yield Row("title", (Run("Keepsake: "), *runs(keep.title)), f"{above}.title")
        for part in keep.parts:
            yield from self._bubble(part, "kept")
        made = examples(self.book, self.dialogue, node, keep)
        for at, text in enumerate(made):
            yield told("when", "For example, with everything answered:" if not at else "With all left out that can be:")
            yield told("example", text)

    def _call(self, call: Call) -> Iterator[Row]:
        safe = call.dialogue in self.places.safe
        yield told("way", "Here comes ", self.places.link(call.dialogue), ", and then it goes on:", safe=safe)
        for before, pairs in (("Told to it: ", call.give), ("Told back: ", call.take)):
            if pairs:
                yield Row("does", (Run(before), *_pairs(pairs)))

    def _ways(self, node: Node) -> Iterator[Row]:
        match node.exit:
            case Go(branches):
                yield from self._branches(node, branches)
            case End(ending):
                yield told("way", "The dialogue ends here: ", Run(ending, "italic"), ".")
            case Start(dialogue):
                link = self.places.link(dialogue)
                yield told("way", "This talk ends, and it goes over to ", link, ".", safe=dialogue in self.places.safe)
            case _:
                assert_never(node.exit)

    def _branches(self, node: Node, branches: tuple[Branch, ...]) -> Iterator[Row]:
        own = isinstance(node.ask, OneAsk) and any(choice.to for choice in node.ask.choices)
        if own and _all_lead(node.ask):
            return
        if own:
            yield told("when", "With any other answer:")
        for branch in branches:
            if branch.when:
                said = (Run("If "), *condition(branch.when, self._slot), Run(" → "), self._node(branch.to))
                yield Row("way", said, safe=self._is_safe(branch.to))
            else:
                yield self._way(branch.to, "Otherwise → " if len(branches) > 1 else "→ ")

    def _way(self, to: str, before: str) -> Row:
        return told("way", before, self._node(to), safe=self._is_safe(to))

    def _node(self, node: str) -> Run:
        return self.places.link(f"{self.dialogue.id}.{node}")

    def _is_safe(self, node: str) -> bool:
        return f"{self.dialogue.id}.{node}" in self.places.safe


def _all_lead(ask: Ask | None) -> bool:
    """Whether no answer is left that would take the node's own way."""
    return isinstance(ask, OneAsk) and not ask.other and not ask.skip and all(choice.to for choice in ask.choices)


def _pairs(pairs: Mapping[str, str]) -> Iterator[Run]:
    for at, (ours, theirs) in enumerate(pairs.items()):
        yield from [Run(", ")] if at else []
        yield from (Run(ours, "slot"), Run(" from "), Run(theirs, "slot"))
