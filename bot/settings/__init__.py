"""What the operator decides: one YAML file, and over it the environment; checked once, then frozen.

Both sources are read as text and typed by one model, so `30` means the same in either. A key left empty, or a
variable set to nothing, counts as not given. Knows the standard library, pydantic, yaml and our errors; nothing else.
"""

from bot.settings.load import load
from bot.settings.model import (
    KEYS,
    ClockSettings,
    DatabaseSettings,
    DialogueSettings,
    HelplineSettings,
    LogSettings,
    OperatorSettings,
    Settings,
    TelegramSettings,
)

__all__ = [
    "KEYS",
    "ClockSettings",
    "DatabaseSettings",
    "DialogueSettings",
    "HelplineSettings",
    "LogSettings",
    "OperatorSettings",
    "Settings",
    "TelegramSettings",
    "load",
]
