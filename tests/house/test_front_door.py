from __future__ import annotations

import os
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STAND_IN = """
import sys, types
from bot.__main__ import main
from bot.errors import BookError, SettingsError
cli = types.ModuleType("bot.cli")
def app(prog_name):
    {body}
cli.app = app
sys.modules["bot.cli"] = cli
main()
"""


def started(body: str) -> subprocess.Popen[str]:
    """The front door over a command line that does just `body`."""
    code = STAND_IN.format(body=body)
    pipe = subprocess.PIPE
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}  # a buffer is the point
    return subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, env=environ, stdin=pipe, stdout=pipe, stderr=pipe, text=True
    )


def ended(body: str) -> tuple[int, str, str]:
    with started(body) as process:
        out, err = process.communicate()
    return process.returncode, out, err


def test_the_command_line_decides_the_exit_code() -> None:
    assert ended("print(prog_name); sys.exit(1)") == (1, "repair-talk\n", "")
    assert ended("pass") == (0, "", "")


@pytest.mark.parametrize(("error", "code"), [("SettingsError", 2), ("BookError", 1)])
def test_an_error_made_for_people_is_shown_without_a_traceback(error: str, code: int) -> None:
    assert ended(f"raise {error}('place: cause; cure')") == (code, "", "place: cause; cure\n")


def test_a_fault_of_the_program_keeps_its_traceback() -> None:
    code, _, err = ended("raise ZeroDivisionError")
    assert code == 1
    assert err.startswith("Traceback")


@pytest.mark.parametrize("lines", [1, 100_000])
def test_a_reader_that_has_had_enough_leaves_no_traceback(lines: int) -> None:
    with started(f"input(); print('a line of some length ' * {lines})") as process:
        assert process.stdout is not None
        process.stdout.close()
        _, err = process.communicate("go on\n")
    assert (process.returncode, err) == (1, "")


def test_an_interrupt_leaves_no_traceback() -> None:
    # Where a shell runs us in the background, it has told us to ignore interrupts.
    heard = "import signal, time; signal.signal(signal.SIGINT, signal.default_int_handler)"
    with started(f"{heard}; print('here', flush=True); time.sleep(60)") as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate()
    assert (process.returncode, err) == (130, "")


def test_the_console_script_and_the_module_are_one() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["scripts"] == {"repair-talk": "bot.__main__:main"}
