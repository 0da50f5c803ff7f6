"""Whether texts show what exists and fit where they are shown: placeholders, labels, lengths."""

from __future__ import annotations

from collections.abc import Iterator

from bot.dialogue import tree
from bot.dialogue.ask import ManyAsk, OneAsk
from bot.dialogue.effect import Commit, SetSlot
from bot.dialogue.finding import Finding, Place, suggestion
from bot.dialogue.names import LABEL_MOST, TEXT_NAMES
from bot.dialogue.origin import Origin
from bot.dialogue.template import Template

BUBBLE_MOST = 3500
"""Characters of one authored bubble: room for what people's words add before Telegram's 4,096."""


def word_findings(book: tree.Book, dialogue: tree.Dialogue, origin: Origin) -> Iterator[Finding]:
    """Findings about texts."""
    known = TEXT_NAMES | book.person.keys() | dialogue.slots.keys()
    for node in dialogue.nodes.values():
        if node.ask and not node.say:
            place = origin.key("nodes", node.id, "ask")
            yield Finding(place, "RT309", f'"{node.id}" asks without saying what; add "say: …"')
        if node.ask and node.say and node.say[-1].when is not None:
            place = origin.place("nodes", node.id, "say", len(node.say) - 1)
            yield Finding(place, "RT309", 'the last bubble is the question itself: it can\'t stand under "if"')
        for template, place in _texts(node, origin):
            for hole in template.holes:
                if hole.slot not in known:
                    hint = suggestion(hole.slot, known)
                    yield Finding(place, "RT303", f'no slot "{hole.slot}" is known here{hint}')
            if len(template.plain) > BUBBLE_MOST:
                yield Finding(place, "RT308", f"this text has {len(template.plain)} characters; at most {BUBBLE_MOST}")
        yield from _labels(node, origin)


def _texts(node: tree.Node, origin: Origin) -> Iterator[tuple[Template, Place]]:
    at = ("nodes", node.id)
    for number, bubble in enumerate(node.say):
        yield from _alternatives(bubble, origin, *at, "say", number)
    if node.hint:
        yield node.hint, origin.place(*at, "hint")
    for keep in node.keeps:
        yield keep.title, origin.place(*at, "keep", keep.kind, "title")
        for number, part in enumerate(keep.parts):
            yield from _alternatives(part, origin, *at, "keep", keep.kind, "text", number)
    yield from _all_labels(node, origin)
    yield from _effect_texts(node, origin)


def _effect_texts(node: tree.Node, origin: Origin) -> Iterator[tuple[Template, Place]]:
    at = ("nodes", node.id)
    for number, effect in enumerate(node.effects):
        if isinstance(effect, SetSlot):
            yield effect.value, origin.place(*at, "do", number, "set", effect.slot)
        elif isinstance(effect, Commit):
            yield effect.what, origin.place(*at, "do", number, "commit", "what")


def _alternatives(bubble: tree.Bubble, origin: Origin, *at: int | str) -> Iterator[tuple[Template, Place]]:
    for number, template in enumerate(bubble.alternatives):
        several = len(bubble.alternatives) > 1
        yield template, origin.place(*at, "any", number) if several else origin.place(*at, "say")


def _all_labels(node: tree.Node, origin: Origin) -> Iterator[tuple[Template, Place]]:
    at = ("nodes", node.id, "ask")
    if isinstance(node.ask, OneAsk | ManyAsk):
        for choice in node.ask.choices:
            yield choice.label, origin.place(*at, "choices", choice.id, "label")
    if node.ask and node.ask.skip:
        yield node.ask.skip, origin.place(*at, "skip")


def _labels(node: tree.Node, origin: Origin) -> Iterator[Finding]:
    seen: dict[str, Place] = {}
    for label, place in _all_labels(node, origin):
        text = label.plain
        if not label.holes and len(text) > LABEL_MOST:
            yield Finding(place, "RT308", f"this label has {len(text)} characters; a phone shows {LABEL_MOST}")
        if text.casefold() in seen:
            yield Finding(
                place, "RT308", f'"{text}" stands twice under one question, first in line {seen[text.casefold()].line}'
            )
        seen.setdefault(text.casefold(), place)
