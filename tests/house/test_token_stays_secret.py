from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import KEYS, load

TOKEN = "1234567890:AAExampleExampleExampleExampleExamp"


@pytest.mark.parametrize("key", ["__".join(key).upper() for key in KEYS])
def test_the_token_is_not_shown_even_where_it_stands_in_the_place_of_something_else(key: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load(None, {f"REPAIR_TALK_{key}": TOKEN, "REPAIR_TALK_FOO": "x"})
    assert TOKEN not in f"{caught.value} {caught.value!r}"
    assert caught.value.__context__ is None


@pytest.mark.parametrize(
    "text",
    [
        f'telegram: {{token: "{TOKEN} "x"}}',
        f"telegram:\n  token:{TOKEN}\n",
        f"telegram:\n  mode: polling\n  token:{TOKEN}\n",
        f'telegram: {{token: "{TOKEN} and more"}}',
        f"telegram: {{base_url: https://api.telegram.org/bot{TOKEN}/getMe}}",
        f'telegram: {{"{TOKEN}": x}}',
        f"telegram: [{TOKEN}]",
        TOKEN,
    ],
)
def test_the_token_is_not_shown_whatever_went_wrong_with_it(text: str, tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load(path, {})
    assert TOKEN.partition(":")[2] not in str(caught.value)


def test_the_token_is_not_shown_by_printing_the_settings() -> None:
    settings = load(None, {"REPAIR_TALK_TELEGRAM__TOKEN": TOKEN})
    assert TOKEN not in f"{settings} {settings!r} {settings.model_dump_json()}"
