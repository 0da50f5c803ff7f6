"""The pieces fit: clocks, books, logs, and a coach whose every part was checked before it takes an update."""

from __future__ import annotations

import gc
import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest
import structlog

from bot.errors import BookError, DatabaseError, KeyFileError, RepairTalkError, TokenError
from bot.settings import Settings
from bot.wiring import logs
from bot.wiring.app import assemble, clock_of, limits_of
from bot.wiring.book import facts_of, inherited, load_book, shipped, sources
from bot.wiring.clock import DemoClock, FileClock, SystemClock
from bot.wiring.lean import without
from bot.wiring.process import let_be, stay_on_one_core

HOUR = 3_600_000
TOKEN = "42:invented"
BOOK = "book: one\ntitle: One\nentry: hello\n"
HELLO = "dialogue: hello\ntitle: Hello\nnodes:\n  hi: {say: Hello., end: said}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A book of one dialogue."""
    made = tmp_path / "one"
    made.mkdir()
    (made / "book.yaml").write_text(BOOK)
    (made / "hello.yaml").write_text(HELLO)
    return made


def settings(tmp_path: Path, folder: Path, token: str = TOKEN) -> Settings:
    return Settings.model_validate(
        {
            "telegram": {"token": token, "base_url": "http://127.0.0.1:9"},
            "database": {"path": tmp_path / "coach.db"},
            "dialogues": {"path": folder},
        }
    )


def about(one: int, other: int) -> bool:
    return abs(one - other) < HOUR // 60


def test_the_machines_clock_never_leaps() -> None:
    assert not SystemClock().jumps
    assert about(SystemClock().now(), DemoClock().now())


def test_the_demos_clock_leaps() -> None:
    clock = DemoClock()
    clock.move(3600)
    assert clock.jumps
    assert about(clock.now(), SystemClock().now() + HOUR)
    assert about(int(clock.seconds() * 1000), clock.now())


def test_the_demos_clock_begins_where_it_is_told_to() -> None:
    monday = 1_767_636_000_000
    assert about(DemoClock(monday).now(), monday)


def test_a_clock_file_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "clock"
    passed = [0.0]
    monkeypatch.setattr("bot.wiring.clock.time.monotonic", lambda: passed[0])
    clock = FileClock(path)
    assert about(clock.now(), SystemClock().now())
    path.write_text("7200\n")
    passed[0] += 0.2
    assert about(clock.now(), SystemClock().now() + 2 * HOUR)


@pytest.mark.parametrize("content", ["", "soon", "\xff"])
def test_a_clock_file_without_a_number_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str
) -> None:
    path = tmp_path / "clock"
    passed = [0.0]
    monkeypatch.setattr("bot.wiring.clock.time.monotonic", lambda: passed[0])
    path.write_text("3600")
    clock = FileClock(path)
    assert about(clock.now(), SystemClock().now() + HOUR)
    path.write_text(content, encoding="latin-1")
    passed[0] += 0.2
    assert about(clock.now(), SystemClock().now() + HOUR)


def test_the_settings_choose_the_clock(tmp_path: Path) -> None:
    assert isinstance(clock_of(Settings()), SystemClock)
    moved = Settings.model_validate({"clock": {"offset_file": tmp_path / "clock"}})
    assert isinstance(clock_of(moved), FileClock)


def test_the_settings_choose_the_limits_and_the_operators_words() -> None:
    telegram = {"messages_per_second": 7, "messages_per_second_per_chat": 2, "burst_per_chat": 3}
    chosen = Settings.model_validate({"telegram": telegram, "operator": {"name": "Ada", "contact": "the harbour"}})
    limits = limits_of(chosen)
    assert (limits.per_second, limits.per_chat, limits.burst) == (7, 2, 3)
    assert facts_of(chosen) == {"operator": "Ada", "contact": "the harbour", "keep_days": "180"}


def test_the_shipped_book_is_sound() -> None:
    assert load_book(None).entry


def test_a_book_of_ones_own_inherits_what_every_book_has(folder: Path) -> None:
    book = load_book(folder)
    assert book.entry == "hello"
    assert {"help", "privacy", "delete"} <= book.commands.keys()


def test_inside_the_package_the_book_is_found_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.wiring.book.bot.__file__", str(tmp_path / "bot" / "__init__.py"))
    assert shipped() == tmp_path / "dialogues"
    (tmp_path / "bot" / "book").mkdir(parents=True)
    assert shipped() == tmp_path / "bot" / "book"


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BookError, match=r"nowhere: there is no such folder; name the folder"):
        sources(tmp_path / "nowhere")


def test_a_file_that_cannot_be_read_is_named(folder: Path) -> None:
    (folder / "odd.yaml").mkdir()
    with pytest.raises(BookError, match=r"odd\.yaml: can't be read"):
        sources(folder)


def test_what_every_book_inherits_is_no_book() -> None:
    folders = {Path(source.file).parent.name for source in inherited()}
    assert folders == {"system", "safety", "coaching"}


async def fault(wrong: Settings) -> RepairTalkError:
    with pytest.raises(RepairTalkError) as caught:
        async with assemble(wrong):
            pytest.fail("it must not come to this")
    assert "\n" not in str(caught.value) or isinstance(caught.value, BookError)
    return caught.value


