"""Bot API methods about receiving: long polling and webhooks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from bot.playground.body import Call
from bot.playground.refusal import Refused, bad_request
from bot.playground.state import State
from bot.playground.webhook import Target, Webhook, read_target

_LONGEST_POLL: Final = 50
_LARGEST_BATCH: Final = 100
_WEBHOOK_ACTIVE: Final = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


async def get_updates(state: State, webhook: Webhook, call: Call) -> list[Mapping[str, Any]]:
    """Acknowledge what is before `offset`, then give what waits, or wait for it."""
    if webhook.target is not None:
        raise Refused(409, _WEBHOOK_ACTIVE)
    _allow(state, call)
    state.updates.acknowledge(call.integer("offset"))
    limit = call.integer("limit", _LARGEST_BATCH)
    timeout = call.integer("timeout")
    return await state.updates.poll(
        limit if 1 <= limit <= _LARGEST_BATCH else _LARGEST_BATCH, max(0, min(timeout, _LONGEST_POLL))
    )


async def set_webhook(state: State, webhook: Webhook, call: Call) -> bool:
    """Deliver to an address from now on; an empty one stops that."""
    if not call.text("url"):
        return await delete_webhook(state, webhook, call)
    target: Target = read_target(call)
    _allow(state, call)
    if call.flag("drop_pending_updates"):
        state.updates.clear()
    state.updates.interrupt_for_webhook()
    await webhook.start(target)
    return True


async def delete_webhook(state: State, webhook: Webhook, call: Call) -> bool:
    """Stop delivering; what was not delivered waits for getUpdates."""
    await webhook.end()
    if call.flag("drop_pending_updates"):
        state.updates.clear()
    return True


async def get_webhook_info(state: State, webhook: Webhook, _call: Call) -> dict[str, Any]:
    """Where updates go, how many wait, and what went wrong last."""
    info: dict[str, Any] = {
        "url": webhook.target.url if webhook.target else "",
        "has_custom_certificate": False,
        "pending_update_count": state.updates.counts["pending"],
    }
    if webhook.target is not None:
        info["max_connections"] = webhook.target.max_connections
        info["ip_address"] = webhook.target.address
    if webhook.last_error is not None:
        info["last_error_date"], info["last_error_message"] = webhook.last_error
    if state.updates.allowed is not None:
        info["allowed_updates"] = sorted(state.updates.allowed)
    return info


def _allow(state: State, call: Call) -> None:
    """Only a list that is given changes anything; it then holds until the next."""
    if "allowed_updates" not in call.fields:
        return
    kinds = call.structure("allowed_updates", "allowed_updates")
    if kinds is None:
        return
    if not isinstance(kinds, list):
        raise bad_request("expected an Array of update types")
    state.updates.allow(kind for kind in kinds if isinstance(kind, str))
