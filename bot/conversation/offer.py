"""What a question offers: its choices as they stand now, and the buttons that go under it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from typing import assert_never

from bot.conversation.countries import ELSEWHERE, country_name, offered
from bot.conversation.event import Button
from bot.conversation.language import AS_IN_TELEGRAM
from bot.conversation.person import NAME, Keepsake
from bot.conversation.scene import Scene
from bot.conversation.wording import line, plain, promise_line, words
from bot.dialogue.ask import (
    Ask,
    DateAsk,
    DaysAsk,
    ManyAsk,
    NumberAsk,
    OneAsk,
    PickAsk,
    ScaleAsk,
    TextAsk,
    TimeAsk,
    YesNoAsk,
)
from bot.dialogue.condition import holds
from bot.dialogue.template import Template
from bot.followup.commitment import WEEKDAYS
from bot.followup.zones import places_near
from bot.value import value

BACK, NOT_NOW, DONE, SKIP, OTHER, EVERY_DAY = "<back", "<not_now", "<done", "<skip", "<other", "<every_day"
KEEP, CHANGE, AGREE, REFUSE, ANSWER, PAGE = "<keep", "<change", "<agree", "<refuse", "<answer.", "<page."
"""Keys of buttons that are no choices of the author's; their sign can't stand in an id."""

LONGEST_KEY = 40
"""Characters of a key that fit beside a nonce into what Telegram carries under a button."""

_SHORT, _TINY, _COUNTRIES = 12, 3, 10


@value(frozen=True, slots=True)
class Option:
    """One answer on offer: `key` is its value, `to` a way of its own or empty."""

    key: str
    label: str
    to: str = ""


def options(ask: Ask, scene: Scene) -> tuple[Option, ...]:  # noqa: C901, PLR0911  # one line a kind
    """The answers that stand on buttons, in order; for free text none."""
    match ask:
        case OneAsk() | ManyAsk():
            return tuple(
                Option(choice.id, plain(words(choice.label, scene)), choice.to)
                for choice in ask.choices
                if holds(choice.when, scene)
            )
        case YesNoAsk():
            return tuple(Option(key, _line(scene, key)) for key in ("yes", "no"))
        case ScaleAsk():
            return tuple(Option(str(number), str(number)) for number in range(ask.least, ask.most + 1))
        case TimeAsk():
            return tuple(Option(time, time) for time in ask.offer)
        case DaysAsk():
            return tuple(Option(day, _line(scene, day)) for day in WEEKDAYS)
        case DateAsk():
            return tuple(Option(key, _line(scene, key)) for key in ("today", "tomorrow", "in_a_week"))
        case PickAsk():
            return _told_apart(_picks(ask, scene))
        case TextAsk() | NumberAsk():
            return ()
        case _:
            assert_never(ask)


def _picks(ask: PickAsk, scene: Scene) -> tuple[Option, ...]:
    match ask.source:
        case "promises" | "past_promises":
            theirs = scene.active_commitments if ask.source == "promises" else scene.past_commitments
            return tuple(Option(one.id, promise_line(one, scene)) for one in theirs)
        case "keepsakes":
            return tuple(Option(one.id, _titled(one, scene)) for one in scene.person.keepsakes)
        case "pairs":
            ties = scene.person.pairs.items()
            return tuple(Option(_carried(name), str(held.get(NAME) or name)) for name, held in ties)
        case "languages":
            said = scene.book.languages.items() if len(scene.book.languages) > 1 else ()
            telegrams = (Option(AS_IN_TELEGRAM, _line(scene, AS_IN_TELEGRAM)),) if said else ()
            return (*(Option(tag, name) for tag, name in said), *telegrams)
        case "countries":
            known = tuple(Option(code, country_name(code, scene.book)) for code in offered(scene))
            return (*known, Option(ELSEWHERE, _line(scene, "somewhere_else")))
        case "zones":
            at = scene.value(ask.at)
            return tuple(Option(zone, place) for zone, place in places_near(str(at or "00:00"), scene.now))
        case _:
            assert_never(ask.source)


def _titled(keepsake: Keepsake, scene: Scene) -> str:
    """Its title; and whose it is, where the person has talks with more than one."""
    tie = scene.person.pairs.get(keepsake.pair, {}) if len(scene.person.pairs) > 1 else {}
    return f"{keepsake.title}, {tie[NAME]}" if NAME in tie else keepsake.title


def _told_apart(found: tuple[Option, ...]) -> tuple[Option, ...]:
    """Of things that read the same, the second begins with (2), the third with (3)."""
    if len({one.label for one in found}) == len(found):
        return found
    seen: Counter[str] = Counter()
    apart: list[Option] = []
    for one in found:
        seen[one.label] += 1
        again = f"({seen[one.label]}) " if seen[one.label] > 1 else ""
        apart.append(Option(one.key, f"{again}{one.label}", one.to))
    return tuple(apart)


def _carried(name: str) -> str:
    """A name as a button can carry it."""
    return hashlib.blake2s(name.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _line(scene: Scene, name: str) -> str:
    return plain(line(scene.book, name))


def buttons(ask: Ask, scene: Scene, picks: tuple[str, ...], *, kept: bool = False) -> tuple[Button, ...]:
    """Everything under the question: answers, then what every question has; `kept` if it has an answer already."""
    paged = isinstance(ask, PickAsk) and ask.source == "countries"
    answers = _by_pages(options(ask, scene), scene, picks) if paged else _answers(ask, scene, picks)
    return _numbered([*answers, *_exits(ask, scene, kept=kept)])


def own_buttons(scene: Scene, *rows: list[tuple[str, str]]) -> tuple[Button, ...]:
    """What stands under a question of the program's own: rows of keys and labels, then what every question has."""
    return _numbered([*rows, *_ways_out(scene)])


