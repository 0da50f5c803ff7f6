"""Whether conditions, effects and questions use slots that exist, in ways that fit their types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import assert_never

from bot.dialogue import tree
from bot.dialogue.ask import PickAsk
from bot.dialogue.build import asked_slot
from bot.dialogue.condition import (
    Compare,
    Condition,
    Count,
    Literally,
    Name,
    Operand,
    Since,
    comparisons,
    keepsakes,
    names,
)
from bot.dialogue.effect import (
    AboutPromise,
    ChangePromise,
    Commit,
    Discard,
    FinishPromise,
    Forget,
    LetGo,
    NoteTrust,
    OnPromise,
    PausePromise,
    RenewPromise,
    Rewrite,
    SetSlot,
    WithWhom,
)
from bot.dialogue.finding import Finding, Place, suggestion
from bot.dialogue.names import CONDITION_NAMES, THIS_PROMISE
from bot.dialogue.origin import Origin
from bot.dialogue.sites import Path, conditions, placed
from bot.dialogue.slot import Slot, is_day
from bot.followup.schedule import is_time


def slot_findings(book: tree.Book, dialogue: tree.Dialogue, origin: Origin) -> Iterator[Finding]:
    """Findings about slots outside of texts."""
    known = {**CONDITION_NAMES, **book.person, **book.pair, **dialogue.slots}
    for node in dialogue.nodes.values():
        for condition, path, _ in conditions(node):
            place = placed(origin, path)
            yield from _condition_findings(condition, known, place)
            yield from _kept_findings(condition, book, place)
        yield from _kinds(dialogue, node, book, origin)
        yield from _effect_findings(node, known, origin)
        yield from _since_findings(book, dialogue, node, origin)


def _condition_findings(condition: Condition, known: Mapping[str, Slot], place: Place) -> Iterator[Finding]:
    for name in sorted(names(condition) - known.keys()):
        yield Finding(place, "RT303", f'no slot "{name}" is known here{suggestion(name, known)}')
    for compare in comparisons(condition):
        yield from _comparison_findings(compare, known, place)


def _kept_findings(condition: Condition, book: tree.Book, place: Place) -> Iterator[Finding]:
    """Only what some dialogue leaves in the person's hands can be there."""
    made = {one.kind for other in book.dialogues.values() for node in other.nodes.values() for one in node.keeps}
    for kind in sorted({one.kind for one in keepsakes(condition)} - made):
        yield Finding(place, "RT303", f'no dialogue keeps a "{kind}"{suggestion(kind, made)}')


def _comparison_findings(compare: Compare, known: Mapping[str, Slot], place: Place) -> Iterator[Finding]:
    if (compare.operator == "in") != isinstance(_literal(compare.right), tuple) or isinstance(
        _literal(compare.left), tuple
    ):
        yield Finding(place, "RT310", 'a list goes with "in", and "in" with a list: slot in ["a", "b"]')
        return
    for side, other in ((compare.left, compare.right), (compare.right, compare.left)):
        if isinstance(side, Name) and side.slot in known and isinstance(other, Literally):
            yield from _fits(side.slot, known[side.slot], compare.operator, other.value, place)
    for side, other in ((compare.left, compare.right), (compare.right, compare.left)):
        if isinstance(side, Count | Since) and not _whole_number(other, known):
            what = "a count compares" if isinstance(side, Count) else '"days since" compares'
            yield Finding(place, "RT310", f"{what} with a whole number")
            return
    if compare.operator == "has" and not isinstance(compare.left, Name):
        yield Finding(place, "RT310", 'only a slot of several choices "has" something: slot has "…"')


def _whole_number(operand: Operand, known: Mapping[str, Slot]) -> bool:
    match operand:
        case Literally():
            return type(operand.value) is int
        case Name():
            return operand.slot not in known or known[operand.slot].kind == "number"
        case Count() | Since():
            return True
        case _:
            assert_never(operand)


