"""From shapes to the frozen tree. References are not followed here; `check` does that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import assert_never

from bot.dialogue import shape, shape_ask, shape_file, tree
from bot.dialogue.ask import (
    Ask,
    Choice,
    DateAsk,
    DaysAsk,
    ManyAsk,
    NumberAsk,
    OneAsk,
    PickAsk,
    PickSource,
    ScaleAsk,
    TextAsk,
    TimeAsk,
    YesNoAsk,
)
from bot.dialogue.build_effect import effects
from bot.dialogue.effect import SetSlot
from bot.dialogue.slot import Kind, Slot
from bot.dialogue.template import Template

_PICKED: Mapping[PickSource, Kind] = {"zones": "zone", "countries": "country", "keepsakes": "keepsake"}


def dialogue(made: shape_file.DialogueShape, person: Mapping[str, Slot]) -> tree.Dialogue:
    """The dialogue with the slots that its own nodes fill; `person` are the book's shared ones."""
    numbers = {node: at for at, group in enumerate(made.steps, 1) for node in group}
    nodes = {name: _node(made.dialogue, name, node, numbers.get(name, 0)) for name, node in made.nodes.items()}
    return tree.Dialogue(
        id=made.dialogue,
        title=made.title,
        first=next(iter(nodes)),
        nodes=nodes,
        slots=_slots(made, nodes, person),
        steps=len(made.steps),
        summary=made.summary,
        aside=made.aside,
        was=tuple(made.was),
        finish_old=made.when_edited == "finish",
        rests=made.rests,
    )


def slot(made: shape_file.SlotShape) -> Slot:
    """A declared slot. Choices are shown as their ids until a question names their labels."""
    was = tuple(made.was)
    if made.one is not None:
        return Slot("one", {name: name.replace("_", " ") for name in made.one}, default=made.default, was=was)
    if made.many is not None:
        return Slot("many", {name: name.replace("_", " ") for name in made.many}, default=made.default, was=was)
    return Slot(made.type_ or "text", default=made.default, was=was)


def untyped(made: shape_file.SlotShape) -> bool:
    """Whether only earlier names are declared, so that the question says what the slot holds."""
    return made.model_fields_set == {"was"}


def line(name: str, made: shape.BubbleShape) -> tree.Bubble:
    """One line of the program's own."""
    return _bubble(f"lines.{name}", made)


def asked_slot(ask: Ask) -> Slot:  # noqa: C901, PLR0911  # one line a kind
    """The type of slot that a question fills."""
    match ask:
        case TextAsk():
            return Slot("text")
        case OneAsk():
            return Slot("one", _labels(ask.choices), ask.other)
        case ManyAsk():
            return Slot("many", _labels(ask.choices), ask.other)
        case YesNoAsk():
            return Slot("yes_no")
        case NumberAsk() | ScaleAsk():
            return Slot("number")
        case TimeAsk():
            return Slot("time")
        case DaysAsk():
            return Slot("days")
        case DateAsk():
            return Slot("date")
        case PickAsk():
            return Slot(_PICKED.get(ask.source, "text"))
        case _:
            assert_never(ask)


def _labels(choices: tuple[Choice, ...]) -> dict[str, str]:
    return {choice.id: choice.label.plain for choice in choices}


def _slots(
    made: shape_file.DialogueShape, nodes: Mapping[str, tree.Node], person: Mapping[str, Slot]
) -> dict[str, Slot]:
    found = {name: slot(declared) for name, declared in made.slots.items()}
    open_ = {name for name, declared in made.slots.items() if untyped(declared)}
    for name, asked in _filled(nodes):
        if name in person and person[name].default and not asked.default:
            found[name] = Slot(asked.kind, asked.labels, asked.own_words, person[name].default)
            continue
        before = found.get(name)
        if before is None:
            found[name] = asked
        elif name in open_:
            found[name] = Slot(asked.kind, asked.labels, asked.own_words, was=before.was)
            open_.remove(name)
        elif before.kind == asked.kind and asked.labels:
            found[name] = Slot(
                asked.kind,
                {**before.labels, **asked.labels},
                before.own_words or asked.own_words,
                before.default,
                before.was,
            )
    return found


