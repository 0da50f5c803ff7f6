"""Commands as an operator meets them: real processes, exit codes, one line for what is wrong."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.dialogue.edges import Edge
from bot.memory.database import Database
from bot.memory.statistics import Statistics
from bot.playground import Playground

ROOT = Path(__file__).parents[1]
TOKEN = "4242424242:invented-for-tests"
COMMANDS = (
    *("run", "demo", "play", "check", "test", "graph"),
    *("schema", "bench", "bench seed", "stats", "explore", "migrate", "bench migrate"),
)


def environment(**settings: str) -> dict[str, str]:
    """This process's, with no settings but these and the program on the path."""
    found = {name: value for name, value in os.environ.items() if not name.startswith("REPAIR_TALK_")}
    return {**found, **{f"REPAIR_TALK_{name}": value for name, value in settings.items()}}


def ended(*arguments: str, typed: str = "", cwd: Path = ROOT, **settings: str) -> tuple[int, str, str]:
    """Run to the end: exit code, standard output, standard error."""
    command = [sys.executable, "-m", "bot", *arguments]
    made = {**environment(**settings), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=cwd, env=made, input=typed, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_helps_with_an_example(command: str) -> None:
    code, out, err = ended(*command.split(), "--help")
    assert (code, err) == (0, "")
    assert f"Example: repair-talk {command}" in out


def test_help_names_all_commands() -> None:
    code, out, _ = ended("--help")
    assert code == 0
    assert all(re.search(rf"^  {command}\b", out, re.MULTILINE) for command in COMMANDS if " " not in command)


@pytest.mark.parametrize("arguments", [["fly"], ["run", "--wings"], ["demo", "--port", "99999"], ["check", "nowhere"]])
def test_misuse_is_told_and_has_a_code_of_its_own(arguments: list[str]) -> None:
    code, out, err = ended(*arguments)
    assert (code, out) == (2, "")
    assert "Traceback" not in err
    assert err


def test_the_shipped_book_has_no_findings() -> None:
    code, out, err = ended("check", "--strict", "--allow", "RT509", "--allow", "RT336")
    assert (code, err) == (0, "")
    # What is not yet translated is said in English, and told in one line for each catalogue.
    # Help lines grow old by themselves, and the tests of a program do not.
    assert all(" RT509 warning: " in line or " RT336 warning: " in line for line in out.splitlines())


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    (tmp_path / "book.yaml").write_text("book: one\ntitle: One\nentry: hello\n")
    hello = "dialogue: hello\ntitle: Hello\nnodes:\n  hi: {say: Hello., go: nowhere}\n"
    (tmp_path / "hello.yaml").write_text(hello)
    return tmp_path


def test_a_finding_is_a_line_with_its_place(faulty: Path) -> None:
    code, out, err = ended("check", str(faulty))
    assert (code, err) == (1, "")
    assert re.fullmatch(rf"{faulty}/hello\.yaml:4:\d+: RT\d+ error: .*\n", out)


def test_findings_as_data_say_the_same(faulty: Path) -> None:
    _, lines, _ = ended("check", str(faulty))
    code, out, _ = ended("check", str(faulty), "--format", "json")
    assert code == 1
    [one] = json.loads(out)
    place = f"{one['file']}:{one['line']}:{one['column']}"
    assert lines == f"{place}: {one['code']} {one['severity']}: {one['message']}\n"


def test_warnings_count_only_where_one_is_strict(tmp_path: Path) -> None:
    (tmp_path / "book.yaml").write_text("book: one\ntitle: One\nentry: hello\n")
    (tmp_path / "hello.yaml").write_text("dialogue: hello\ntitle: Hello\nnodes:\n  hi: {say: You should., end: over}\n")
    code, out, _ = ended("check", str(tmp_path))
    assert (code, " RT405 warning: " in out) == (0, True)
    assert ended("check", "--strict", str(tmp_path))[0] == 1
    assert ended("check", "--strict", "--allow", "RT405", str(tmp_path))[0] == 0


def test_a_finding_is_explained_with_its_examples() -> None:
    code, out, err = ended("check", "--explain", "rt301")
    assert (code, err) == (0, "")
    assert out.startswith("## RT301 ")
    assert out.count("```yaml") == 2
    code, out, err = ended("check", "--explain", "RT999")
    assert (code, out) == (2, "")
    assert err.startswith("RT999: there is no such finding")


def test_a_talk_in_the_terminal() -> None:
    code, out, err = ended("play", "--dialogue", "own_it", typed="/help\n")
    assert (code, err) == (0, "")
    assert "[" in out
    assert out.endswith("Take care. Nothing of this was kept.\n")


def test_a_dialogue_that_is_not_there_is_told_in_one_line() -> None:
    code, out, err = ended("play", "--dialogue", "fly")
    assert (code, out) == (2, "")
    assert re.fullmatch(r'\w+: there is no dialogue "fly"; use one of .*\n', err)


def faults(tmp_path: Path, faulty: Path) -> dict[str, dict[str, str]]:
    """Settings that can't work, each beside all others that can."""
    (tmp_path / "odd.key").write_text("no key")
    (tmp_path / "odd.key").chmod(0o600)
    return {
        "settings": {"TELEGRAM__MESSAGES_PER_SECOND": "many"},
        "book": {"DIALOGUES__PATH": str(faulty)},
        "key": {"DATABASE__KEY_FILE": str(tmp_path / "odd.key")},
        "database": {"DATABASE__PATH": str(tmp_path / "nowhere" / "coach.db")},
        "token": {"TELEGRAM__TOKEN": ""},
    }


@pytest.mark.parametrize("which", ["settings", "book", "key", "database", "token"])
def test_what_cannot_work_is_one_line_and_no_traceback(tmp_path: Path, faulty: Path, which: str) -> None:
    sound = {
        "TELEGRAM__TOKEN": TOKEN,
        "TELEGRAM__BASE_URL": "http://127.0.0.1:9",
        "DATABASE__PATH": str(tmp_path / "coach.db"),
    }
    code, out, err = ended("run", cwd=tmp_path, **(sound | faults(tmp_path, faulty)[which]))
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert "Traceback" not in err
    assert TOKEN not in err


class Started:
    """A command that runs beside the test."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process

    async def says(self, stream: asyncio.StreamReader | None, words: str) -> str:
        """The first line from now on with these words."""
        assert stream is not None
        async with asyncio.timeout(60):
            while line := (await stream.readline()).decode():
                if words in line:
                    return line
        pytest.fail(f"it ended without saying {words!r}")

    async def end(self) -> int:
        """SIGTERM, twice, since the second must change nothing; the exit code."""
        self.process.send_signal(signal.SIGTERM)
        self.process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(60):
            return await self.process.wait()


async def started(*arguments: str, **settings: str) -> Started:
    pipe = asyncio.subprocess.PIPE
    command = (sys.executable, "-m", "bot", *arguments)
    return Started(
        await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=environment(**settings), stdout=pipe, stderr=pipe)
    )


async def ask(http: aiohttp.ClientSession, url: str, **body: Any) -> Any:
    async with http.request("POST" if body else "GET", url, json=body or None) as answer:
        return await answer.json()


async def greeted(http: aiohttp.ClientSession, root: str) -> list[str]:
    """What the coach says to somebody new who sends /start, once it has said something."""
    person = (await ask(http, f"{root}/playground/people", first_name="Ada"))["id"]
    await ask(http, f"{root}/playground/send", person=person, text="/start")
    async with asyncio.timeout(60):
        seq = 0
        while True:
            chat = await ask(http, f"{root}/playground/chat/{person}?since={seq}&wait=5")
            said = [one["text"] for one in chat["messages"] if one["from"] == "bot"]
            if said:
                return said
            seq = chat["seq"]


async def test_run_coaches_until_it_is_asked_to_end(tmp_path: Path) -> None:
    playground = Playground(token=TOKEN)
    root = await playground.start()
    settings = {
        "TELEGRAM__TOKEN": TOKEN,
        "TELEGRAM__BASE_URL": root,
        "DATABASE__PATH": str(tmp_path / "coach.db"),
        "DATABASE__KEY_FILE": str(tmp_path / "coach.key"),
    }
    run = await started("run", **settings)
    assert await run.says(run.process.stderr, "ready") == "ready: @playground_bot takes updates\n"
    async with aiohttp.ClientSession() as http:
        assert await greeted(http, root)
    assert await run.end() == 0
    await playground.stop()


async def test_run_waits_for_a_server_that_is_not_there_and_can_be_ended(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    settings = {
        "TELEGRAM__TOKEN": TOKEN,
        "TELEGRAM__BASE_URL": f"http://127.0.0.1:{port}",
        "DATABASE__PATH": str(tmp_path / "coach.db"),
    }
    run = await started("run", **settings)
    line = await run.says(run.process.stderr, "not connected yet")
    assert "nothing listens there" in line
    assert TOKEN not in line
    assert await run.end() == 0


async def test_a_token_that_is_refused_ends_run_in_one_line(tmp_path: Path) -> None:
    playground = Playground(token="4242424242:another-one")
    root = await playground.start()
    run = await started(
        "run", TELEGRAM__TOKEN=TOKEN, TELEGRAM__BASE_URL=root, DATABASE__PATH=str(tmp_path / "coach.db")
    )
    out, err = await run.process.communicate()
    assert (run.process.returncode, out) == (2, b"")
    assert err.count(b"\n") == 1
    assert TOKEN.encode() not in err
    await playground.stop()


async def test_the_demo_is_the_whole_coach_and_finds_a_free_port(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        demo = await started("demo", "--port", port, "--keep", str(tmp_path / "kept"))
        assert await demo.says(demo.process.stdout, "taken") == f"port {port} is taken; using another one\n"
        ready = await demo.says(demo.process.stdout, "ready")
    found = re.search(r"http://127\.0\.0\.1:\d+", ready)
    assert found is not None
    async with aiohttp.ClientSession() as http:
        assert await greeted(http, found[0])
        before = (await ask(http, f"{found[0]}/playground/clock"))["now"]
        after = (await ask(http, f"{found[0]}/playground/clock", add=86400))["now"]
        assert after - before >= 86400
    assert await demo.end() == 0
    assert (tmp_path / "kept" / "repair-talk.db").exists()


def test_the_demo_never_listens_to_others() -> None:
    code, out, err = ended("demo", "--host", "0.0.0.0")
    assert (code, out) == (2, "")
    assert err.count("\n") == 1


def test_the_demo_begins_at_no_moment_that_is_none() -> None:
    code, out, err = ended("demo", "--at", "noon")
    assert (code, out) == (2, "")
    assert "2026-01-05 18:00" in err


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A book of one question, whose keepsake is not put together well."""
    (tmp_path / "book.yaml").write_text("book: one\ntitle: One\nentry: hello\n")
    (tmp_path / "hello.yaml").write_text(
        "dialogue: hello\ntitle: Hello\nnodes:\n"
        "  why: {say: Why?, ask: {text: why}, go: done}\n"
        '  done: {say: Well., keep: {card: {title: Card, text: "It is, because {why} ."}}, end: done}\n'
    )
    return tmp_path


async def test_where_people_stop_is_printed_and_drawn(small: Path) -> None:
    path, picture = small / "coach.db", small / "stops.png"
    ways = {("", "why"): 42, ("why", ""): 42, ("why", "*"): 31}
    async with await Database.open(path, now=lambda: 1) as database:
        more = {("one", Edge("hello", *way)): people for way, people in ways.items()}
        await database.write(lambda connection: Statistics().add(connection, more))
    code, out, err = ended("stats", "--png", str(picture), DATABASE__PATH=str(path), DIALOGUES__PATH=str(small))
    assert (code, err) == (0, "")
    assert "hello · Hello · begun by 40\n" in out
    assert "waiting" in out
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_what_the_explorer_finds_is_printed_as_a_transcript_and_ends_with_1(small: Path) -> None:
    code, out, err = ended("explore", "--book", str(small), "--people", "3", "--dialogue", "hello")
    assert (code, err) == (1, "")
    assert out.startswith("card: keepsake: ")
    assert "talk:\n  - you: /start\n" in out
    assert "found: 1\n" in out


def test_an_edit_is_surveyed_before_sessions_are_brought_along(tmp_path: Path) -> None:
    book = tmp_path / "book"
    shutil.copytree(ROOT / "tests/books/questionnaire", book)

    def configured(*arguments: str) -> tuple[int, str, str]:
        return ended(*arguments, DATABASE__PATH=str(tmp_path / "coach.db"), DIALOGUES__PATH=str(book))

    code, out, err = configured("migrate", "--dry-run")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "there is no database yet" in err
    assert configured("bench", "seed", "--people", "3")[0] == 0
    nothing = "no talk is under way in an older book\n"
    assert configured("migrate") == (0, nothing, "")
    text = (book / "questionnaire.yaml").read_text()
    (book / "questionnaire.yaml").write_text(text.replace("title: ", "title: More "))
    before = configured("migrate", "--dry-run")
    assert before == configured("migrate", "--dry-run"), "nothing is changed"
    assert re.search(r"^questionnaire\.\w+ +· +3 +·", before[1], re.MULTILINE)
    assert configured("migrate")[1] == before[1]
    assert configured("migrate")[1] == nothing
