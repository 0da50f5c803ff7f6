"""How the process sits on its machine: on one core, and with a collector that leaves alone what stays."""

from __future__ import annotations

import gc
import os
from typing import Final

COLLECT_EVERY: Final = (20_000, 20, 50)
"""The collector's thresholds: a turn makes thousands of short-lived objects and hardly a circle."""


def stay_on_one_core() -> None:
    """Keep this thread, and those it starts, on one of the cores it may use; before any other thread is started.

    Only one thread runs at a time anyway, and handing a turn's memory from core to core costs a third more than the
    turn itself. Which core is left to chance, so that several coaches spread; the system moves others out of the way.
    """
    if hasattr(os, "sched_setaffinity"):
        cores = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {cores[os.getpid() % len(cores)]})


def let_be() -> None:
    """Whatever exists now stays: the collector need not look at it again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_EVERY)
