from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.operations.figures import UnmeasuredError
from bot.operations.process import running

READY = "import sys, time; sys.stderr.write('ready: now\\n'); sys.stderr.flush(); "


def alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


async def test_a_program_is_gone_once_it_is_no_longer_measured(tmp_path: Path) -> None:
    code = f"import os, pathlib; pathlib.Path('id').write_text(str(os.getpid())); {READY} time.sleep(600)"
    async with running(["-c", code], {}, tmp_path) as program:
        number = int((tmp_path / "id").read_text())
        assert alive(number)
        program.check()
    assert not alive(number)


async def test_a_program_is_gone_even_if_the_measurement_fails(tmp_path: Path) -> None:
    code = f"import os, pathlib; pathlib.Path('id').write_text(str(os.getpid())); {READY} time.sleep(600)"
    with pytest.raises(ZeroDivisionError):
        async with running(["-c", code], {}, tmp_path):
            raise ZeroDivisionError
    assert not alive(int((tmp_path / "id").read_text()))


async def test_a_program_that_ends_before_it_is_ready_is_told_with_its_last_words(tmp_path: Path) -> None:
    with pytest.raises(UnmeasuredError, match="code 3, and said: no token"):
        async with running(["-c", "import sys; sys.stderr.write('no token\\n'); sys.exit(3)"], {}, tmp_path):
            pass


async def test_a_program_sees_only_the_settings_it_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPAIR_TALK_TELEGRAM__TOKEN", "a real one")
    code = f"""
import os, pathlib
ours = sorted(name + '=' + value for name, value in os.environ.items() if name.startswith('REPAIR_TALK_'))
pathlib.Path('seen').write_text(' '.join(ours))
{READY} time.sleep(600)
"""
    async with running(["-c", code], {"LOG__LEVEL": "error"}, tmp_path):
        assert (tmp_path / "seen").read_text() == "REPAIR_TALK_LOG__LEVEL=error"


async def test_the_time_a_program_takes_grows_with_its_work(tmp_path: Path) -> None:
    busy = f"{READY}\nwhile True: pass"
    async with running(["-c", busy], {}, tmp_path) as program:
        before = program.cpu_seconds()
        if before is None:  # a system that doesn't tell: then it never does
            assert not Path("/proc/self/stat").exists()  # noqa: ASYNC240 - asked of memory, not of a disk
            return
        while (program.cpu_seconds() or 0) <= before:
            program.check()