async def test_a_coach_is_made_of_checked_parts(tmp_path: Path, folder: Path) -> None:
    async with assemble(settings(tmp_path, folder)) as parts:
        assert parts.book.id == "one"
        assert await parts.memory.store.read(parts.memory.inbox.count) == {"waiting": 0, "parked": 0, "done": 0}
    assert (tmp_path / "repair-talk.key").exists()


async def test_the_book_is_checked_first(tmp_path: Path, folder: Path) -> None:
    (folder / "hello.yaml").write_text(HELLO.replace("end: said", "go: nowhere"))
    wrong = settings(tmp_path, folder, token="")
    assert isinstance(await fault(wrong), BookError)
    assert not (tmp_path / "coach.db").exists()


async def test_then_the_key(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "repair-talk.key").write_text("no key")
    (tmp_path / "repair-talk.key").chmod(0o600)
    assert isinstance(await fault(settings(tmp_path, folder, token="")), KeyFileError)


async def test_then_the_database(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "coach.db").write_bytes(b"this is no database at all" * 100)
    assert isinstance(await fault(settings(tmp_path, folder, token="")), DatabaseError)


async def test_and_then_the_token(tmp_path: Path, folder: Path) -> None:
    assert isinstance(await fault(settings(tmp_path, folder, token="")), TokenError)


Log = Callable[[], str]


@pytest.fixture
def log(capsys: pytest.CaptureFixture[str]) -> Iterator[Log]:
    """What has been written to standard error; how logging was set up before comes back afterwards."""
    root, before = logging.getLogger(), structlog.get_config()
    handlers, level = root.handlers[:], root.level
    yield lambda: capsys.readouterr().err
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.configure(**before)


def test_a_log_line_is_one_line_of_facts(log: Log) -> None:
    logs.set_up("info", "text")
    structlog.get_logger().warning("parked", row=7, reason="two words\nand a line")
    line = log()
    assert line.endswith('warning parked row=7 reason="two words and a line"\n')
    assert line.count("\n") == 1


def test_a_log_line_can_be_json(log: Log) -> None:
    logs.set_up("info", "json")
    structlog.get_logger().error("parked", row=7)
    logging.getLogger("a.library").warning("something %s", "odd")
    first, second = map(json.loads, log().splitlines())
    assert (first["event"], first["level"], first["row"]) == ("parked", "error", 7)
    assert (second["event"], second["message"]) == ("a.library", "something odd")


def test_less_than_the_level_is_not_logged(log: Log) -> None:
    logs.set_up("error", "text")
    structlog.get_logger().warning("parked")
    logging.getLogger("a.library").warning("odd")
    assert log() == ""


@pytest.mark.parametrize("name", ["telegram.Bot", "httpx", "aiohttp.access", "asyncio"])
def test_libraries_that_quote_what_they_send_are_kept_quiet(log: Log, name: str) -> None:
    logs.set_up("debug", "text")
    logging.getLogger(name).info("POST https://example.org/bot1234567:invented-token-of-nobody-0000/sendMessage")
    assert log() == ""


def test_no_token_is_ever_logged(log: Log) -> None:
    logs.set_up("debug", "text")
    token = "1234567:invented-token-of-nobody-0000"
    structlog.get_logger().error("call", url=f"bot{token}/getMe")
    logging.getLogger("telegram").error("bot%s/getMe", token)
    said = log()
    assert "invented" not in said
    assert said.count("…") == 2


def test_a_librarys_traceback_is_left_out_for_it_may_hold_words(log: Log) -> None:
    logs.set_up("debug", "text")
    try:
        int("secret words")
    except ValueError:
        logging.getLogger("a.library").exception("it broke")
    said = log()
    assert "secret" not in said
    assert "error=ValueError" in said


def test_the_process_keeps_to_one_core(monkeypatch: pytest.MonkeyPatch) -> None:
    chosen: list[set[int]] = []
    monkeypatch.setattr(os, "sched_getaffinity", lambda _who: {3, 5, 8}, raising=False)
    monkeypatch.setattr(os, "sched_setaffinity", lambda _who, cores: chosen.append(cores), raising=False)
    stay_on_one_core()
    assert len(chosen[0]) == 1
    assert chosen[0] < {3, 5, 8}


def test_what_stays_is_no_longer_collected() -> None:
    before = gc.get_threshold()
    try:
        let_be()
        assert gc.get_freeze_count() > 0
        assert gc.get_threshold()[0] > before[0]
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


def test_a_module_can_be_left_out_of_imports_for_a_while() -> None:
    assert "wave" not in sys.modules
    with without("wave", "json"):
        with pytest.raises(ImportError):
            import_module("wave")
        assert import_module("json") is json
    import_module("wave")
    del sys.modules["wave"]


def test_a_running_coach_has_no_use_for_the_terminals_colours() -> None:
    """If a library stops bearing its absence, or another brings it back, this says so."""
    code = (
        "import sys\nfrom bot.wiring.lean import without\n"
        "with without('rich'):\n    import bot.wiring.app, bot.wiring.logs\n"
        "print('rich' in sys.modules)"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout == "False\n"
