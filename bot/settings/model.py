"""What there is to decide, and what makes a value sound; every default stands here and nowhere else."""

from __future__ import annotations

import re
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal, TypeAlias
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationInfo,
    field_validator,
)

_TOKEN = re.compile(r"[^\s/?#%]*")


def _sendable(token: SecretStr) -> SecretStr:
    """Refuse what can't stand in a request's path; the shape beyond that is Telegram's to judge."""
    bare = token.get_secret_value().strip()
    if not _TOKEN.fullmatch(bare):
        raise ValueError("holds a space or one of / ? # %; copy the token from @BotFather again, and nothing around it")
    return SecretStr(bare)


def _server_root(url: str) -> str:
    """Only the root, without a closing slash; the value stays out of the error, since a token may stand in it."""
    try:
        parts = urlsplit(url)
        sound = parts.scheme in {"http", "https"} and parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:
        sound = False
    if not sound:
        raise ValueError("is not the address of a server; write it like https://api.telegram.org")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise ValueError("holds more than a server's address; leave off the login, and what follows ? or #")
    if re.search(r"/bot(?:$|[/<\d])", parts.path):
        raise ValueError("goes too far; leave off /bot and what follows, it is added to each request")
    return url.rstrip("/")


def on_loopback(url: str) -> bool:
    """Whether the address names this very machine; False also for what is no address."""
    try:
        host = urlsplit(url).hostname or ""
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _at_home(path: Path) -> Path:
    try:
        return path.expanduser()
    except RuntimeError:
        raise ValueError("starts with ~, but no such home folder is known; write the whole path") from None


def _known_mode(mode: str) -> str:
    if mode == "webhook":
        raise ValueError("webhook is not available yet; use polling")
    return mode


Rate: TypeAlias = Annotated[float, Field(ge=0, allow_inf_nan=False)]
FilePath: TypeAlias = Annotated[Path, AfterValidator(_at_home)]


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class TelegramSettings(_Section):
    """The bot's account and server, and how fast it may speak there; rates in messages a second, 0 = no limit."""

    token: Annotated[SecretStr, AfterValidator(_sendable)] = SecretStr("")
    base_url: Annotated[str, AfterValidator(_server_root)] = "https://api.telegram.org"
    mode: Annotated[Literal["polling", "webhook"], BeforeValidator(str.lower), AfterValidator(_known_mode)] = "polling"
    messages_per_second: Rate = 30
    messages_per_second_per_chat: Rate = 1
    burst_per_chat: Annotated[int, Field(ge=1)] = 5

    @property
    def on_loopback(self) -> bool:
        """Whether the server is on this very machine."""
        return on_loopback(self.base_url)


class DatabaseSettings(_Section):
    """Where people's words are kept, and where the key to them."""

    path: FilePath = Path("repair-talk.db")
    key_file: FilePath = Field(default_factory=lambda given: given["path"].with_name("repair-talk.key"))

    @field_validator("key_file")
    @classmethod
    def _apart(cls, key_file: Path, given: ValidationInfo) -> Path:
        if key_file == given.data.get("path"):
            raise ValueError("names the database itself; give the key a file of its own")
        return key_file


class DialogueSettings(_Section):
    """Which book is spoken from (None: the one that ships), and whether edits of it are taken up while it is in use."""

    path: FilePath | None = None
    watch: bool = True


class HelplineSettings(_Section):
    """Where the operator's own file of help lines is; it need not be there."""

    path: FilePath = Path("helplines.yaml")


class OperatorSettings(_Section):
    """Who answers for the bot, as people are told; and after how many quiet days a person is forgotten."""

    name: str = "the person who runs this bot"
    contact: str = "the place where you found this bot"
    keep_days: Annotated[int, Field(ge=1)] = 180


class ClockSettings(_Section):
    """For tests alone: a file holding seconds that are added to now."""

    offset_file: FilePath | None = None


class StatisticsSettings(_Section):
    """Whether it is counted how many people pass each edge of the book."""

    counting: bool = True


class LogSettings(_Section):
    """How much is logged, and in which shape."""

    level: Annotated[Literal["debug", "info", "warning", "error"], BeforeValidator(str.lower)] = "info"
    format: Annotated[Literal["text", "json"], BeforeValidator(str.lower)] = "text"


class Settings(_Section):
    """Everything the operator decides. Without arguments: the defaults."""

    telegram: TelegramSettings = TelegramSettings()
    database: DatabaseSettings = DatabaseSettings()
    dialogues: DialogueSettings = DialogueSettings()
    helplines: HelplineSettings = HelplineSettings()
    operator: OperatorSettings = OperatorSettings()
    statistics: StatisticsSettings = StatisticsSettings()
    clock: ClockSettings = ClockSettings()
    log: LogSettings = LogSettings()


Key: TypeAlias = tuple[str, ...]

SECTIONS: tuple[Key, ...] = tuple((section,) for section in Settings.model_fields)
KEYS: tuple[Key, ...] = tuple(
    (*section, name) for section in SECTIONS for name in type(getattr(Settings(), *section)).model_fields
)
