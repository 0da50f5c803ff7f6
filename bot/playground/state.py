"""What exists in the playground: people, chats, messages, taps, and what the bot told Telegram about itself.

Values are frozen and replaced; only chats and the state that holds them all change. Everything is reached by key, so
that a benchmark with many people costs the same a call as a demo with one.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.playground.entities import Entity
from bot.playground.files import FileStore
from bot.playground.markup import Markup
from bot.playground.refusal import Refused, bad_request
from bot.playground.updates import Updates

ANSWER_SECONDS = 150.0
TYPING_SECONDS = 5.0
_FIRST_PERSON = 5_000_000_001  # beyond 32 bits, as real ids are by now
_MOST_TAPS = 50_000
_MOST_CALLS = 50_000


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who talks to the bot; also the bot itself."""

    id: int
    first_name: str
    language_code: str | None = None
    is_bot: bool = False
    username: str | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """One bubble. `text` is the caption where `kind` is not "text"; `content` holds the fields of the other kinds."""

    id: int
    chat_id: int
    sender: Person
    date: int
    text: str = field(repr=False)
    entities: tuple[Entity, ...] = field(default=(), repr=False)
    markup: Markup | None = None
    kind: str = "text"
    content: Mapping[str, Any] = field(default_factory=dict, repr=False)
    file_id: str | None = None
    edit_date: int | None = None
    reply_to: int | None = None
    is_protected: bool = False
    reaction: str | None = None


@dataclass(slots=True)
class Chat:
    """A place where messages stand in order. A private chat has the id of its person."""

    id: int
    kind: str
    title: str
    person: Person | None = None
    is_blocked: bool = False
    has_bot: bool = True
    messages: dict[int, Message] = field(default_factory=dict)
    seq: int = 0
    typing_until: float = 0.0
    keyboard: list[list[str]] | None = None
    draft: str | None = None
    waiting: set[asyncio.Future[bool]] = field(default_factory=set)


@dataclass(slots=True)
class Tap:
    """A pressed button, and what the bot said to it."""

    id: str
    person: int
    chat_id: int
    message: int
    data: str
    at: float
    answered: bool = False
    text: str | None = None
    alert: bool = False
    url: str | None = None


class State:
    """Everything the playground knows. `now` is the chat's clock, `waited` the seconds that really pass."""

    def __init__(self, bot: Person, now: Callable[[], float], waited: Callable[[], float]) -> None:
        self.bot = bot
        self.now = now
        self.waited = waited
        self.updates = Updates(waited)
        self.files = FileStore()
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.taps: OrderedDict[str, Tap] = OrderedDict()
        self.profile: dict[str, Any] = {}
        self.commands: dict[tuple[str, str], list[dict[str, str]]] = {}
        self.calls: deque[tuple[int, float, str, int | None, int, int | None]] = deque(maxlen=_MOST_CALLS)
        self.call_seq = 0
        self.seq = 0
        self.everywhere = 0  # the seq of the newest change that concerns every chat
        self._message_id = 0
        self._person_id = _FIRST_PERSON
        self._group_id = -4_000_000_000
        self._tap_id = 7_000_000_000_000_000_000

    def add_person(self, first_name: str, language_code: str | None, person_id: int | None, *, is_bot: bool) -> Person:
        """A new person with an open private chat; with the id of somebody known, that person under a new name."""
        if person_id is None:
            while self._person_id in self.people:
                self._person_id += 1
            person_id = self._person_id
        person = Person(person_id, first_name, language_code, is_bot)
        self.people[person_id] = person
        chat = self.chats.get(person_id)
        if chat is None:
            self.chats[person_id] = Chat(person_id, "private", first_name, person)
        else:
            chat.person, chat.title = person, first_name
        return person

    def add_group(self, title: str) -> Chat:
        """A new group in which the bot already is."""
        self._group_id -= 1
        chat = Chat(self._group_id, "group", title)
        self.chats[chat.id] = chat
        return chat

    def next_message_id(self) -> int:
        """Telegram counts messages per account, over all its chats."""
        self._message_id += 1
        return self._message_id

    def put(self, message: Message) -> Message:
        """Add a message to its chat, or replace the one with its id."""
        chat = self.chats[message.chat_id]
        chat.messages[message.id] = message
        self.touch(chat)
        return message

    def add_tap(self, person: int, chat_id: int, message: int, data: str) -> Tap:
        """A new, unanswered tap."""
        self._tap_id += 1
        tap = Tap(str(self._tap_id), person, chat_id, message, data, self.waited())
        self.taps[tap.id] = tap
        if len(self.taps) > _MOST_TAPS:
            self.taps.popitem(last=False)
        return tap

    def open_tap(self, tap_id: str) -> Tap:
        """The tap that may still be answered, or Telegram's refusal."""
        tap = self.taps.get(tap_id)
        if tap is None or tap.answered or self.waited() - tap.at > ANSWER_SECONDS:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        return tap

    def chat(self, chat_id: int) -> Chat:
        """The chat, whoever may write in it."""
        chat = self.chats.get(chat_id)
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def writable(self, chat_id: int) -> Chat:
        """The chat, if the bot may write in it."""
        chat = self.chat(chat_id)
        if chat.is_blocked:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        if not chat.has_bot:
            raise Refused(403, "Forbidden: bot is not a member of the group chat")
        return chat

    def log_call(self, method: str, chat_id: int | None, error_code: int, message_id: int | None) -> None:
        """Remember a Bot API call without its words; error_code 0 stands for success."""
        self.call_seq += 1
        self.calls.append((self.call_seq, self.now(), method, chat_id, error_code, message_id))

    def touch(self, chat: Chat) -> None:
        """Something in this chat changed: whoever watches it wakes."""
        self.seq += 1
        chat.seq = self.seq
        if chat.waiting:
            _wake((chat,))

    def touch_everywhere(self) -> None:
        """Something that every chat shows changed, such as the clock."""
        self.seq += 1
        self.everywhere = self.seq
        _wake(self.chats.values())


def _wake(chats: Iterable[Chat]) -> None:
    for chat in chats:
        for future in chat.waiting:
            if not future.done():
                future.set_result(True)
        chat.waiting.clear()
