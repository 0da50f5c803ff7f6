"""Help lines looked after: which are shown, which are not, and what an operator who has dialled one says of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Final, Literal

from bot.dialogue.finding import suggestion
from bot.dialogue.helpline import FRESH, Helpline, Helplines, Overlay
from bot.errors import BookError

State = Literal["shown", "too old", "unchecked", "wrong", "always shown"]

ADVICE: Final = (
    "Dial each line yourself, or look at its own site; ask who they are there for, and when. "
    "Never dial an emergency number to try it."
)
QUESTION: Final = "Is it right? [y = yes, n = no, Enter = not now, q = stop] "

_HEAD: Final = "# Help lines: what you know of them. `repair-talk helplines review` keeps `confirmed` and `hidden`.\n"
_KEPT: Final = re.compile(r"^(?:confirmed|hidden):.*\n(?:(?:[ \t-].*)?\n)*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Row:
    """A line and how it stands on a day."""

    line: Helpline
    state: State


def standing(known: Helplines, own: Overlay, today: date, country: str = "") -> list[Row]:
    """How every line stands, or those of one country; BookError for a country that there is none of."""
    if country and country not in known.countries:
        raise BookError(f'"{country}" is no country here{suggestion(country, known.countries)}; write it as GB')
    lines = known.overlaid(replace(own, hidden=frozenset())).lines
    return [Row(one, _state(one, own, today)) for one in lines if country in ("", one.country)]


def _state(line: Helpline, own: Overlay, today: date) -> State:
    if line.id in own.hidden:
        return "wrong"
    if line.purpose == "emergency":
        return "always shown"
    if line.verified_on is None:
        return "unchecked"
    return "shown" if line.fit(today) else "too old"


def words(row: Row) -> str:
    """A line on one line: id, country, what for, who, how to reach them, and how it stands."""
    one = row.line
    texted = " ".join(("text", *((one.text_word, "to") if one.text_word else ()), one.text)) if one.text else ""
    ways = " or ".join(way for way in (one.number, texted, one.chat, one.web) if way)
    day = one.verified_on
    told = f"{row.state}, checked {day}, until {day + FRESH}" if day and row.state == "shown" else row.state
    return f"{one.id}  {one.country}  {one.purpose}  {one.name}: {ways}  ({told})"


def as_data(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """The same for programs: days as text, None where nobody has checked."""
    return [
        {**asdict(row.line), "verified_on": row.line.verified_on and str(row.line.verified_on), "state": row.state}
        for row in rows
    ]


def to_review(rows: Iterable[Row]) -> list[Row]:
    """What can be dialled to see whether it is right: first what nobody has checked, then what was longest ago."""
    return sorted(
        (row for row in rows if row.line.purpose != "emergency" and row.state != "wrong"),
        key=lambda row: (row.line.verified_on or date.min, row.line.country),
    )


def review(rows: Iterable[Row], own: Overlay, today: date, ask: Callable[[str], str]) -> Iterator[Overlay]:
    """What the operator's file says after each answer; `ask` shows a question and gives what was typed."""
    for row in rows:
        answer = ask(f"{words(row)}\n{QUESTION}").strip().lower()[:1]
        if answer == "q":
            return
        if answer in ("y", "n"):
            own = judged(own, [row.line.id], today) if answer == "y" else judged(own, [], today, wrong=[row.line.id])
            yield own


def judged(own: Overlay, right: Iterable[str], today: date, *, wrong: Iterable[str] = ()) -> Overlay:
    """With lines that were found right today, and others that were found wrong."""
    right, wrong = set(right), set(wrong)
    confirmed = {name: day for name, day in own.confirmed.items() if name not in wrong}
    return replace(
        own,
        confirmed={**confirmed, **dict.fromkeys(sorted(right), today)},
        hidden=(own.hidden - right) | wrong,
    )


def named(rows: Iterable[Row], ids: Iterable[str]) -> None:
    """BookError for the first id that is none of these lines', or an emergency number's."""
    known = {row.line.id: row.line for row in rows}
    for name in ids:
        if name not in known:
            raise BookError(f'there is no help line "{name}" here{suggestion(name, known)}')
        if known[name].purpose == "emergency":
            raise BookError(f'"{name}" is an emergency number: it is shown as it is, and nobody may dial it to try')


def file_text(before: str, own: Overlay) -> str:
    """The operator's file with these days and these wrong lines; whatever else stands in it stays as it is."""
    rest = _KEPT.sub("", f"{before.rstrip()}\n") if before.strip() else _HEAD
    return rest.rstrip("\n") + "\n" + "".join(_blocks(own.confirmed, own.hidden))


def _blocks(confirmed: Mapping[str, date], hidden: Iterable[str]) -> Iterator[str]:
    if confirmed:
        yield "confirmed:\n" + "".join(f"  {name}: {day}\n" for name, day in sorted(confirmed.items()))
    if hidden:
        yield f"hidden: [{', '.join(sorted(hidden))}]\n"
