"""What an operator reads: one line with place, cause and cure."""

from __future__ import annotations

import pytest

from bot.errors import RepairTalkError, TokenError
from bot.messenger.reply import (
    Delivered,
    Doubtful,
    Later,
    Refused,
    Reply,
    RivalError,
    Unauthorized,
    UnreachableError,
    Unsent,
    Unwell,
)
from bot.messenger.trouble import trouble

PLACE = "https://telegram.example"


@pytest.mark.parametrize(
    ("reply", "kind", "cure"),
    [
        (Unauthorized(), TokenError, "@BotFather"),
        (Refused("other:404"), TokenError, "@BotFather"),
        (Refused("other:409"), RivalError, "stop that"),
        (Later(30), UnreachableError, "wait 30 s"),
        (Unsent("dns"), UnreachableError, "base_url"),
        (Unsent("refused"), UnreachableError, "base_url"),
        (Unsent("tls"), UnreachableError, "clock"),
        (Unsent("proxy"), UnreachableError, "HTTPS_PROXY"),
        (Unsent("timeout"), UnreachableError, "check the network"),
        (Unsent("unheard of"), UnreachableError, "check the network"),
        (Unwell(502), UnreachableError, "HTTP 502"),
        (Doubtful("garbled"), UnreachableError, "base_url"),
        (Refused("other:400"), UnreachableError, "base_url"),
        (Delivered(), UnreachableError, "base_url"),
    ],
)
def test_each_trouble_names_its_place_and_cure_in_one_line(
    reply: Reply, kind: type[RepairTalkError], cure: str
) -> None:
    error = trouble(reply, PLACE)
    assert type(error) is kind
    assert str(error).startswith(PLACE)
    assert cure in str(error)
    assert "\n" not in str(error)


def test_a_flooded_server_says_how_long_to_wait() -> None:
    error = trouble(Later(30), PLACE)
    assert isinstance(error, UnreachableError)
    assert error.after == 30
