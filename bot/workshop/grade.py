"""The school grade that can read an English text, as Flesch and Kincaid count it: by words a sentence and syllables."""

from __future__ import annotations

import warnings


def grade(text: str) -> float:
    """The grade, about 0 to 18; what a grade says of fewer than a hundred words means little."""
    with warnings.catch_warnings():
        # The library still asks setuptools for its word list, in a way that is to be given up.
        warnings.filterwarnings("ignore", category=DeprecationWarning)
        warnings.filterwarnings("ignore", message="pkg_resources", category=UserWarning)
        import textstat  # type: ignore[import-untyped]  # noqa: PLC0415 - without types; slow, and only for authors

        return float(textstat.flesch_kincaid_grade(text))
