"""What an operator reads when the Bot API can't be used: place, cause and cure in one sentence, never the token."""

from __future__ import annotations

from bot.errors import RepairTalkError, TokenError
from bot.messenger.reply import Later, Refused, Reply, RivalError, Unauthorized, UnreachableError, Unsent, Unwell

UNUSABLE = (
    "telegram.token is missing or is no token; talk to @BotFather (/newbot, or /mybots and API Token) and put what it "
    "gives you into the settings or REPAIR_TALK_TELEGRAM__TOKEN"
)

_UNSENT = {
    "dns": "its name can't be looked up; check the network and telegram.base_url",
    "refused": "nothing listens there; check telegram.base_url, and that the server runs",
    "tls": "its certificate isn't trusted here; check this machine's clock and certificates",
    "proxy": "the proxy won't pass us on; check HTTPS_PROXY",
    "timeout": "no connection came about in time; check the network",
    "closed": "the connection was closed by this program; start it again",
}


def trouble(reply: Reply, place: str) -> RepairTalkError:
    """The error for a call that had to succeed and was answered with `reply`; `place` is the server's root."""
    match reply:
        case Unauthorized() | Refused("other:404"):
            return TokenError(
                f"{place} refused telegram.token: it is wrong or was revoked; copy it again from @BotFather "
                "(/mybots, then API Token)"
            )
        case Refused("other:409"):
            return RivalError(
                f"{place} gives this bot's updates to another process or a webhook; stop that, or use another bot"
            )
        case Later(after):
            return UnreachableError(f"{place} had too many calls from this bot; wait {after:g} s", after)
        case Unsent(reason):
            cause = _UNSENT.get(reason, "no connection came about; check the network and telegram.base_url")
            return UnreachableError(f"{place} can't be reached: {cause}")
        case Unwell(code):
            return UnreachableError(
                f"{place} is out of order (HTTP {code}); it mends itself, or check telegram.base_url"
            )
        case _:
            return UnreachableError(
                f"{place} doesn't answer as the Bot API does; check the network and telegram.base_url"
            )
