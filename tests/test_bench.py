"""The benchmark as a whole, in its short form: that it works, never how fast."""

from __future__ import annotations

import asyncio
import gc
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.wiring.bench import _sitting_as_the_coach_does, _whole


def bench(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """`repair-talk bench` with a folder of its own for what it puts aside."""
    return subprocess.run(
        [sys.executable, "-m", "bot", "bench", *arguments],
        env={**os.environ, "TMPDIR": str(folder), **settings},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


def row(text: str, name: str) -> list[str]:
    found = re.search(rf"^{re.escape(name)}  +(.*)$", text, re.MULTILINE)
    assert found, f"no row {name!r} in:\n{text}"
    return re.split(r"  +", found[1].strip())


def test_durable_turns_are_told_beside_their_floor(tmp_path: Path) -> None:
    done = bench(tmp_path, "--short", "--only", "turns")
    assert (done.returncode, done.stderr) == (0, "")
    for size in ("1", "10", "32"):
        figures = [float(figure.replace(",", "")) for figure in row(done.stdout, size)]
        assert len(figures) == 5
        assert all(figure > 0 for figure in figures)
    assert done.stdout.count("at most 2.5") == 3
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("part", "goal"), [("replies", "at least 1,500"), ("slow", "at least 600")])
def test_replies_are_told_beside_the_bare_loop_and_nobody_is_left_waiting(tmp_path: Path, part: str, goal: str) -> None:
    done = bench(tmp_path, "--short", "--only", part, "--people", "8")
    assert (done.returncode, done.stderr) == (0, "")
    assert "8 people at a time" in done.stdout
    for name in ("turns/s", "wait p50, ms", "wait p99, ms", "turns, all runs"):
        coach, bare = (float(figure.replace(",", "")) for figure in row(done.stdout, name))
        assert coach > 0
        assert bare > 0
    assert row(done.stdout, "unanswered") == ["0", "0"]
    assert row(done.stdout, "answered with something else") == ["0", "0"]
    assert goal in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_reading_a_text_is_told_beside_its_goals(tmp_path: Path) -> None:
    done = bench(tmp_path, "--short", "--only", "reading")
    assert (done.returncode, done.stderr) == (0, "")
    for name, length in (("everyday", "500"), ("much to hear", "500"), ("hostile", "4,096")):
        characters, took = row(done.stdout, name)
        assert characters == length
        assert float(took.replace(",", "")) > 0
    for goal in ("500 characters at most 300", "4,096 hostile ones at most 5,000"):
        assert f"goal: microseconds of CPU for {goal}: " in done.stdout


def test_a_picture_is_drawn_and_told_beside_its_goal(tmp_path: Path) -> None:
    done = bench(tmp_path, "--short", "--only", "picture")
    assert (done.returncode, done.stderr) == (0, "")
    for weeks in ("1", "6", "12"):
        assert all(float(figure) > 0 for figure in row(done.stdout, weeks)[1:])
    assert "milliseconds for a picture at most 500" in done.stdout


def test_a_benchmark_that_is_told_to_end_ends_what_it_began(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "bench", "--only", "turns", "--seconds", "600"],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        while not list(tmp_path.iterdir()):
            assert process.poll() is None
        process.send_signal(signal.SIGTERM)
        assert process.communicate(timeout=60) == ("", "")
    finally:
        process.kill()
    assert process.returncode == 1
    assert list(tmp_path.iterdir()) == []


def test_what_is_started_later_is_not_bound_to_the_core_of_the_durable_turns() -> None:
    if not hasattr(os, "sched_getaffinity"):  # then nothing is bound
        return
    before = os.sched_getaffinity(0), gc.get_threshold()
    with _sitting_as_the_coach_does():
        assert len(os.sched_getaffinity(0)) == 1
        assert gc.get_threshold() != before[1]
    assert (os.sched_getaffinity(0), gc.get_threshold()) == before


async def test_a_piece_of_the_measurement_ends_in_order_even_when_it_is_told_to_end() -> None:
    begun, over = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        begun.set()
        await asyncio.sleep(0)
        over.set()

    piece = asyncio.create_task(_whole(work()))
    await begun.wait()
    piece.cancel()
    with pytest.raises(asyncio.CancelledError):
        await piece
    assert over.is_set()


def test_a_configured_database_is_filled_once(tmp_path: Path) -> None:
    place = {"REPAIR_TALK_DATABASE__PATH": str(tmp_path / "people.db")}
    arguments = ("seed", "--people", "5", "--nudges", "7", "--due", "1767261600")
    first = bench(tmp_path, *arguments, **place)
    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout == "5 people in the middle of a talk, 7 nudges planned\n"
    second = bench(tmp_path, *arguments, **place)
    assert second.returncode == 2
    assert "people.db: there are people in it already" in second.stderr
    assert len(second.stderr.splitlines()) == 1
    assert bench(tmp_path, *arguments, "--force", **place).returncode == 0


def test_everybody_is_brought_along_after_an_edit_while_others_talk(tmp_path: Path) -> None:
    done = bench(tmp_path, "migrate", "--people", "40")
    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(r"^40 people, .* sessions/s, 40 move$", done.stdout, re.MULTILINE)
    assert re.search(r"^a turn meanwhile: .* ms at most, of \d+$", done.stdout, re.MULTILINE)
    assert list(tmp_path.iterdir()) == []


def test_a_big_book_is_read_and_checked_beside_its_goal(tmp_path: Path) -> None:
    done = bench(tmp_path, "check", "--nodes", "60", "--runs", "1")
    assert done.stderr == ""
    assert float(row(done.stdout, "60")[-1]) > 0
    assert "milliseconds of CPU for 1,000 nodes at most 1,000" in done.stdout
