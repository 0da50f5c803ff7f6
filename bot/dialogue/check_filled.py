"""Whether slots hold something where they are shown: on every way that leads there, not only on the author's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.dialogue.condition import Condition, holds, names
from bot.dialogue.effect import Commit
from bot.dialogue.filled import Filled, Filling
from bot.dialogue.finding import Finding
from bot.dialogue.knowing import answered_where
from bot.dialogue.origin import Origin
from bot.dialogue.sites import Path, bubbles, conditions, parts, placed, texts
from bot.dialogue.slot import Slot
from bot.dialogue.template import Span, Template
from bot.dialogue.tree import Book, Bubble, Dialogue, Keep, Node
from bot.dialogue.worlds import worlds


def filled_findings(book: Book, dialogue: Dialogue, origin: Origin, filled: Filled) -> Iterator[Finding]:
    """Findings about slots that are looked at too early, and about keepsakes in which nothing may stand."""
    slots = {**dialogue.slots, **book.pair, **book.person}
    for node in dialogue.nodes.values():
        before = filled.before.get((dialogue.id, node.id))
        if before is not None:
            yield from _Here(dialogue.id, node, slots, origin, filled).findings(before)


@dataclass(frozen=True, slots=True)
class _Here:
    """One node of one dialogue, with what is known there."""

    dialogue: str
    node: Node
    slots: Mapping[str, Slot]
    origin: Origin
    filled: Filled

    def findings(self, before: Filling) -> Iterator[Finding]:
        after = self.filled.answered(self.dialogue, self.node, before)
        for one in texts(self.node):
            if one.use != "set":
                known = after if one.use == "kept" else before
                yield from self._shown(one.template, one.path, self._under(one.when, known))
        for bubble, path in bubbles(self.node):
            if bubble.plural:
                known = after if "keep" in path else before
                yield from self._used(bubble.plural.slot, (*path, "count"), self._under(bubble.when, known))
        for condition, path, early in conditions(self.node):
            for name in sorted(names(condition)):
                yield from self._never(name, path, before if early else self._leaving(after))
        for keep in self.node.keeps:
            yield from self._kept(keep, after)
        yield from self._effects(after)

    def _under(self, condition: Condition | None, known: Filling) -> Filling:
        if condition is None:
            return known
        return known.gained(self.filled.bits.of(self.dialogue, answered_where(condition, held=True)))

    def _leaving(self, after: Filling) -> Filling:
        done = self.filled.done(self.dialogue, self.node.effects, after)
        return done.gained(self.filled.bits.of(self.dialogue, self.node.call.take)) if self.node.call else done

    def _effects(self, known: Filling) -> Iterator[Finding]:
        by_path = {one.path[:4]: one for one in texts(self.node) if one.use == "set"}
        for number, effect in enumerate(self.node.effects):
            path: Path = ("nodes", self.node.id, "do", number)
            if path in by_path:
                one = by_path[path]
                yield from self._shown(one.template, one.path, self._under(one.when, known))
            if isinstance(effect, Commit):
                yield from self._used(effect.days, (*path, "commit", "days"), known)
                yield from self._used(effect.time, (*path, "commit", "time"), known)
            known = self.filled.done(self.dialogue, (effect,), known)
        for theirs, mine in self.node.call.give.items() if self.node.call else ():
            yield from self._never(mine, ("nodes", self.node.id, "call", "with", theirs), known)

    def _shown(self, template: Template, path: Path, known: Filling) -> Iterator[Finding]:
        for slot in dict.fromkeys(hole.slot for hole in template.holes):
            yield from self._used(slot, path, known)

    def _used(self, name: str, path: Path, known: Filling) -> Iterator[Finding]:
        bit = self.filled.bits.of(self.dialogue, (name,))
        if not bit & ~known.sure or self.slots[name].default:
            return
        if bit & known.may:
            message = f'"{name}" may be empty here; put it under "if: answered {name}", or give it a default'
            yield Finding(placed(self.origin, path), "RT325", message, "warning")
        else:
            message = f'nothing fills "{name}" before this; ask for it first, or hand it in with a call'
            yield Finding(placed(self.origin, path), "RT324", message)

    def _never(self, name: str, path: Path, known: Filling) -> Iterator[Finding]:
        bit = self.filled.bits.of(self.dialogue, (name,))
        if bit & ~known.may and not self.slots[name].default:
            message = f'nothing fills "{name}" before this, so it is always empty here; ask for it first'
            yield Finding(placed(self.origin, path), "RT329", message, "warning")

    def _kept(self, keep: Keep, known: Filling) -> Iterator[Finding]:
        """A keepsake needs one part that surely holds words, or several of which one always stands there."""
        sound = [part for _, _, part in parts(self.node, keep) if self._holds_words(part, known)]
        if all(part.when for part in sound) and not self._covered([part.when for part in sound], known):
            message = f'nothing may stand in the keepsake "{keep.kind}"; give it a part that is always there'
            yield Finding(self.origin.key("nodes", self.node.id, "keep", keep.kind), "RT328", message, "warning")

    def _holds_words(self, part: Bubble, known: Filling) -> bool:
        here = self._under(part.when, known)
        return all(self._says(template, here) for template in part.templates)

    def _says(self, template: Template, known: Filling) -> bool:
        if any(isinstance(span, Span) and span.text.strip() for span in template.parts):
            return True
        held = {hole.slot for hole in template.holes}
        defaulted = any(one in self.slots and self.slots[one].default for one in held)
        return defaulted or bool(known.sure & self.filled.bits.of(self.dialogue, held)) or "title" in held

    def _covered(self, parts_when: list[Condition | None], known: Filling) -> bool:
        looked = frozenset().union(*(names(one) for one in parts_when))
        sure = self.filled.names(self.dialogue, looked, known)
        tried = worlds(parts_when, self.slots, sure) if parts_when else None
        return tried is not None and all(any(holds(one, world) for one in parts_when) for world in tried)
