"""The library's requests over one aiohttp session: lean, kept alive, and exact about what may have reached Telegram."""

from __future__ import annotations

import json
import socket
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.request import getproxies, proxy_bypass

import aiohttp
import orjson
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData
from typing_extensions import override
from yarl import URL

from bot.jsonbytes import unpacked
from bot.messenger.patience import UPLOAD_SECONDS, Patience
from bot.messenger.verdict import Verdict

KEEP_ALIVE_SECONDS = 75.0  # a reply after a quiet minute shall pay no new handshake
DNS_SECONDS = 60

_JSON = {"Content-Type": "application/json"}


class UnsentError(NetworkError):
    """The request never left; `message` is the reason's fixed word. The cause may hold the token: don't print it."""


class DeclinedError(TelegramError):
    """The server answered, and not with success."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(f"HTTP {verdict.code}")
        self.verdict = verdict


class AiohttpRequest(BaseRequest):
    """One session of at most `connections`; `proxy` as `proxy_for` gives it.

    `patience` holds where a call names no times of its own.

    Raises only TelegramErrors: `DeclinedError`, `UnsentError`, `TimedOut` and `NetworkError` for what may have been
    accepted, each with its cause.
    """

    __slots__ = ("_clock", "_connections", "_patience", "_proxy", "_session")

    def __init__(self, connections: int = 128, proxy: str | None = None, patience: Patience | None = None) -> None:
        self._connections = connections
        self._proxy = proxy
        self._patience = patience or Patience()
        self._clock = self._patience.clock()
        self._session: aiohttp.ClientSession | None = None

    @property
    @override
    def read_timeout(self) -> float | None:
        return self._patience.answer

    @override
    async def initialize(self) -> None:
        if self._session is not None:
            return
        connector = aiohttp.TCPConnector(
            limit=self._connections,
            keepalive_timeout=KEEP_ALIVE_SECONDS,
            ttl_dns_cache=DNS_SECONDS,
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": "repair-talk"},
            skip_auto_headers=("Accept-Encoding",),  # answers are short, so inflating them costs more than it saves
            proxy=self._proxy,
        )

    @override
    async def shutdown(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    @override
    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        body = None if request_data is None else _body(request_data)
        asked = {"pool": pool_timeout, "connect": connect_timeout, "write": write_timeout, "answer": read_timeout}
        named = {step: seconds for step, seconds in asked.items() if seconds is not BaseRequest.DEFAULT_NONE}
        if isinstance(body, aiohttp.FormData):
            named.setdefault("write", UPLOAD_SECONDS)
        clock = replace(self._patience, **named).clock() if named else self._clock
        return await self._exchange(method, url, body, clock)

    async def call(self, url: str, payload: Mapping[str, Any], wait: float = 0) -> Any:
        """The `result` of one call as plain JSON, past the library's models; raises as `do_request` does.

        The server may let us wait this many seconds longer than usual.
        """
        usual = self._patience.answer
        clock = self._clock
        if wait and usual is not None:
            clock = replace(self._patience, answer=usual + wait).clock()
        _, answer = await self._exchange("POST", url, _dump(payload), clock)
        return self.parse_json_payload(answer)["result"]

    @staticmethod
    @override
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """As the library's, without its log line, which would quote the whole answer."""
        try:
            parsed = unpacked(payload)
        except ValueError:
            parsed = None
        if isinstance(parsed, dict) and "result" in parsed:
            return parsed
        raise DeclinedError(Verdict(200, spoken=False))

    async def _exchange(
        self, method: str, url: str, body: bytes | aiohttp.FormData | None, clock: aiohttp.ClientTimeout
    ) -> tuple[int, bytes]:
        session = self._session
        if session is None or session.closed:
            raise UnsentError("closed")
        headers = _JSON if isinstance(body, bytes) else None
        try:
            async with session.request(
                method, URL(url, encoded=True), data=body, headers=headers, timeout=clock, allow_redirects=False
            ) as response:
                code, answer = response.status, await response.read()
        except _NEVER_LEFT as error:
            raise UnsentError(_reason(error)) from error
        except TimeoutError as error:
            raise TimedOut("timeout") from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise NetworkError("dropped") from error
        if not 200 <= code < 300:
            raise DeclinedError(_heard(code, answer))
        return code, answer


_NEVER_LEFT = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ClientHttpProxyError,
    aiohttp.InvalidURL,
    aiohttp.NonHttpUrlClientError,
)


def _reason(error: Exception) -> str:
    """The fixed word for why it never left, the most telling first."""
    match error:
        case aiohttp.ConnectionTimeoutError():
            return "timeout"
        case aiohttp.ClientProxyConnectionError() | aiohttp.ClientHttpProxyError():
            return "proxy"
        case aiohttp.ClientSSLError():
            return "tls"
        case aiohttp.ClientConnectorError(os_error=socket.gaierror()) | aiohttp.ClientConnectorDNSError():
            return "dns"
        case aiohttp.ClientConnectorError(os_error=ConnectionRefusedError()):
            return "refused"
        case _:
            return "connection"


def _body(request_data: RequestData) -> bytes | aiohttp.FormData:
    if request_data.contains_files:
        return _form(request_data)
    return _dump(request_data.parameters)


def _dump(parameters: Mapping[str, Any]) -> bytes:
    # Telegram takes JSON as well as forms, and encoding it costs a fraction.
    try:
        return orjson.dumps(parameters)
    except orjson.JSONEncodeError:
        # Half a surrogate pair has no UTF-8, and Telegram refuses a message that holds its escape.
        return json.dumps(parameters, ensure_ascii=False).encode("utf-8", "replace")


def _form(request_data: RequestData) -> aiohttp.FormData:
    form = aiohttp.FormData()
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mimetype) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mimetype)
    return form


def _heard(code: int, answer: bytes) -> Verdict:
    """What the server says beside its status, if it speaks Telegram's JSON."""
    try:
        said = unpacked(answer)
    except ValueError:
        said = None
    if not isinstance(said, dict) or said.get("ok") is not False:
        return Verdict(code, spoken=False)
    parameters = said.get("parameters")
    retry_after = parameters.get("retry_after") if isinstance(parameters, dict) else None
    return Verdict(
        code,
        spoken=True,
        description=str(said.get("description", "")),
        retry_after=retry_after if isinstance(retry_after, int | float) else None,
    )


def proxy_for(url: str) -> str | None:
    """The proxy that the environment names for this server, never one for this very machine.

    Asked once and not with each request: reading the environment costs as much as a request.
    """
    address = URL(url)
    host = address.host or ""
    if host == "localhost" or host.startswith("127.") or host == "::1" or proxy_bypass(host):
        return None
    return getproxies().get(address.scheme)
