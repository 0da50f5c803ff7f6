"""People parked at every question of a book: most got there by its buttons, the others are put there."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy

from bot.conversation.incoming import Asked, Chose, Incoming, Said
from bot.conversation.offer import BACK, NOT_NOW
from bot.conversation.session import Frame, Open, Session, Talk
from bot.dialogue.ask import DateAsk, NumberAsk, TextAsk, TimeAsk
from bot.dialogue.tree import Book
from tests.conversation.chat import Chat

_OFTEN = 2
"""How many people who came to a question by different ways go on from there."""

Place = tuple[str, str]


def questions(book: Book) -> list[Place]:
    """Every question of the book."""
    return [(one.id, node.id) for one in book.dialogues.values() for node in one.nodes.values() if node.ask]


def parked(book: Book) -> dict[Place, Chat]:
    """Somebody at each question, by dialogue and node: the first one to get there."""
    found: dict[Place, Chat] = {}
    visits: dict[tuple[str, str, int], int] = {}
    waiting = [Chat(book)]
    while waiting:
        chat = waiting.pop(0)
        for incoming in _ways_on(chat):
            other = branch(chat)
            other.send(incoming)
            if other.session is None or other.session.talk is None:
                continue
            frame, picks = other.talk.frames[-1], len(other.talk.open.picks) if other.talk.open else 0
            state = frame.dialogue, frame.node, picks
            found.setdefault(state[:2], other)
            visits[state] = visits.get(state, 0) + 1
            if visits[state] <= _OFTEN:
                waiting.append(other)
    return {place: found.get(place) or _put(book, *place) for place in questions(book)}


def branch(chat: Chat) -> Chat:
    """Somebody in the very same place, who goes another way from here."""
    other = copy(chat)
    other.bubbles, other.nudges = list(chat.bubbles), dict(chat.nudges)
    return other


def _put(book: Book, dialogue: str, node: str) -> Chat:
    """Somebody who waits at that question and answered nothing."""
    chat = Chat(book)
    talk = Talk(chat.now, (Frame(0, dialogue, node),), open=Open(chat.now))
    chat.session, chat.nonce = Session(book.revision, chat.now, (talk,), last_at=chat.now), chat.now
    return chat


def _ways_on(chat: Chat) -> Iterator[Incoming]:
    if chat.session is None or chat.session.talk is None:
        yield from (Asked(name) for name in ("start", *chat.book.commands))
        return
    frame = chat.talk.frames[-1]
    ask = chat.book.dialogues[frame.dialogue].nodes[frame.node].ask
    match ask:
        case TextAsk():
            yield Said("I will call on Friday. " * (ask.least // 20 + 1))
        case NumberAsk():
            yield Said(str(ask.least))
            yield Said(str(ask.most))
        case TimeAsk():
            yield Said("12:00")
        case DateAsk():
            yield Said("tomorrow")
        case _:
            pass
    yield from (Chose(chat.nonce, one.key) for one in chat.buttons if one.key not in {BACK, NOT_NOW})
    if not chat.talk.trail:
        yield from (Asked(name) for name in chat.book.commands)
