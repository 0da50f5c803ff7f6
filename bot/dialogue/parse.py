"""From the files of a book to the book, or to everything that is wrong with it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Set as AbstractSet
from dataclasses import dataclass, field, replace

from bot.dialogue import build, shape, shape_file, tree
from bot.dialogue.check import check
from bot.dialogue.check_listening import doubled_findings, example_findings, listening_findings
from bot.dialogue.check_names import unheard_findings
from bot.dialogue.check_voice import Grade
from bot.dialogue.faults import shaped
from bot.dialogue.finding import Finding, Place
from bot.dialogue.helpline import Helplines
from bot.dialogue.origin import Origin
from bot.dialogue.shape_coaching import KEYS as LISTENING, Listening, checks_of, listening_in, signals_of, words_of
from bot.dialogue.shape_helpline import FILE as HELPLINES, helplines_in
from bot.dialogue.shape_nudging import nudging
from bot.dialogue.slot import Slot
from bot.dialogue.source import Source, Value, read
from bot.errors import BookError


def parse_book(sources: Iterable[Source], system: Iterable[Source] | Folder) -> tree.Book:
    """The book; raises BookError with all its findings, one a line, if any is an error."""
    book, findings = examine(sources, system)
    if book is None or any(finding.severity == "error" for finding in findings):
        raise BookError("\n".join(map(str, findings)))
    return book


def examine(
    sources: Iterable[Source], system: Iterable[Source] | Folder, grade: Grade | None = None
) -> tuple[tree.Book | None, list[Finding]]:
    """The book and its findings in order of place; no book if it can't be put together. Never raises on any bytes.

    With `grade`, which tells the school grade that can read a text, the voice is checked as well.
    """
    inherited, own = gathered(system), gathered(sources)
    findings = [*inherited.findings, *own.findings, *_misplaced(own), *_unsound(own, inherited)]
    if own.book is None:
        if not any(finding.place.file.rsplit("/", 1)[-1] == "book.yaml" for finding in own.findings):
            findings.append(Finding(Place(own.folder or "book.yaml"), "RT105", 'a book needs a file "book.yaml"'))
        return None, sorted(findings)
    book, origins = _bound(own, inherited, own.book)
    # With parts missing, what is left would only seem to point nowhere.
    if not findings:
        findings.extend(check(book, origins, inherited.dialogues.keys() - own.dialogues.keys(), grade))
    if inherited.listening:
        findings.extend(unheard_findings(book, origins))
    if not findings and grade is not None:
        findings.extend(listening_findings(inherited.listening, inherited.listening))
    if not findings and grade is not None:
        findings.extend(example_findings([*inherited.listening, *own.listening], book.signals, book.checks))
    return book, sorted(findings)


def _unsound(own: Folder, inherited: Folder) -> Iterator[Finding]:
    """What a book's own file has wrong with what it listens for; what ships was looked at when it was made."""
    listening = [*inherited.listening, *own.listening]
    yield from doubled_findings(listening)
    yield from listening_findings(own.listening, listening)


def _misplaced(own: Folder) -> Iterator[Finding]:
    """A person in danger is shown the same lines in every book, and is heard in the same way."""
    for one in own.listening:
        if one.made.signals:
            message = "signals belong to the program, so that every book hears a person in danger; take them out here"
            yield Finding(one.origin.key("signals"), "RT605", message)
    if HELPLINES in own.origins:
        message = "help lines belong to the program; your own stand in the file that the settings name (helplines.path)"
        yield Finding(own.origins[HELPLINES].place(), "RT616", message)


def located(sources: Iterable[Source], system: Iterable[Source]) -> tuple[tree.Book, Mapping[str, Origin]] | None:
    """The book and where everything in it stands, unchecked; None if it can't be put together.

    The files go by their dialogues' ids, and by "book.yaml", "lines.yaml" and "system/book.yaml".
    """
    inherited, own = gathered(system), gathered(sources)
    return _bound(own, inherited, own.book) if own.book else None


def revived(sources: Iterable[Source], system: Iterable[Source]) -> tree.Book | None:
    """A book that was sound when it was in use, put together again without checking it; None if that can't be done."""
    inherited, own = gathered(system), gathered(sources)
    return _bound(own, inherited, own.book)[0] if own.book else None


@dataclass(slots=True)
class Folder:
    """What the files of one folder hold, each by itself; nobody changes it once all are read."""

    book: shape_file.BookShape | None = None
    system: shape_file.SystemShape | None = None
    lines: dict[str, shape.BubbleShape] = field(default_factory=dict)
    dialogues: dict[str, shape_file.DialogueShape] = field(default_factory=dict)
    origins: dict[str, Origin] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    helplines: Helplines = field(default_factory=Helplines)
    listening: list[Listening] = field(default_factory=list)
    digest: str = ""
    folder: str = ""


def gathered(sources: Iterable[Source] | Folder) -> Folder:
    """What these files hold. Whoever examines several books gathers what they inherit once: it is half of the work."""
    if isinstance(sources, Folder):
        return sources
    files = Folder()
    digest = hashlib.sha256()
    for source in sorted(sources, key=lambda one: one.file):
        name = source.file.rsplit("/", 1)[-1]
        files.folder = source.file.removesuffix(name).rstrip("/")
        digest.update(name.encode() + b"\0" + source.content + b"\0")
        value, found = read(source)
        files.findings.extend(found)
        if value is None:
            if not found:
                files.findings.append(Finding(Place(source.file), "RT106", "this file is empty"))
            continue
        _file(files, name, value)
    files.digest = digest.hexdigest()
    return files


