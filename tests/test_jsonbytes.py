"""JSON both ways: what orjson can't do is done all the same."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, strategies as st

from bot.jsonbytes import packed, unpacked

WHOLE = st.integers(-(2**63), 2**63 - 1)
ANY_TEXT = st.text(st.characters())  # halves of surrogate pairs among them
PLAIN = st.recursive(
    st.none() | st.booleans() | WHOLE | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ANY_TEXT, inner, max_size=4),
    max_leaves=12,
)


@given(PLAIN)
def test_everything_comes_back_as_it_was(data: object) -> None:
    assert unpacked(packed(data)) == data


@given(PLAIN)
def test_others_read_the_same(data: object) -> None:
    assert json.loads(packed(data)) == data


def test_half_a_character_is_kept() -> None:
    assert unpacked(packed({"text": "a\ud83d"})) == {"text": "a\ud83d"}


def test_tuples_become_lists() -> None:
    assert unpacked(packed({"days": ("mon", "tue")})) == {"days": ["mon", "tue"]}


def test_what_an_earlier_version_wrote_is_read() -> None:
    assert unpacked('"a\ud83d"'.encode("utf-8", "surrogatepass")) == "a\ud83d"


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b'{"a":1}x', b"[" * 200_000])
def test_what_is_no_json_is_refused(body: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        unpacked(body)
