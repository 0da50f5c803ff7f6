"""Whether conditions, effects and questions use slots that exist, in ways that fit their types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.dialogue import tree
from bot.dialogue.ask import ManyAsk, OneAsk, PickAsk
from bot.dialogue.build import asked_slot
from bot.dialogue.condition import Compare, Condition, Count, Literally, Name, Operand, comparisons, names
from bot.dialogue.effect import Commit, Forget, LetGo, SetSlot
from bot.dialogue.finding import Finding, Place, suggestion
from bot.dialogue.names import CONDITION_NAMES
from bot.dialogue.origin import Origin
from bot.dialogue.slot import Slot
from bot.followup.schedule import is_time


def slot_findings(book: tree.Book, dialogue: tree.Dialogue, origin: Origin) -> Iterator[Finding]:
    """Findings about slots outside of texts."""
    known = {**CONDITION_NAMES, **book.person, **dialogue.slots}
    for node in dialogue.nodes.values():
        for condition, place in _conditions(node, origin):
            yield from _condition_findings(condition, known, place)
        yield from _kinds(dialogue, node, book, origin)
        yield from _effect_findings(node, known, origin)


def _conditions(node: tree.Node, origin: Origin) -> Iterator[tuple[Condition, Place]]:
    at = ("nodes", node.id)
    yield from _bubble_conditions(node.say, origin, *at, "say")
    if isinstance(node.ask, OneAsk | ManyAsk):
        for choice in node.ask.choices:
            if choice.when:
                yield choice.when, origin.place(*at, "ask", "choices", choice.id, "if")
    for keep in node.keeps:
        yield from _bubble_conditions(keep.parts, origin, *at, "keep", keep.kind, "text")
    if isinstance(node.exit, tree.Go):
        for number, branch in enumerate(node.exit.branches):
            if branch.when:
                yield branch.when, origin.place(*at, "go", number, "if")


def _bubble_conditions(
    bubbles: tuple[tree.Bubble, ...], origin: Origin, *at: int | str
) -> Iterator[tuple[Condition, Place]]:
    for number, bubble in enumerate(bubbles):
        if bubble.when:
            yield bubble.when, origin.place(*at, number, "if")


def _condition_findings(condition: Condition, known: Mapping[str, Slot], place: Place) -> Iterator[Finding]:
    for name in sorted(names(condition) - known.keys()):
        yield Finding(place, "RT303", f'no slot "{name}" is known here{suggestion(name, known)}')
    for compare in comparisons(condition):
        yield from _comparison_findings(compare, known, place)


def _comparison_findings(compare: Compare, known: Mapping[str, Slot], place: Place) -> Iterator[Finding]:
    if (compare.operator == "in") != isinstance(_literal(compare.right), tuple) or isinstance(
        _literal(compare.left), tuple
    ):
        yield Finding(place, "RT310", 'a list goes with "in", and "in" with a list: slot in ["a", "b"]')
        return
    for side, other in ((compare.left, compare.right), (compare.right, compare.left)):
        if isinstance(side, Name) and side.slot in known and isinstance(other, Literally):
            yield from _fits(side.slot, known[side.slot], compare.operator, other.value, place)
    if isinstance(compare.left, Count) and not (
        isinstance(compare.right, Literally) and type(compare.right.value) is int
    ):
        yield Finding(place, "RT310", "a count compares with a whole number")


def _literal(operand: Operand) -> str | int | tuple[str, ...] | None:
    return operand.value if isinstance(operand, Literally) else None


def _fits(name: str, slot: Slot, operator: str, value: str | int | tuple[str, ...], place: Place) -> Iterator[Finding]:
    if operator in {"<", "<=", ">", ">="} and slot.kind not in {"number", "time", "date"}:
        yield Finding(place, "RT310", f'"{name}" holds {_said(slot)}, which has no more or less')
        return
    if operator == "has" and not slot.several:
        yield Finding(place, "RT310", f'"{name}" holds {_said(slot)}; "has" is for several choices, use ==')
        return
    if slot.several and operator != "has":
        yield Finding(place, "RT310", f'"{name}" holds several choices; use: {name} has "…"')
        return
    if (slot.kind == "number") != isinstance(value, int):
        yield Finding(place, "RT310", f'"{name}" holds {_said(slot)}, which never equals {value!r}')
        return
    if slot.kind == "time" and not all(is_time(one) for one in (value if isinstance(value, tuple) else (str(value),))):
        yield Finding(place, "RT310", f'"{name}" holds a time, which is written as "09:00"')
        return
    allowed = _allowed(slot)
    for one in value if isinstance(value, tuple) else (value,):
        if allowed and one not in allowed and not slot.own_words:
            hint = suggestion(str(one), allowed)
            yield Finding(place, "RT310", f'"{name}" has no choice "{one}"{hint}')


def _allowed(slot: Slot) -> tuple[str, ...]:
    if slot.kind == "yes_no":
        return ("yes", "no")
    if slot.kind == "days":
        return ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    return tuple(slot.labels)


def _said(slot: Slot) -> str:
    return {
        "text": "text", "number": "a number", "time": "a time", "date": "a day", "days": "weekdays",
        "yes_no": "yes or no", "zone": "a time zone", "one": "one choice", "many": "several choices",
    }[slot.kind]  # fmt: skip


def _kinds(dialogue: tree.Dialogue, node: tree.Node, book: tree.Book, origin: Origin) -> Iterator[Finding]:
    """One slot, one type: also where two questions fill it."""
    if node.ask is None:
        return
    place = origin.place("nodes", node.id, "ask")
    asked = asked_slot(node.ask)
    for known in (dialogue.slots.get(node.ask.slot), book.person.get(node.ask.slot)):
        if known and known.kind != asked.kind and (known.kind, asked.kind) != ("yes_no", "one"):
            message = f'"{node.ask.slot}" holds {_said(known)} elsewhere, but {_said(asked)} here; use another slot'
            yield Finding(place, "RT310", message)
            return
    if isinstance(node.ask, PickAsk) and node.ask.source == "zones":
        at = dialogue.slots.get(node.ask.at)
        if at is None or at.kind != "time":
            yield Finding(place, "RT310", 'zones are found by a time of day: add "at: slot" of an ask: {time: slot}')


def _effect_findings(node: tree.Node, known: Mapping[str, Slot], origin: Origin) -> Iterator[Finding]:
    for at, effect in enumerate(node.effects):
        place = origin.place("nodes", node.id, "do", at)
        match effect:
            case Commit():
                yield from _needs(effect.days, "days", known, place)
                yield from _needs(effect.time, "time", known, place)
            case SetSlot():
                yield from _settable(effect, known, origin.place("nodes", node.id, "do", at, "set", effect.slot))
            case LetGo():
                yield from _needs(effect.slot, "text", known, place)
            case Forget():
                for name in effect.slots:
                    if name not in known:
                        yield Finding(place, "RT303", f'no slot "{name}" is known here{suggestion(name, known)}')
            case _:
                pass


def _settable(effect: SetSlot, known: Mapping[str, Slot], place: Place) -> Iterator[Finding]:
    """A text fits into a slot of text; of another type, only if it is one of its values as it stands."""
    slot, text = known[effect.slot], effect.value.plain
    fits: dict[str, bool] = {"text": True, "zone": True, "date": True, "time": is_time(text)}
    allowed = _allowed(slot) if slot.kind in {"one", "yes_no"} else ()
    if (effect.value.holes and slot.kind != "text") or not fits.get(slot.kind, text in allowed):
        yield Finding(place, "RT310", f'"{effect.slot}" holds {_said(slot)}, and this text is none')


def _needs(name: str, kind: str, known: Mapping[str, Slot], place: Place) -> Iterator[Finding]:
    if name not in known:
        yield Finding(place, "RT303", f'no slot "{name}" is known here{suggestion(name, known)}')
    elif known[name].kind != kind:
        yield Finding(place, "RT310", f'"{name}" holds {_said(known[name])}; this needs a slot of ask: {{{kind}: …}}')
