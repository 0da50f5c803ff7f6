"""The playground as a process."""

from __future__ import annotations

import asyncio
import signal
import sys
from pathlib import Path

import aiohttp


async def start(*arguments: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.playground",
        *arguments,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )


async def test_it_says_where_it_is_moves_a_shared_clock_and_ends_on_sigterm(tmp_path: Path) -> None:
    clock = tmp_path / "clock"
    process = await start("--port", "0", "--token", "77:T", "--clock-file", str(clock))
    assert process.stdout is not None
    ready, root = (await process.stdout.readline()).decode().rsplit(maxsplit=1)
    assert ready == "playground ready"
    async with aiohttp.ClientSession() as http:
        async with http.get(f"{root}/bot77:T/getMe") as answer:
            assert (await answer.json())["result"]["id"] == 77
        async with http.get(f"{root}/playground/clock") as answer:
            before = (await answer.json())["now"]
        async with http.post(f"{root}/playground/clock", json={"add": 3600}) as answer:
            assert (await answer.json())["now"] >= before + 3600
    assert float(clock.read_text(encoding="ascii")) == 3600
    process.send_signal(signal.SIGTERM)
    _, errors = await process.communicate()
    assert (process.returncode, errors) == (0, b"")


async def test_it_refuses_an_address_that_others_reach() -> None:
    process = await start("--host", "0.0.0.0")
    _, errors = await process.communicate()
    assert (process.returncode, errors.decode()) == (
        2,
        "playground: 0.0.0.0: the playground listens only on this machine; use 127.0.0.1\n",
    )