def _filled(nodes: Mapping[str, tree.Node]) -> Iterator[tuple[str, Slot]]:
    for node in nodes.values():
        if node.ask:
            yield node.ask.slot, asked_slot(node.ask)
        for effect in node.effects:
            if isinstance(effect, SetSlot):
                yield effect.slot, Slot("text")
        if node.call:
            for mine in node.call.take:
                yield mine, Slot("text")


def _node(where: str, name: str, made: shape_file.NodeShape, step: int) -> tree.Node:
    place = f"{where}.{name}"
    return tree.Node(
        id=name,
        say=tuple(_bubble(f"{place}.say.{at}", bubble) for at, bubble in enumerate(made.say)),
        exit=_exit(made),
        hint=made.hint,
        ask=_ask(made.ask) if made.ask else None,
        keeps=tuple(
            tree.Keep(
                kind,
                keep.title or Template(()),
                tuple(_bubble(f"{place}.keep.{kind}.{at}", part) for at, part in enumerate(keep.text)),
            )
            for kind, keep in made.keep.items()
        ),
        effects=tuple(effect for given in made.do for effect in effects(given)),
        call=tree.Call(made.call.dialogue, made.call.with_, made.call.take) if made.call else None,
        step=step,
        timeout=tree.Timeout(made.timeout.after, made.timeout.go) if made.timeout else None,
        was=tuple(made.was),
        note=made.note,
    )


def _bubble(name: str, made: shape.BubbleShape) -> tree.Bubble:
    if made.count is not None:
        plural = tree.Plural(made.count, made.forms)
        return tree.Bubble(name, (plural.forms["other"],), made.if_, plural)
    return tree.Bubble(name, tuple(made.any_ or ([made.say] if made.say else [])), made.if_)


def _exit(made: shape_file.NodeShape) -> tree.Exit:
    if made.start:
        return tree.Start(made.start)
    if made.end:
        return tree.End(made.end)
    return tree.Go(tuple(tree.Branch(branch.to, branch.if_) for branch in made.go or ()))


def _choices(made: Mapping[str, shape_ask.ChoiceShape]) -> tuple[Choice, ...]:
    return tuple(
        Choice(name, choice.label, choice.go or "", choice.if_, tuple(choice.was)) for name, choice in made.items()
    )


def _ask(made: shape_ask.AskShape) -> Ask:  # noqa: C901, PLR0911  # one line a kind
    match made:
        case shape_ask.TextShape():
            return TextAsk(made.text, made.min_, made.max_, made.skip, made.checks, made.but_not)
        case shape_ask.OneShape():
            return OneAsk(made.one, _choices(made.choices), made.other, made.skip, made.checks, made.but_not)
        case shape_ask.ManyShape():
            choices, heard = _choices(made.choices), (made.checks, made.but_not)
            return ManyAsk(made.many, choices, made.least, made.most, made.other, made.skip, *heard)
        case shape_ask.YesNoShape():
            return YesNoAsk(made.yes_no, made.skip)
        case shape_ask.NumberShape():
            return NumberAsk(made.number, made.from_, made.to, made.skip)
        case shape_ask.ScaleShape():
            return ScaleAsk(made.scale, made.from_, made.to, made.low, made.high, made.skip)
        case shape_ask.TimeShape():
            return TimeAsk(made.time, tuple(made.offer), made.skip)
        case shape_ask.DaysShape():
            return DaysAsk(made.days, made.skip)
        case shape_ask.DateShape():
            return DateAsk(made.date, made.skip)
        case shape_ask.PickShape():
            return PickAsk(made.pick, made.from_, made.at or "", made.other, made.skip)
        case _:
            raise TypeError(type(made).__name__)
