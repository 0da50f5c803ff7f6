"""The typed door to one bot: the library does the talking, and every way it can go wrong has one name here."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from telegram import Bot, InputFile
from telegram.error import TelegramError, TimedOut
from yarl import URL

from bot.errors import TokenError
from bot.jsonbytes import packed
from bot.messenger.http import AiohttpRequest, DeclinedError, UnsentError, proxy_for
from bot.messenger.patience import Patience
from bot.messenger.reply import Delivered, Doubtful, Me, RawUpdate, Reply, RivalError, Unsent
from bot.messenger.trouble import UNUSABLE, trouble
from bot.messenger.verdict import judge

TAP_SECONDS = 10.0  # by then the button has stopped spinning by itself
BATCH = 100  # updates in one answer, Telegram's most

_TOKEN = re.compile(r"[!-~]+")
_SPLITS_A_PATH = frozenset("/?#%")


class Gateway:
    """One bot on one server. `base_url` is the server's root; "/bot<token>/<Method>" is added to it.

    Sends share up to `connections` connections; asking for updates has its own, so that neither queues behind the
    other. TokenError if the token could not even be asked about.
    """

    def __init__(
        self,
        token: str,
        base_url: str = "https://api.telegram.org",
        *,
        connections: int = 128,
        patience: Patience | None = None,
    ) -> None:
        if not _TOKEN.fullmatch(token) or not _SPLITS_A_PATH.isdisjoint(token):
            raise TokenError(UNUSABLE)
        # At DEBUG the library logs every payload, and a payload is somebody's words.
        logging.getLogger("telegram").setLevel(logging.WARNING)
        root = base_url.rstrip("/")
        proxy = proxy_for(root)
        self._place = str(URL(root).origin())
        self._sends = AiohttpRequest(connections, proxy, patience)
        self._polls = AiohttpRequest(2, proxy, patience)
        self._root = f"{root}/bot{token}"
        self._bot = Bot(
            token,
            base_url=lambda token: f"{root}/bot{token}",
            base_file_url=lambda token: f"{root}/file/bot{token}",
            request=self._sends,
            get_updates_request=self._polls,
        )
        self._unhooked = False

    async def open(self) -> Me:
        """Connect and learn who we are. TokenError, or UnreachableError: then it may be called again."""
        await asyncio.gather(self._sends.initialize(), self._polls.initialize())
        match await self._demand("GetMe"):
            case {"id": int(number), "first_name": str(name), **rest}:
                return Me(number, str(rest.get("username", "")), name)
            case _:
                raise trouble(Doubtful("garbled"), self._place)

    async def close(self) -> None:
        """Close all connections; what is under way fails."""
        await asyncio.gather(self._sends.shutdown(), self._polls.shutdown())

    async def updates(self, offset: int | None, timeout: int, allowed: Sequence[str]) -> list[RawUpdate]:  # noqa: ASYNC109 - Telegram's long poll, in seconds
        """What has happened since `offset`, waiting up to `timeout` seconds for something; the offset acknowledges.

        A webhook is removed first, for with one Telegram gives no updates; what waits for it is kept.
        TokenError, RivalError or UnreachableError.
        """
        payload: dict[str, Any] = {"timeout": timeout, "limit": BATCH, "allowed_updates": list(allowed)}
        if offset is not None:
            payload["offset"] = offset
        if not self._unhooked:
            await self._demand("DeleteWebhook", {"drop_pending_updates": False})
            self._unhooked = True
        try:
            answer = await self._polls.call(f"{self._root}/getUpdates", payload, timeout)
        except TelegramError as error:
            refusal = trouble(_reply_to(error), self._place)
            self._unhooked = not isinstance(refusal, RivalError)
            raise refusal from None  # the cause's text may hold the token
        if not isinstance(answer, list):
            raise trouble(Doubtful("garbled"), self._place)
        return list(_numbered(answer, offset or 0))

    async def post(self, method: str, payload: Mapping[str, Any]) -> Reply:
        """One call, tried once; `method` in PascalCase.

        The payload is JSON already, so it goes past the library's own wrapping, which costs as much as the request.
        """
        return await self._settle(self._sends.call(f"{self._root}/{method}", payload), payload)

    async def upload(self, method: str, payload: Mapping[str, Any], part: str, content: bytes, filename: str) -> Reply:
        """As `post`, with the file as argument `part` (SendPhoto: photo, SendDocument: document)."""
        whole = {**payload, part: InputFile(content, filename=filename)}
        # In PascalCase, since the library warns of names that it has methods for.
        return await self._settle(self._bot.do_api_request(method, whole), payload)

    async def _settle(self, call: Awaitable[Any], payload: Mapping[str, Any]) -> Reply:
        try:
            result = await call
        except TelegramError as error:
            reply = _reply_to(error)
            # Only "not modified" is both an error and a success; the message is the one we named.
            return Delivered(payload.get("message_id")) if isinstance(reply, Delivered) else reply
        message = result.get("message_id") if isinstance(result, dict) else None
        return Delivered(message if isinstance(message, int) else None)

    async def answer_tap(self, query_id: str, text: str = "") -> None:
        """Stop the button's spinning. Best effort: tells nobody how it went, and gives up after 10 s."""
        payload = {"callback_query_id": query_id, "text": text} if text else {"callback_query_id": query_id}
        with suppress(TimeoutError):
            async with asyncio.timeout(TAP_SECONDS):
                await self.post("AnswerCallbackQuery", payload)

    async def introduce(
        self, commands: Sequence[tuple[str, str]], description: str, short_description: str, language: str = ""
    ) -> Reply:
        """Set the bot's command menu and descriptions, as (command, what it does), for a language or for all others.

        What already stands there is left alone: Telegram allows few changes an hour. Delivered, or the first reply
        that is not.
        """
        menu = [{"command": command, "description": purpose} for command, purpose in commands]
        spoken = {"language_code": language} if language else {}
        for what, wanted, argument in (
            ("Commands", menu, {"commands": menu}),
            ("Description", {"description": description}, {"description": description}),
            (
                "ShortDescription",
                {"short_description": short_description},
                {"short_description": short_description},
            ),
        ):
            if await self._standing(f"GetMy{what}", spoken) == wanted:
                continue
            reply = await self.post(f"SetMy{what}", {**argument, **spoken})
            if not isinstance(reply, Delivered):
                return reply
        return Delivered()

    async def _standing(self, method: str, payload: dict[str, Any]) -> Any:
        try:
            return await self._bot.do_api_request(method, payload)
        except TelegramError:
            return None

    async def _demand(self, method: str, payload: dict[str, Any] | None = None) -> Any:
        """The result of a call without which we can't go on."""
        try:
            return await self._bot.do_api_request(method, payload)
        except TelegramError as error:
            raise trouble(_reply_to(error), self._place) from None  # the cause's text may hold the token


def _reply_to(error: TelegramError) -> Reply:
    match error:
        case DeclinedError():
            return judge(error.verdict)
        case UnsentError():
            return Unsent(error.message)
        case TimedOut():
            return Doubtful("timeout")
        case _:
            return Doubtful("dropped")


def _numbered(elements: list[Any], following: int) -> Iterator[RawUpdate]:
    """Each element with an id by which it can be acknowledged; one without is counted on from the one before."""
    for element in elements:
        number = element.get("update_id") if isinstance(element, dict) else None
        if type(number) is not int or not 0 <= number < 2**53:
            number = following
        following = number + 1
        yield RawUpdate(number, packed(element), element)
