"""A button's data: written once, read back exactly, and nothing else believed."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from bot.conversation.incoming import Chose, Fumbled
from bot.messenger import tap

KEYS = st.text("abcXYZ019_.<>+-", min_size=1, max_size=40)
NONCES = st.integers(0, tap.LARGEST_NONCE)


@given(NONCES, KEYS)
def test_what_is_written_is_read_back(nonce: int, key: str) -> None:
    assert tap.read(tap.write(nonce, key)) == Chose(nonce, key)


@given(NONCES, KEYS)
def test_data_fits_into_64_bytes(nonce: int, key: str) -> None:
    assert len(tap.write(nonce, key).encode()) <= 64


@given(st.one_of(st.text(max_size=70), st.from_regex(r"[0-9a-fA-F]{0,20}:[\w.<>+-]{0,45}", fullmatch=True)))
def test_only_what_could_have_been_written_is_believed(data: str) -> None:
    match tap.read(data):
        case Chose(nonce, key):
            assert tap.write(nonce, key) == data
        case other:
            assert other == Fumbled()


@pytest.mark.parametrize(
    "data",
    [
        *(None, 7, [], {}, True),
        *("", ":", "5:", ":a", "5", "05:a", "A:a", "-1:a", "5:a\n", "5:é", "5:" + "a" * 41),
        *("20000000000001:a", "fffffffffffffff:a", " 5:a", "5:a b", "\uff15:a"),
    ],
)
def test_foreign_data_is_a_fumble(data: object) -> None:
    assert tap.read(data) == Fumbled()


@pytest.mark.parametrize(
    ("nonce", "key"), [(-1, "a"), (tap.LARGEST_NONCE + 1, "a"), (5, ""), (5, "a b"), (5, "a" * 41)]
)
def test_what_could_not_be_read_back_is_not_written(nonce: int, key: str) -> None:
    with pytest.raises(ValueError, match="no button can carry"):
        tap.write(nonce, key)
