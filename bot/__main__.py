"""The front door: `repair-talk` and `python -m bot` are the same, and neither ever greets a person with a traceback."""

from __future__ import annotations

import os
import sys
from importlib import import_module

from bot.errors import RepairTalkError, SettingsError


def main() -> None:
    """Run the command line and exit with its code: 0 fine, 1 findings or failure, 2 misuse, 130 interrupted."""
    try:
        try:
            # By name and only now: Ctrl-C is heeded from the first moment on, while the imports still take their time.
            import_module("bot.cli").app(prog_name="repair-talk")
        finally:
            sys.stdout.flush()  # here, not at the interpreter's end, where a closed pipe can't be caught any more
    except BrokenPipeError:
        _silence_stdout()
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
    except RepairTalkError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2 if isinstance(error, SettingsError) else 1)


def _silence_stdout() -> None:
    """Give what is still buffered a place to go, so that the interpreter's last flush finds no fault."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


if __name__ == "__main__":
    main()
