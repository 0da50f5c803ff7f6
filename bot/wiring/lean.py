"""Start-up without what a running coach never uses."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def without(*names: str) -> Iterator[None]:
    """Imports in this block find no module of these names, unless they are there already.

    For libraries that take another one for their own command lines and colours if it is installed: `rich` alone costs
    an eighth of a second and ten megabytes.
    """
    modules: dict[str, Any] = sys.modules
    hidden = [name for name in names if name not in modules]
    modules.update(dict.fromkeys(hidden))  # None makes an import fail as for something that is not installed
    try:
        yield
    finally:
        for name in hidden:
            del modules[name]
