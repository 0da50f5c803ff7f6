"""What a button carries through Telegram and back: the question's nonce and the answer's key, in 64 bytes."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.conversation.incoming import Chose, Fumbled

LARGEST_NONCE = 2**53  # what every JSON reader on the way keeps exact

_KEY = re.compile(r"[A-Za-z0-9_.<>+/:-]{1,40}")
_DATA = re.compile(rf"(0|[1-9a-f][0-9a-f]{{0,13}}):({_KEY.pattern})")


def write(nonce: int, key: str) -> str:
    """The data of the button `key` under the question `nonce`; ValueError if `read` could not give both back."""
    if not 0 <= nonce <= LARGEST_NONCE or not _fits(key):
        raise ValueError(f"no button can carry nonce {nonce} and this key; a key has 1-40 of A-Z a-z 0-9 _.:<>+/-")
    return f"{nonce:x}:{key}"


@lru_cache(maxsize=4096)
def _fits(key: str) -> bool:
    return _KEY.fullmatch(key) is not None


def read(data: object) -> Chose | Fumbled:
    """What a tap with this data means; whatever `write` would not have written is `Fumbled`."""
    match = _DATA.fullmatch(data) if isinstance(data, str) else None
    if match is None or (nonce := int(match[1], 16)) > LARGEST_NONCE:
        return Fumbled()
    return Chose(nonce, match[2])