def _file(files: Folder, name: str, value: Value) -> None:
    holds = value.data if isinstance(value.data, dict) else {}
    if name == "book.yaml" and "book" not in holds and files.folder.rsplit("/", 1)[-1] == "system":
        files.system, found = shaped(shape_file.SystemShape, value)
        files.origins["system/book.yaml"] = Origin(value)
    elif name == "book.yaml":
        files.book, found = shaped(shape_file.BookShape, value)
        files.origins["book.yaml"] = Origin(value)
    elif name == "lines.yaml":
        lines, found = shaped(shape_file.LinesShape, value)
        files.lines.update(lines.lines if lines else {})
        files.origins["lines.yaml"] = Origin(value)
    elif name == HELPLINES:
        held, found = helplines_in(value)
        files.helplines = held or files.helplines
        files.origins[name] = Origin(value)
    elif "dialogue" not in holds and not LISTENING.isdisjoint(holds):
        heard, found = listening_in(value)
        files.listening += [heard] if heard else []
    else:
        made, found = shaped(shape_file.DialogueShape, value)
        if made and made.dialogue in files.dialogues:
            first = files.origins[made.dialogue].place()
            message = f'dialogue "{made.dialogue}" stands in {first.file} already'
            found = [Finding(value.at(("dialogue",)).place, "RT104", message)]
        elif made:
            files.dialogues[made.dialogue] = made
            files.origins[made.dialogue] = Origin(value)
    files.findings.extend(found)


def _bound(own: Folder, inherited: Folder, made: shape_file.BookShape) -> tuple[tree.Book, dict[str, Origin]]:
    system = inherited.system or shape_file.SystemShape()
    person = {name: build.slot(one) for name, one in {**system.person, **made.person}.items()}
    pair = {name: build.slot(one) for name, one in made.pair.items()}
    shared = {**person, **pair}
    shapes = {**inherited.dialogues, **own.dialogues}
    dialogues = _taken({name: build.dialogue(one, shared) for name, one in shapes.items()}, shared)
    open_ = {name for name, one in {**system.person, **made.person, **made.pair}.items() if build.untyped(one)}
    commands = {
        name: tree.Command(one.dialogue, one.about)
        for name, one in {**made.commands, **system.commands, **made.commands}.items()
    }
    listening = [*inherited.listening, *own.listening]
    shared_words = words_of(listening)
    book = tree.Book(
        id=made.book,
        title=made.title,
        revision=hashlib.sha256((own.digest + inherited.digest).encode()).hexdigest()[:16],
        entry=made.entry,
        dialogues=dialogues,
        commands=commands,
        person=_labelled(person, dialogues, open_),
        lines={name: build.line(name, one) for name, one in {**inherited.lines, **own.lines, **made.lines}.items()},
        rest=made.rest or "",
        about=made.about,
        short=made.short,
        pair=_labelled(pair, dialogues, open_),
        locale=made.locale,
        inherited=frozenset(inherited.dialogues),
        helplines=inherited.helplines,
        signals=signals_of(inherited.listening, shared_words),
        checks=checks_of(listening, shared_words),
        nudging=nudging(made.nudging, system.nudging),
        gate=tree.Gate(made.gate.needs, made.gate.dialogue, frozenset(made.gate.open_)) if made.gate else None,
    )
    return book, {**inherited.origins, **own.origins}


def _taken(dialogues: Mapping[str, tree.Dialogue], person: Mapping[str, Slot]) -> dict[str, tree.Dialogue]:
    """Slots that are handed back by a call get the type that they have there, those who are called first."""
    for dialogue in _called_first(dialogues):
        for node in dialogue.nodes.values():
            if node.call is None or node.call.dialogue not in dialogues:
                continue
            theirs = dialogues[node.call.dialogue].slots
            for mine, their in node.call.take.items():
                if their in theirs and mine not in person and isinstance(dialogue.slots, dict):
                    dialogue.slots[mine] = theirs[their]
    return dict(dialogues)


def _called_first(dialogues: Mapping[str, tree.Dialogue]) -> Iterator[tree.Dialogue]:
    """Every dialogue after those that it calls; of a circle, which no book may have, each comes once."""
    seen: set[str] = set()
    todo = [(name, False) for name in dialogues]
    while todo:
        name, ready = todo.pop()
        if ready:
            yield dialogues[name]
        elif name in dialogues and name not in seen:
            seen.add(name)
            todo.append((name, True))
            todo.extend((node.call.dialogue, False) for node in dialogues[name].nodes.values() if node.call)


def _labelled(
    shared: Mapping[str, Slot], dialogues: Mapping[str, tree.Dialogue], open_: AbstractSet[str]
) -> dict[str, Slot]:
    """Shared slots show their choices by the labels of the questions that fill them; `open_` ones have their type."""
    found = dict(shared)
    typed: set[str] = set()
    for dialogue in dialogues.values():
        for name, slot in dialogue.slots.items():
            if name in found and name in open_ - typed:
                found[name] = replace(slot, default=found[name].default, was=found[name].was)
                typed.add(name)
            elif name in found and found[name].kind == slot.kind and slot.labels:
                labels = {**found[name].labels, **slot.labels}
                found[name] = replace(found[name], labels=labels, own_words=slot.own_words)
    return found
