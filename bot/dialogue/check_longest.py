"""How long a text becomes when people write as much as they may: Telegram cuts what is longer than one message."""

from __future__ import annotations

from collections.abc import Iterator

from bot.dialogue.ask import TextAsk
from bot.dialogue.effect import SetSlot
from bot.dialogue.finding import Finding
from bot.dialogue.names import HELPLINE_NAMES
from bot.dialogue.origin import Origin
from bot.dialogue.sites import placed, texts
from bot.dialogue.slot import Slot
from bot.dialogue.template import Span, Template
from bot.dialogue.tree import Book, Bubble, Dialogue, Keep

MESSAGE_MOST = 4096
"""UTF-16 units of one of Telegram's messages, in both directions."""

MESSAGES_MOST = 3
"""Messages that one bubble may become at worst: more would be a wall of text."""

_ROUNDS = 4
"""How often a value is followed from slot to slot."""

_FACTS, _LINES = 200, 1500
"""Units left for what the program fills in: the operator's words, a title, the next note; and for help lines."""

_KINDS = {
    "number": 11, "time": 5, "date": 40, "days": 100, "yes_no": 20, "zone": 40, "country": 60, "keepsake": MESSAGE_MOST,
}  # fmt: skip


class Longest:
    """The longest value that each slot may show, in UTF-16 units."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._shared = {**book.person, **book.pair}
        self._found: dict[tuple[str, str], int] = {}
        for dialogue in book.dialogues.values():
            for name, slot in dialogue.slots.items():
                self._grow(dialogue, name, _typed(slot))
            for node in dialogue.nodes.values():
                if isinstance(node.ask, TextAsk):
                    self._grow(dialogue, node.ask.slot, min(2 * node.ask.most, MESSAGE_MOST))
        for name, slot in self._shared.items():
            self._found[name, ""] = max(self._found.get((name, ""), 0), _typed(slot))
        for _ in range(_ROUNDS):
            if sum(self._follow(dialogue) for dialogue in book.dialogues.values()) == 0:
                break

    def of(self, dialogue: Dialogue, name: str) -> int:
        """The units of the slot's longest value; lists of promises and keepsakes are cut where they end."""
        if name in self._shared or name in dialogue.slots:
            return self._found.get((name, "" if name in self._shared else dialogue.id), 0)
        if name in HELPLINE_NAMES:
            return _LINES
        return 0 if name in {"promises", "keepsakes"} else _FACTS

    def text(self, dialogue: Dialogue, template: Template) -> int:
        """The units of the text at its longest."""
        return sum(
            utf16(part.text) if isinstance(part, Span) else self.of(dialogue, part.slot) for part in template.parts
        )

    def bubble(self, dialogue: Dialogue, bubble: Bubble) -> int:
        """The units of the longest thing that a bubble says."""
        return max(self.text(dialogue, template) for template in bubble.templates)

    def _grow(self, dialogue: Dialogue, name: str, units: int) -> bool:
        key = (name, "" if name in self._shared else dialogue.id)
        if units <= self._found.get(key, 0):
            return False
        self._found[key] = units
        return True

    def _follow(self, dialogue: Dialogue) -> bool:
        grown = False
        for node in dialogue.nodes.values():
            for effect in node.effects:
                if isinstance(effect, SetSlot):
                    grown |= self._grow(dialogue, effect.slot, self.text(dialogue, effect.value))
            called = self._book.dialogues.get(node.call.dialogue) if node.call else None
            if node.call and called:
                for theirs, mine in node.call.give.items():
                    grown |= self._grow(called, theirs, self.of(dialogue, mine))
                for mine, theirs in node.call.take.items():
                    grown |= self._grow(dialogue, mine, self.of(called, theirs))
        return grown


def _typed(slot: Slot) -> int:
    own = MESSAGE_MOST if slot.own_words else 0
    labels = [utf16(label) for label in slot.labels.values()]
    match slot.kind:
        case "text":
            return utf16(slot.default)
        case "one":
            return max([own, *labels])
        case "many":
            return own + sum(labels) + 5 * len(labels)
        case _:
            return _KINDS[slot.kind]


def utf16(text: str) -> int:
    """How long Telegram finds this text."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def longest_findings(dialogue: Dialogue, origin: Origin, longest: Longest) -> Iterator[Finding]:
    """Findings about bubbles that may become more messages than a person wants to read."""
    for node in dialogue.nodes.values():
        for one in texts(node):
            units = longest.text(dialogue, one.template)
            if one.use == "said" and units > MESSAGES_MOST * MESSAGE_MOST:
                yield Finding(placed(origin, one.path), "RT308", _too_long(units))
        for keep in node.keeps:
            units = _whole(dialogue, keep, longest)
            if units > MESSAGES_MOST * MESSAGE_MOST:
                yield Finding(origin.key("nodes", node.id, "keep", keep.kind), "RT308", _too_long(units))


def _whole(dialogue: Dialogue, keep: Keep, longest: Longest) -> int:
    parts = [longest.bubble(dialogue, part) + 1 for part in keep.parts]
    return longest.text(dialogue, keep.title) + sum(parts)


def _too_long(units: int) -> str:
    messages = -(-units // MESSAGE_MOST)
    return (
        f"at its longest this has {units:,} characters, which Telegram shows as {messages} messages; "
        'ask for less with "max", or say it in parts'
    )