Rows = Iterator[list[tuple[str, str]]]


def _numbered(rows: list[list[tuple[str, str]]]) -> tuple[Button, ...]:
    return tuple([Button(key, label, row) for row, keys in enumerate(rows) for key, label in keys])


def _answers(ask: Ask, scene: Scene, picks: tuple[str, ...]) -> Rows:
    several = isinstance(ask, ManyAsk | DaysAsk)
    labels = [(one.key, f"✓ {one.label}" if several and one.key in picks else one.label) for one in options(ask, scene)]
    longest = max((len(label) for _, label in labels), default=0)
    width = 6 if longest <= _TINY else 2 if longest <= _SHORT and len(labels) > 2 else 1
    if isinstance(ask, YesNoAsk):
        width = 2
    elif isinstance(ask, TimeAsk):
        width = 4
    elif isinstance(ask, DateAsk):
        width = 3
    for at in range(0, len(labels), width):
        yield labels[at : at + width]
    if isinstance(ask, DaysAsk):
        yield [(EVERY_DAY, _line(scene, "every_day"))]
    if isinstance(ask, PickAsk) and ask.source == "zones":
        yield [(OTHER, _line(scene, "somewhere_else"))]
    if several and len(picks) >= (ask.least if isinstance(ask, ManyAsk) else 1):
        yield [(DONE, _line(scene, "done"))]


def _by_pages(on_offer: tuple[Option, ...], scene: Scene, picks: tuple[str, ...]) -> Rows:
    """Countries, a few at a time, and the rest behind a button; who is in none of them says so on every page."""
    *countries, elsewhere = [(one.key, one.label) for one in on_offer]
    shown = next((int(pick.removeprefix(PAGE)) for pick in picks if pick.startswith(PAGE)), 0)
    here = countries[shown * _COUNTRIES : (shown + 1) * _COUNTRIES]
    for at in range(0, len(here), 2):
        yield here[at : at + 2]
    following = (shown + 1) % max(1, -(-len(countries) // _COUNTRIES))
    yield [*([(f"{PAGE}{following}", _line(scene, "more_countries"))] if following != shown else []), elsewhere]


def _exits(ask: Ask, scene: Scene, *, kept: bool) -> Rows:
    if kept:
        yield [(KEEP, _line(scene, "keep_answer"))]
    if ask.skip:
        yield [(SKIP, _label(ask.skip, scene))]
    yield from _ways_out(scene)


def _ways_out(scene: Scene) -> Rows:
    yield [(BACK, _line(scene, "back")), (NOT_NOW, _line(scene, "not_now"))]


def _label(template: Template, scene: Scene) -> str:
    return plain(words(template, scene))
