"""Whether what listens to free text can be used, and does what its own examples say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.coaching.check import Checks
from bot.coaching.patterns import fault
from bot.coaching.signal import Signals
from bot.coaching.vocabulary import spelled_out
from bot.dialogue.finding import Finding, suggestion
from bot.dialogue.shape_coaching import CheckShape, EntryShape, Listening, words_of

LEAST_FIRES, LEAST_PASSES = 4, 6
"""Examples that an entry comes with, so that somebody who reads it sees what it means, and what it doesn't."""

_PATTERNS = ("sure", "maybe", "patterns", "needs_none", "unless")


def doubled_findings(files: Sequence[Listening]) -> Iterator[Finding]:
    """Entries of one name: the later one would take the earlier one's place."""
    seen: set[tuple[str, str]] = set()
    for one in files:
        for kind, name, _ in _entries(one):
            if (kind, name) in seen:
                message = f'there is an entry "{name}" already; give this one another name'
                yield Finding(one.origin.key(kind, name), "RT104", message)
            seen.add((kind, name))


def listening_findings(files: Sequence[Listening], known: Sequence[Listening]) -> Iterator[Finding]:
    """What is wrong with the entries of `files`; `known` are all files, for the words that they share."""
    words = words_of(known)
    for one in files:
        for kind, name, entry in _entries(one):
            yield from _pattern_findings(one, (kind, name), entry, words)
            yield from _few_findings(one, (kind, name), entry)


def example_findings(files: Sequence[Listening], signals: Signals, checks: Checks) -> Iterator[Finding]:
    """Examples of these files' entries that do not do what they stand for. Takes a while: each is read."""
    for one in files:
        for kind, name, entry in _entries(one):
            for key in ("fires", "asks", "passes"):
                for at, text in enumerate(getattr(entry, key, ())):
                    wrong = (
                        _check_wrong(entry, name, key, text, checks)
                        if isinstance(entry, CheckShape)
                        else _signal_wrong(name, key, text, signals)
                    )
                    if wrong:
                        yield Finding(one.origin.place(kind, name, key, at), "RT603", wrong)


def _entries(one: Listening) -> Iterator[tuple[str, str, EntryShape]]:
    yield from (("signals", name, made) for name, made in one.made.signals.items())
    yield from (("checks", name, made) for name, made in one.made.checks.items())


def _pattern_findings(
    one: Listening, path: tuple[str, str], entry: EntryShape, words: Mapping[str, Sequence[str]]
) -> Iterator[Finding]:
    written: dict[str, Any] = {key: getattr(entry, key, ()) for key in _PATTERNS}
    for key, patterns in written.items():
        for at, pattern in enumerate(patterns):
            wrong = _wrong(pattern, words)
            if wrong:
                place = one.origin.place(*path, key, at)
                yield Finding(place, "RT601", f"this pattern can't be used: {wrong}")
    if not any(written[key] for key in _PATTERNS if key != "unless"):
        yield Finding(one.origin.key(*path), "RT604", f'"{path[1]}" has no pattern, so nothing is ever heard')


def _wrong(pattern: str, words: Mapping[str, Sequence[str]]) -> str:
    spelled = spelled_out(pattern, words)
    if isinstance(spelled, str):
        return fault(spelled)
    return f"nobody knows <{spelled.name}>{suggestion(spelled.name, words)}"


def _few_findings(one: Listening, path: tuple[str, str], entry: EntryShape) -> Iterator[Finding]:
    fires = len(entry.fires) + len(getattr(entry, "asks", ()))
    if fires >= LEAST_FIRES and len(entry.passes) >= LEAST_PASSES:
        return
    message = (
        f'"{path[1]}" comes with {fires} texts that fire and {len(entry.passes)} near misses;'
        f" give at least {LEAST_FIRES} and {LEAST_PASSES}"
    )
    yield Finding(one.origin.key(*path), "RT602", message)


def _signal_wrong(name: str, key: str, text: str, signals: Signals) -> str:
    heard = {one.id: sure for one, sure in signals.heard(text)}
    if key == "passes":
        return f'this should pass, but "{next(iter(heard))}" hears it' if heard else ""
    if name not in heard:
        return f'"{name}" should hear this, but does not'
    return f'"{name}" should be sure of this, but would only ask' if key == "fires" and not heard[name] else ""


def _check_wrong(made: CheckShape, name: str, key: str, text: str, checks: Checks) -> str:
    fires = any(one.id == name for one in checks.fired(made.listens, text))
    if fires is (key == "fires"):
        return ""
    return f'"{name}" should not fire on this, but does' if fires else f'"{name}" should fire on this, but does not'
