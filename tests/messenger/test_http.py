"""Requests over real sockets: what left, what did not, and what nobody can know."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, NoReturn

import aiohttp
import pytest
from telegram import Bot, InputFile
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import RequestData

from bot.messenger.http import AiohttpRequest, DeclinedError, UnsentError, proxy_for
from bot.messenger.patience import Patience

Door = Callable[..., Awaitable[AiohttpRequest]]
HASTY = Patience(pool=0.2, connect=0.2, write=0.2, answer=0.2)


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    """Make requests ready to use, closed afterwards."""
    made: list[AiohttpRequest] = []

    async def make(*args: Any) -> AiohttpRequest:
        request = AiohttpRequest(*args)
        await request.initialize()
        made.append(request)
        return request

    yield make
    for request in made:
        await request.shutdown()


async def ask(request: AiohttpRequest, url: str, **times: float) -> Any:
    return await request.post(f"{url}/bot42:x/GetMe", RequestData(), **times)


async def fine(connection: Any) -> None:
    while True:
        await connection.hear()
        await connection.answer()


async def silent(connection: Any) -> None:
    await connection.hear()
    await connection.gone()


async def test_an_answer_comes_back_and_the_connection_is_kept(door: Door, serve: Any) -> None:
    url, server = await serve(fine)
    request = await door()
    for _ in range(3):
        assert await ask(request, url) == {"message_id": 7}
    assert len(server.connections) == 1


async def test_parameters_travel_as_plain_json(door: Door, serve: Any) -> None:
    url, server = await serve(fine)
    bot = Bot("42:x", base_url=f"{url}/bot", request=await door(), get_updates_request=await door())
    said = {"chat_id": 5, "text": "Grüße 👍", "reply_markup": {"inline_keyboard": [[{"text": "a"}]]}, "none": None}
    await bot.do_api_request("SendMessage", said)
    head, _, body = server.heard[0].partition(b"\r\n\r\n")
    assert head.startswith(b"POST /bot42:x/SendMessage HTTP/1.1\r\n")
    assert b"application/json" in head
    assert json.loads(body) == {name: value for name, value in said.items() if value is not None}


async def test_half_a_character_does_not_stop_a_request(door: Door, serve: Any) -> None:
    url, server = await serve(fine)
    bot = Bot("42:x", base_url=f"{url}/bot", request=await door(), get_updates_request=await door())
    await bot.do_api_request("SendMessage", {"text": "a\ud83d"})
    assert json.loads(server.heard[0].partition(b"\r\n\r\n")[2]) == {"text": "a?"}


async def test_files_travel_as_parts_of_a_form(door: Door, serve: Any) -> None:
    url, server = await serve(fine)
    bot = Bot("42:x", base_url=f"{url}/bot", request=await door(), get_updates_request=await door())
    await bot.do_api_request("SendPhoto", {"chat_id": 5, "photo": InputFile(b"PNG", filename="days.png")})
    assert b"multipart/form-data" in server.heard[0]
    assert b'name="photo"; filename="days.png"' in server.heard[0]
    assert b"image/png" in server.heard[0]


async def test_no_cookie_is_kept(door: Door, serve: Any) -> None:
    async def baking(connection: Any) -> None:
        while True:
            await connection.hear()
            await connection.answer(head="Set-Cookie: a=b\r\n")

    url, server = await serve(baking)
    request = await door()
    await ask(request, url)
    await ask(request, url)
    assert b"cookie" not in server.heard[1].lower()


async def test_a_refused_connection_was_never_sent(door: Door, nobody: str) -> None:
    with pytest.raises(UnsentError, match="refused") as caught:
        await ask(await door(), nobody)
    assert isinstance(caught.value.__cause__, aiohttp.ClientConnectorError)


async def test_an_unknown_name_was_never_sent(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: Any, **__: Any) -> NoReturn:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(UnsentError, match="dns"):
        await ask(await door(), "http://telegram.example")


async def test_a_failed_handshake_was_never_sent(door: Door, serve: Any) -> None:
    async def babble(connection: Any) -> None:
        await connection.say(b"this is no TLS at all\r\n")
        await connection.gone()

    url, _ = await serve(babble)
    with pytest.raises(UnsentError, match="tls"):
        await ask(await door(), url.replace("http:", "https:"))


async def test_a_connection_that_takes_too_long_was_never_sent(door: Door, serve: Any) -> None:
    url, _ = await serve(lambda connection: connection.gone())
    with pytest.raises(UnsentError, match="timeout"):  # the server takes the connection, and never shakes hands
        await ask(await door(1, None, HASTY), url.replace("http:", "https:"))


async def test_waiting_in_vain_for_a_free_connection_was_never_sent(door: Door, serve: Any) -> None:
    url, server = await serve(silent)
    request = await door(1)
    first = asyncio.create_task(ask(request, url))
    await server.arrived.wait()
    with pytest.raises(UnsentError, match="timeout"):
        await ask(request, url, pool_timeout=0.05, connect_timeout=0.05)
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first


async def test_after_closing_nothing_is_sent(door: Door, nobody: str) -> None:
    request = await door()
    await request.shutdown()
    with pytest.raises(UnsentError, match="closed"):
        await ask(request, nobody)


async def test_an_address_that_is_none_was_never_sent(door: Door) -> None:
    with pytest.raises(UnsentError):
        await ask(await door(), "gopher://127.0.0.1")


async def test_silence_is_a_timeout(door: Door, serve: Any) -> None:
    url, _ = await serve(silent)
    with pytest.raises(TimedOut) as caught:
        await ask(await door(1, None, HASTY), url)
    assert isinstance(caught.value.__cause__, aiohttp.SocketTimeoutError)


async def test_a_time_named_with_the_call_counts(door: Door, serve: Any) -> None:
    url, _ = await serve(silent)
    with pytest.raises(TimedOut):
        await ask(await door(), url, read_timeout=0.05)


async def test_a_server_that_trickles_is_given_up(door: Door, serve: Any) -> None:
    async def trickle(connection: Any) -> None:
        await connection.hear()
        await connection.say(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while True:
            await connection.say(b" ")
            await asyncio.sleep(0.02)

    url, _ = await serve(trickle)
    with pytest.raises(TimedOut):
        await ask(await door(1, None, Patience(pool=0.0, connect=0.05, write=0.0, answer=0.1)), url)


async def closed_at_once(connection: Any) -> None:
    connection.writer.close()


async def closed_after_reading(connection: Any) -> None:
    await connection.hear()


async def closed_in_the_middle(connection: Any) -> None:
    await connection.hear()
    await connection.say(b'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{"ok":')


async def reset(connection: Any) -> None:
    await connection.hear()
    connection.writer.transport.abort()


async def no_http(connection: Any) -> None:
    await connection.hear()
    await connection.say(b"220 mail.example ESMTP\r\n\r\n")


@pytest.mark.parametrize("deed", [closed_at_once, closed_after_reading, closed_in_the_middle, reset, no_http])
async def test_a_connection_that_breaks_leaves_it_open_what_was_done(door: Door, serve: Any, deed: Any) -> None:
    url, _ = await serve(deed)
    with pytest.raises(NetworkError, match="dropped") as caught:
        await ask(await door(), url)
    assert type(caught.value) is NetworkError
    assert caught.value.__cause__ is not None


async def test_a_refusal_tells_what_telegram_said(door: Door, serve: Any) -> None:
    body = b'{"ok":false,"error_code":429,"description":"Too Many","parameters":{"retry_after":3}}'

    async def refusing(connection: Any) -> None:
        await connection.hear()
        await connection.answer(body, "429 Too Many Requests")

    url, _ = await serve(refusing)
    with pytest.raises(DeclinedError) as caught:
        await ask(await door(), url)
    verdict = caught.value.verdict
    assert (verdict.code, verdict.spoken, verdict.description, verdict.retry_after) == (429, True, "Too Many", 3)


@pytest.mark.parametrize("body", [b"", b"<html>Bad Gateway</html>", b"[]", b"[" * 5000, b"\xff", b'{"ok":true}'])
async def test_a_machine_in_between_speaks_for_itself(door: Door, serve: Any, body: bytes) -> None:
    async def failing(connection: Any) -> None:
        await connection.hear()
        await connection.answer(body, "502 Bad Gateway")

    url, _ = await serve(failing)
    with pytest.raises(DeclinedError) as caught:
        await ask(await door(), url)
    assert (caught.value.verdict.code, caught.value.verdict.spoken) == (502, False)


@pytest.mark.parametrize("body", [b"", b"<html>hello</html>", b"[]", b"[" * 5000, b"\xff", b'{"ok":true}'])
async def test_a_success_that_makes_no_sense_is_not_believed(
    door: Door, serve: Any, body: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    async def odd(connection: Any) -> None:
        await connection.hear()
        await connection.answer(body)

    url, _ = await serve(odd)
    with pytest.raises(DeclinedError):
        await ask(await door(), url)
    assert caplog.text == ""


async def test_a_redirect_is_not_followed(door: Door, serve: Any) -> None:
    async def moved(connection: Any) -> None:
        await connection.hear()
        await connection.answer(b"", "302 Found", "Location: /elsewhere\r\n")

    url, server = await serve(moved)
    with pytest.raises(DeclinedError):
        await ask(await door(), url)
    assert len(server.heard) == 1


async def test_no_error_shows_the_token(door: Door, nobody: str) -> None:
    with pytest.raises(TelegramError) as caught:
        await ask(await door(), nobody)
    assert "42:x" not in str(caught.value) + repr(caught.value)


async def test_a_proxy_from_the_environment_is_used(door: Door, serve: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    url, server = await serve(fine)
    monkeypatch.setenv("http_proxy", url)
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    away = "http://telegram.example"
    assert await ask(await door(1, proxy_for(away)), away) == {"message_id": 7}
    assert server.heard[0].startswith(b"POST http://telegram.example/bot42:x/GetMe ")


async def test_a_proxy_that_is_down_was_never_reached(door: Door, nobody: str) -> None:
    with pytest.raises(UnsentError, match="proxy"):
        await ask(await door(1, nobody), "http://telegram.example")


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "localhost", "[::1]"])
def test_no_proxy_stands_before_this_machine(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://proxy.example:3128")
    assert proxy_for(f"http://{host}:8081") is None


def test_hosts_that_the_environment_excepts_have_no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://proxy.example:3128")
    monkeypatch.setenv("no_proxy", "telegram.example")
    assert proxy_for("https://telegram.example") is None
    assert proxy_for("https://other.example") == "http://proxy.example:3128"
