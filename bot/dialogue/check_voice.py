"""The voice: whether a person can read it on a hard day. All of its findings are warnings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from bot.dialogue.finding import Finding, Place
from bot.dialogue.origin import Origin
from bot.dialogue.sites import Text, Use, placed, texts
from bot.dialogue.template import Span, Template
from bot.dialogue.tree import Book, Bubble, Dialogue, Node

Grade = Callable[[str], float]
"""The school grade that can read an English text."""

GRADE_MOST, WORDS_MOST, SENTENCES_MOST, EMOJI_MOST = 6, 15, 3, 1

_GRADED_FROM = 100
"""Words that a grade needs: of less, it tells nothing."""

_END = re.compile(r"[.!?…]+[\"'”’)]*(?:\s+|$)|\n+")
_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_LISTED = re.compile(r"^\s*(?:/\w+|•|–|-)|: |\d{3}")
"""Commands, list items and numbers to dial are no sentences."""

_EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf]")
_TICK = "✓"

STOP_LIST = {
    r"should(?:n['’]t)?": 'say "could"',
    r"narcissis\w*|codependen\w*|borderline|bipolar|psychopath\w*|sociopath\w*": "a script makes no diagnosis",
    r"trauma\w*|gaslight\w*|toxic|abuser|crazy": "describe acts, never people",
    r"your fault|to blame": "nobody is blamed here",
    r"you (?:failed|missed)|streaks?": "nothing is counted against anybody",
    r"calm down|cheer up": "a feeling can't be ordered away",
    r"obviously|of course|simply": "what is plain to one is not plain to all",
}
"""Words, as patterns, that are on no button and in no bubble, with what to do instead."""

COACH_STOP_LIST = {
    r"I (?:really |truly )?(?:feel|understand|care)|I['’]?(?: a)?m (?:so )?(?:sorry|proud|glad|happy|sad)": (
        "a script does not feel; say what it can do"
    ),
    r"(?:leave|forgive) (?:him|her|them)|break up": "whether to stay is not for a script to say",
}
"""The same for what the coach says; on buttons it is the person who speaks."""


def _compiled(listed: dict[str, str]) -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(rf"\b(?:{words})\b", re.IGNORECASE), cure) for words, cure in listed.items()]


_STOPPED, _COACH_STOPPED = _compiled(STOP_LIST), _compiled(COACH_STOP_LIST)


def voice_findings(book: Book, dialogue: Dialogue, origin: Origin, grade: Grade) -> Iterator[Finding]:
    """Findings about how a dialogue sounds. Only English is graded and held to the stop list."""
    english = book.locale.partition("-")[0].partition("_")[0] == "en"
    told: list[str] = []
    for node in dialogue.nodes.values():
        for one in texts(node):
            if one.use not in {"said", "label"}:
                continue
            said = _spoken(one.template)
            at = placed(origin, one.path)
            yield from _emoji(said, at)
            yield from _stopped(said, one.use, at) if english else ()
            if one.use == "said":
                told.append(said)
                yield from _sentences(one, said, at)
        yield from _questions(node, origin)
    if english:
        yield from _graded(told, origin.place("dialogue"), grade)


def _spoken(template: Template) -> str:
    """The text with a name for each value; a line that begins with one is an item of a list, with its mark."""
    said = ""
    for part in template.parts:
        name = "• Alex" if said.endswith("\n") else "Alex"
        said += part.text if isinstance(part, Span) else name
    return said


def sentences(text: str) -> list[str]:
    """The sentences of a text; lines that are no sentences (commands, lists, numbers) are left out."""
    lines = [line for line in text.splitlines() if "\n" not in text.strip() or not _LISTED.search(line)]
    return [one.strip() for line in lines for one in _END.split(line) if one.strip()]


def _sentences(one: Text, said: str, at: Place) -> Iterator[Finding]:
    found = sentences(said)
    for sentence in found:
        words = len(_WORD.findall(sentence))
        if words > WORDS_MOST:
            message = f'{words} words in one sentence; at most {WORDS_MOST} can be taken in: "{sentence[:40]}…"'
            yield Finding(at, "RT402", message, "warning")
    if len(found) > SENTENCES_MOST and "hint" not in one.path:
        message = f"{len(found)} sentences in one bubble; at most {SENTENCES_MOST} are read, so make it two"
        yield Finding(at, "RT403", message, "warning")


def _questions(node: Node, origin: Origin) -> Iterator[Finding]:
    """One question a turn: bubbles under conditions count as one, since the others may not be said."""
    asking = [at for at, bubble in enumerate(node.say) if bubble.when is None and _asks(bubble)]
    perhaps = any(bubble.when and _asks(bubble) for bubble in node.say)
    doubled = next((at for at, one in enumerate(node.say) if _asks(one) > 1), None)
    if doubled is None and len(asking) + perhaps > 1:
        doubled = asking[-1]
    if doubled is not None:
        message = "more than one question at a time; ask one, and the other one after its answer"
        yield Finding(origin.place("nodes", node.id, "say", doubled), "RT404", message, "warning")


def _asks(bubble: Bubble) -> int:
    return max(_QUOTED.sub("", _spoken(one)).count("?") for one in bubble.templates)


def _stopped(said: str, use: Use, at: Place) -> Iterator[Finding]:
    for words, cure in _STOPPED if use == "label" else (*_STOPPED, *_COACH_STOPPED):
        for match in words.finditer(_QUOTED.sub("", said)):
            yield Finding(at, "RT405", f'"{match[0]}" is on the stop list: {cure}', "warning")


def _emoji(said: str, at: Place) -> Iterator[Finding]:
    found = len(_EMOJI.findall(said.replace(_TICK, "")))
    if found > EMOJI_MOST:
        yield Finding(at, "RT406", f"{found} emoji in one text; one is enough", "warning")


def _graded(told: Iterable[str], at: Place, grade: Grade) -> Iterator[Finding]:
    text = " ".join(f"{sentence}." for said in told for sentence in sentences(said))
    if len(_WORD.findall(text)) < _GRADED_FROM:
        return
    found = grade(text)
    if found > GRADE_MOST:
        message = f"this dialogue reads at grade {found:.1f}; at most {GRADE_MOST}: shorter words and sentences help"
        yield Finding(at, "RT401", message, "warning")
