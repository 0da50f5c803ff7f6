"""Text as Telegram takes it: counted in UTF-16, escaped as its HTML, and cut where a reader would pause."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html import escape

from bot.conversation.event import Span, Style, Words

MESSAGE_LIMIT = 4096  # UTF-16 units of shown text in one message
CAPTION_LIMIT = 1024  # the same under a picture or a file
MARKUP_LIMIT = 32 * 1024  # bytes of a message's HTML
LABEL_LIMIT = 30  # Telegram documents none; beyond this, phones cut the label themselves

_TAGS: dict[Style, str] = {"bold": "b", "italic": "i", "quote": "blockquote"}
_DEAREST = len("<blockquote>&quot;</blockquote>")  # the most bytes that one character can cost
_SURELY_ONE = MARKUP_LIMIT // _DEAREST // 2  # characters that surely fit into one message
_UNSENDABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff]")
_TELLING = re.compile('[&<>"\x00-\x08\x0b-\x1f\ud800-\udfff]')
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0\ufffc")  # letters and symbols by category, yet nothing to see
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Zs", "Zl", "Zp"))
_FLAG_LETTERS = "".join(map(chr, range(0x1F1E6, 0x1F200)))  # a flag is a pair of these

_PLAIN_LABEL = re.compile(r"[!-~‹›✓’]+(?: [!-~‹›✓’]+)*")  # what most labels are made of

_PARAGRAPH = re.compile(r"\n\s*\n")
_LINE = re.compile(r"\n")
_SENTENCE = re.compile(r"[.!?…][\"'\u201d\u2019)\]»]*(?=\s)|[\u3002\uff01\uff1f]")  # the last three: Chinese, no space
_WORD = re.compile(r"\s")


def utf16(text: str) -> int:
    """How long Telegram finds this text."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def clean(text: str) -> str:
    """The same text to the eye, without what JSON or Telegram choke on.

    Control characters become spaces, all line ends newlines, halves of surrogate pairs their character or U+FFFD.
    """
    if not _UNSENDABLE.search(text):
        return text
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _CONTROL.sub(" ", whole.replace("\r\n", "\n").replace("\r", "\n"))


def is_blank(text: str) -> bool:
    """Whether nothing of this could be seen: Telegram refuses such a message as empty."""
    return not any(char not in _FILLERS and unicodedata.category(char) not in _UNSEEN for char in text)


def html(words: Words) -> str:
    """Telegram's HTML for these words; a parser gives back exactly their cleaned text."""
    return "".join([_marked(span.text, span.style) for span in words if span.text])


def _marked(text: str, style: Style) -> str:
    if _TELLING.search(text):
        text = escape(clean(text), quote=False).replace('"', "&quot;")
    return _tagged(text, style) if style else text


def _tagged(text: str, style: Style) -> str:
    return f"<{_TAGS[style]}>{text}</{_TAGS[style]}>"


def messages(words: Words) -> list[str]:
    """The HTML of each message that it takes to say these words; none where there would be nothing to see."""
    text = "".join([span.text for span in words])
    # Nearly everything is short, and holds nothing that would have to be escaped or cleaned.
    if len(text) <= _SURELY_ONE and not _TELLING.search(text) and _is_framed(text):
        return ["".join([_tagged(one.text, one.style) if one.style else one.text for one in words if one.text])]
    return [html(piece) for piece in split(words)]


def clip(label: str, limit: int = LABEL_LIMIT) -> str:
    """The label on one line, in at most `limit` characters; a longer one ends in "…", and so does an empty one."""
    if len(label) <= limit and _PLAIN_LABEL.fullmatch(label):
        return label
    line = " ".join(clean(label).split())
    if len(line) > limit:
        return line[: _between_clusters(line, 0, limit - 1)].rstrip() + "…"
    return "…" if is_blank(line) else line


def split(words: Words, limit: int = MESSAGE_LIMIT) -> list[Words]:
    """The words as messages of at most `limit` UTF-16 units (at least 2) each, and no more HTML than Telegram takes.

    Cuts fall between paragraphs, lines, sentences or words, and only in a longer word inside it. White space at the
    cuts is dropped, and so is a piece in which there would be nothing to see.
    """
    text = "".join([span.text for span in words])
    # Most messages are short and clean; the rest of this is for the others.
    if 2 * len(text) <= min(limit, MARKUP_LIMIT // _DEAREST) and not _UNSENDABLE.search(text) and _is_framed(text):
        return [tuple([span for span in words if span.text])]
    spans = tuple(Span(clean(span.text), span.style) for span in words)
    text = "".join(span.text for span in spans)
    pieces: list[Words] = []
    for start, end in _stretches(text, limit):
        piece = _between(spans, start, end)
        if is_blank(text[start:end]):
            continue
        if end - start > MARKUP_LIMIT // _DEAREST and len(html(piece).encode()) > MARKUP_LIMIT:
            pieces += split(piece, limit // 2)
        else:
            pieces.append(piece)
    return pieces


def _is_framed(text: str) -> bool:
    """Whether there is something to see, and no space around it."""
    if not text or text[0].isspace() or text[-1].isspace():
        return False
    return (text[0].isascii() and text[0].isalnum()) or not is_blank(text)


def _between(spans: Words, start: int, end: int) -> Words:
    """The part of the spans from `start` to `end` of their joined text."""
    part: list[Span] = []
    at = 0
    for span in spans:
        text = span.text[max(start - at, 0) : max(end - at, 0)]
        if text:
            part.append(Span(text, span.style))
        at += len(span.text)
    return tuple(part)


def _stretches(text: str, limit: int) -> Iterator[tuple[int, int]]:
    """Where each message's text starts and ends, white space around it left out."""
    start = _skip_space(text, 0)
    while start < len(text):
        reach = _reach(text, start, limit)
        cut = reach if reach == len(text) else _best_cut(text, start, reach)
        yield start, start + len(text[start:cut].rstrip())
        start = _skip_space(text, cut)


def _skip_space(text: str, at: int) -> int:
    return at + len(text[at:]) - len(text[at:].lstrip())


def _reach(text: str, start: int, limit: int) -> int:
    """The end of the longest part from `start` that fits; at least one character."""
    end = min(start + limit, len(text))
    over = utf16(text[start:end]) - limit
    while over > 0 and end > start + 1:
        end -= 1
        over -= utf16(text[end])
    return end


def _best_cut(text: str, start: int, reach: int) -> int:
    """The best place to stop at or before `reach`; a tiny first message is worse than a cut between words."""
    quarter = start + (reach - start) // 4
    for pause, earliest in ((_PARAGRAPH, quarter), (_LINE, quarter), (_SENTENCE, quarter), (_WORD, start)):
        cuts = (match.end() if pause is _SENTENCE else match.start() for match in pause.finditer(text, start))
        if last := max((cut for cut in _until(cuts, reach) if cut > earliest), default=0):
            return last
    return _between_clusters(text, start, reach)


def _until(cuts: Iterator[int], reach: int) -> Iterator[int]:
    for cut in cuts:
        if cut > reach:
            return
        yield cut


def _between_clusters(text: str, start: int, at: int) -> int:
    """The last place at or before `at` that tears no character from its accents or emoji parts, if there is one."""
    place = at
    while place > start and _inside_cluster(text, place):
        place -= 1
    return place if place > start else at


def _inside_cluster(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    if after in _FLAG_LETTERS:
        return (at - len(text[:at].rstrip(_FLAG_LETTERS))) % 2 == 1
    joins = before == "\u200d" or after == "\u200d"
    return joins or "\U0001f3fb" <= after <= "\U0001f3ff" or unicodedata.category(after).startswith("M")
