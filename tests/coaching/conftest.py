"""Text of every kind, for properties."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

_WORDS = """
i'm dont can't won't I'LL ill id u ur '' 'you' "no" . ... !!! ?! , - > >> * ** k1ll f**k h*t 14yo 3 & sooo killlll mom
mums y'all'd've wouldn't've n't 've 'm kms bc not never he hits me
"""
WORDS = st.sampled_from([*_WORDS.split(), "\n", "\n\n", "\n>", "\0", "\ud800", "\u0301", "\ufb01", "\U0001d4c0"])


@pytest.fixture(scope="session")
def any_text() -> st.SearchStrategy[str]:
    """What nobody would write, and what anybody could."""
    anything = st.text(st.characters(codec=None), max_size=200)
    return st.one_of(anything, st.lists(WORDS, max_size=30).map(" ".join), st.lists(WORDS, max_size=30).map("".join))
