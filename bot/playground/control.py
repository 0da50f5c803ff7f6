"""The control side: JSON under /playground/, for the chat page and for tests."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from aiohttp import web

from bot.playground import people, view
from bot.playground.asked import answer_json, is_id, read_body, read_number, read_seconds
from bot.playground.author import AuthorSide
from bot.playground.bot_api import BotApi
from bot.playground.clock import Hooks
from bot.playground.faults import Chance, Faults
from bot.playground.refusal import Refused
from bot.playground.state import Chat, Person, State
from bot.playground.wire import tap_json

Json = dict[str, Any]
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]
MOST_PEOPLE_AT_ONCE: Final = 200_000


class Control:
    """Answers the control side. Refusals are `{"error": sentence}` with a fitting HTTP status."""

    def __init__(self, state: State, api: BotApi, hooks: Hooks) -> None:
        self._state = state
        self._api = api
        self._hooks = hooks

    def routes(self) -> list[tuple[str, str, Answer]]:
        """Method, path and answer of all there is."""
        author = AuthorSide(self._hooks.author).routes() if self._hooks.author else []
        return [
            *author,
            ("GET", "/playground/people", self._answer(self.list_people)),
            ("POST", "/playground/people", self._answer(self.add_people)),
            ("POST", "/playground/chats", self._answer(self.add_chat)),
            ("POST", "/playground/send", self._answer(self.send)),
            ("POST", "/playground/tap", self._answer(self.tap)),
            ("GET", "/playground/taps", self._answer(self.taps)),
            ("POST", "/playground/expire", self._answer(self.expire)),
            ("POST", "/playground/update", self._answer(self.update)),
            ("POST", "/playground/block", self._answer(self.block)),
            ("GET", "/playground/chat/{chat}", self._answer(self.chat)),
            ("GET", "/playground/calls", self._answer(self.calls)),
            ("GET", "/playground/sent", self._answer(self.sent)),
            ("GET", "/playground/clock", self._answer(self.clock)),
            ("POST", "/playground/clock", self._answer(self.move_clock)),
            ("GET", "/playground/faults", self._answer(self.faults)),
            ("POST", "/playground/faults", self._answer(self.set_faults)),
            ("GET", "/playground/state", self._answer(self.counts)),
            ("GET", "/playground/files/{file}", self.file),
        ]

    async def list_people(self, _request: web.Request) -> Any:
        """Everybody."""
        return [_person_json(person) for person in self._state.people.values()]

    async def add_people(self, request: web.Request) -> Any:
        """One person; with `count`, that many with ids in a row, of whom the first is given back."""
        body = await read_body(request)
        first, language = str(body.get("first_name") or "Sam"), body.get("language_code", "en")
        number, count = body.get("id"), body.get("count", 1)
        if (number is not None and not is_id(number)) or not (is_id(count) and count <= MOST_PEOPLE_AT_ONCE):
            raise Refused(400, "id and count are whole numbers from 1 up")
        if not (language is None or isinstance(language, str)):
            raise Refused(400, "language_code is text, such as en")
        made = self._state.add_person(first, language, number, is_bot=bool(body.get("is_bot")))
        for more in range(1, count):
            self._state.add_person(first, language, made.id + more, is_bot=bool(body.get("is_bot")))
        return _person_json(made)

    async def add_chat(self, request: web.Request) -> Any:
        """A group in which the bot is; with `person`, taken in by that person."""
        body = await read_body(request)
        if body.get("type", "group") != "group":
            raise Refused(400, "only groups are made; private chats come with their person")
        chat = self._state.add_group(str(body.get("title") or "Group"))
        update_id = people.join(self._state, chat, self._person(body)) if "person" in body else None
        return {"id": chat.id, "type": chat.kind, "title": chat.title, "update_id": update_id}

    async def send(self, request: web.Request) -> Any:
        """Something a person types or sends."""
        body = await read_body(request)
        person = self._person(body)
        chat = self._chat(body.get("chat", person.id))
        kind, edited = body.get("kind", "text"), body.get("edit")
        if kind != "text":
            update_id, message_id = people.send(self._state, person, chat, kind, str(body.get("caption") or ""))
        elif edited is not None:
            update_id, message_id = people.rewrite(self._state, person, chat, edited, str(body.get("text") or ""))
        else:
            update_id, message_id = people.say(self._state, person, chat, str(body.get("text") or ""))
        return {"update_id": update_id, "message_id": message_id}

    async def tap(self, request: web.Request) -> Any:
        """A pressed button."""
        body = await read_body(request)
        person = self._person(body)
        chat, message = self._chat(body.get("chat", person.id)), body.get("message")
        if not isinstance(message, int):
            raise Refused(400, "message is the id of a message")
        update_id, tap = people.tap(
            self._state, person, chat, message, str(body.get("data", "")), force=bool(body.get("force"))
        )
        return {"update_id": update_id, "callback_query_id": tap.id}

    async def taps(self, request: web.Request) -> Any:
        """What became of the taps of a person, or of everybody, oldest first."""
        person = read_number(request, "person")
        return [tap_json(tap) for tap in self._state.taps.values() if person in {None, tap.person}]

    async def expire(self, _request: web.Request) -> Any:
        """Make all open taps too old to answer, as if somebody had waited."""
        open_taps = [tap for tap in self._state.taps.values() if not tap.answered]
        for tap in open_taps:
            tap.at = float("-inf")
        return {"expired": len(open_taps)}

    async def update(self, request: web.Request) -> Any:
        """Any object as an update."""
        return {"update_id": self._state.updates.add_raw(await read_body(request))}

    async def block(self, request: web.Request) -> Any:
        """Block or unblock the bot."""
        body = await read_body(request)
        return {"update_id": people.block(self._state, self._person(body), blocked=bool(body.get("blocked", True)))}

    async def chat(self, request: web.Request) -> Any:
        """A chat, now or when it changes."""
        number = request.match_info["chat"]
        chat = self._chat(int(number) if number.removeprefix("-").isdecimal() else number)
        return await view.watch(self._state, chat, read_number(request, "since"), read_seconds(request, "wait") or 0.0)

    async def calls(self, request: web.Request) -> Any:
        """Bot API calls, oldest first, without their words."""
        method, since = request.query.get("method", "").lower(), read_number(request, "since") or 0
        names = ("seq", "at", "method", "chat_id", "error_code", "message_id")
        return [
            {**dict(zip(names, call, strict=True)), "ok": call[4] == 0}
            for call in self._state.calls
            if call[0] > since and method in {"", call[2].lower()}
        ]

    async def sent(self, request: web.Request) -> Any:
        """The texts and captions of the bot's messages, as they stand."""
        chat = self._chat(read_number(request, "person"))
        return [message.text for message in chat.messages.values() if message.sender.id == self._state.bot.id]

    async def clock(self, _request: web.Request) -> Any:
        """What time it is, and when the next nudge is due."""
        nudge = await self._hooks.next_nudge() if self._hooks.next_nudge else None
        return {"now": self._state.now(), "next_nudge": nudge}

    async def move_clock(self, request: web.Request) -> Any:
        """Let time pass: so many seconds, or until just after the next nudge is due."""
        body = await read_body(request)
        if self._hooks.move_clock is None:
            raise Refused(409, "this clock can't be moved; start the playground with --clock-file")
        seconds = await self._until_nudge() if body.get("skip") == "nudge" else body.get("add")
        if not isinstance(seconds, int | float) or seconds < 0:
            raise Refused(400, 'give {"add": seconds} from 0 up, or {"skip": "nudge"}')
        self._hooks.move_clock(seconds)
        self._state.touch_everywhere()
        return await self.clock(request)

    async def faults(self, _request: web.Request) -> Any:
        """The trouble in store."""
        return self._api.chance.faults.to_json()

    async def set_faults(self, request: web.Request) -> Any:
        """Order trouble; `{}` ends it."""
        try:
            faults = Faults.from_json(await read_body(request))
        except ValueError as wrong:
            raise Refused(400, str(wrong)) from None
        self._api.chance = Chance(faults)
        self._state.updates.repeats = self._api.chance.repeats
        return faults.to_json()

    async def counts(self, _request: web.Request) -> Any:
        """How much there is."""
        known = {
            "people": len(self._state.people),
            "title": self._hooks.title,
            "author": self._hooks.author is not None,
        }
        return {**self._state.updates.counts, **known}

    async def file(self, request: web.Request) -> web.StreamResponse:
        """A file for the page: pictures are shown, all else is saved."""
        try:
            stored = self._state.files.by_id(request.match_info["file"])
        except Refused:
            return answer_json({"error": "no such file"}, 404)
        shown = stored.mime in {"image/png", "image/jpeg", "image/gif"}
        response = web.Response(body=stored.data, content_type=stored.mime if shown else "application/octet-stream")
        if not shown:
            response.headers["Content-Disposition"] = "attachment"
        return response

    async def _until_nudge(self) -> float:
        due = await self._hooks.next_nudge() if self._hooks.next_nudge else None
        if due is None:
            raise Refused(409, "no nudge is planned")
        return max(0.0, due - self._state.now()) + 1.0

    def _person(self, body: Mapping[str, Any]) -> Person:
        person = self._state.people.get(body.get("person", 0))
        if person is None:
            raise Refused(404, "no such person")
        return person

    def _chat(self, number: Any) -> Chat:
        chat = self._state.chats.get(number)
        if chat is None:
            raise Refused(404, "no such chat")
        return chat

    def _answer(self, route: Callable[[web.Request], Awaitable[Any]]) -> Answer:
        async def answered(request: web.Request) -> web.StreamResponse:
            try:
                return answer_json(await route(request))
            except Refused as refused:
                return answer_json({"error": refused.description}, refused.code)

        return answered


def _person_json(person: Person) -> Json:
    return {
        "id": person.id,
        "first_name": person.first_name,
        "language_code": person.language_code,
        "is_bot": person.is_bot,
    }