def _since_findings(book: tree.Book, dialogue: tree.Dialogue, node: tree.Node, origin: Origin) -> Iterator[Finding]:
    """Days are counted from a day that a slot holds, or from an answer, which only a slot of the dialogue remembers."""
    for condition, path, _ in conditions(node):
        for side in (side for one in comparisons(condition) for side in (one.left, one.right)):
            if not isinstance(side, Since):
                continue
            shared = {**CONDITION_NAMES, **book.person, **book.pair}.get(side.slot)
            slot = shared or dialogue.slots.get(side.slot)
            if slot is None or slot.kind == "date":
                continue
            if shared or all(one.ask is None or one.ask.slot != side.slot for one in dialogue.nodes.values()):
                message = f'"{side.slot}" holds {_said(slot)}; "days since" needs a day, or a question of this dialogue'
                yield Finding(placed(origin, path), "RT310", message)


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
    yield from _written(name, slot, value if isinstance(value, tuple) else (value,), place)


def _written(name: str, slot: Slot, values: tuple[str | int, ...], place: Place) -> Iterator[Finding]:
    """Whether the values could stand in the slot."""
    written = {"time": (is_time, 'a time, which is written as "09:00"'), "date": (is_day, 'a day: "2026-12-24"')}
    if slot.kind in written:
        well_formed, form = written[slot.kind]
        if not all(well_formed(str(one)) for one in values):
            yield Finding(place, "RT310", f'"{name}" holds {form}')
        return
    allowed = _allowed(slot)
    for one in values:
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
        "yes_no": "yes or no", "zone": "a time zone", "country": "a country", "one": "one choice",
        "many": "several choices", "keepsake": "a keepsake",
    }[slot.kind]  # fmt: skip


def _kinds(dialogue: tree.Dialogue, node: tree.Node, book: tree.Book, origin: Origin) -> Iterator[Finding]:
    """One slot, one type: also where two questions fill it."""
    if node.ask is None:
        return
    place = origin.place("nodes", node.id, "ask")
    asked = asked_slot(node.ask)
    slot = node.ask.slot
    for known in (dialogue.slots.get(slot), book.person.get(slot), book.pair.get(slot)):
        if known and known.kind != asked.kind and (known.kind, asked.kind) != ("yes_no", "one"):
            message = f'"{node.ask.slot}" holds {_said(known)} elsewhere, but {_said(asked)} here; use another slot'
            yield Finding(place, "RT310", message)
            return
    if isinstance(node.ask, PickAsk) and node.ask.source == "zones":
        at = dialogue.slots.get(node.ask.at)
        if at is None or at.kind != "time":
            yield Finding(place, "RT310", 'zones are found by a time of day: add "at: slot" of an ask: {time: slot}')


def _effect_findings(  # noqa: C901  # one line a kind
    node: tree.Node, known: Mapping[str, Slot], origin: Origin
) -> Iterator[Finding]:
    for at, effect in enumerate(node.effects):
        path: Path = ("nodes", node.id, "do", at)
        place = placed(origin, path)
        match effect:
            case Commit():
                yield from _needs(effect.days, "days", known, place)
                yield from _needs(effect.time, "time", known, place)
                yield from _needs(effect.until, "date", known, place) if effect.until else ()
            case SetSlot():
                yield from _settable(effect, known, placed(origin, (*path, "set", effect.slot)))
            case WithWhom():
                yield from _needs(effect.slot, "text", known, place)
            case LetGo() | ChangePromise() | PausePromise() | FinishPromise() | RenewPromise() | AboutPromise():
                yield from _promise_findings(effect, known, place)
            case NoteTrust():
                yield from _needs(effect.slot, "number", known, place)
            case Rewrite() | Discard():
                yield from _needs(effect.slot, "keepsake", known, place)
            case Forget():
                for name in effect.slots:
                    if name not in known:
                        yield Finding(place, "RT303", f'no slot "{name}" is known here{suggestion(name, known)}')
            case _:
                pass


def _promise_findings(effect: OnPromise | AboutPromise, known: Mapping[str, Slot], place: Place) -> Iterator[Finding]:
    if effect.slot != THIS_PROMISE:
        yield from _needs(effect.slot, "text", known, place)
    if isinstance(effect, ChangePromise):
        for name, kind in ((effect.days, "days"), (effect.time, "time"), (effect.until, "date")):
            yield from _needs(name, kind, known, place) if name else ()


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
