"""Who may come in: only this machine, and no website through somebody's browser."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from aiohttp import web


def is_loopback(host: str) -> bool:
    """Whether a host name or address can only mean this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


class Doors:
    """Judges requests by their Host, Origin and Sec-Fetch-Site.

    The Host tells a page that reached us under a name of its own (DNS rebinding), the Origin one that sends us forms,
    and Sec-Fetch-Site one that embeds us as a picture or a script.
    """

    def __init__(self) -> None:
        self._known: set[str] = set()

    def is_open_to(self, request: web.BaseRequest) -> bool:
        """Whether this request comes from this machine on its own account."""
        headers = request.headers
        host = headers.get("Host", "")
        if host not in self._known and not self._learn(host):
            return False
        origin = headers.get("Origin")
        if origin is not None and origin != f"http://{host}":
            return False
        return headers.get("Sec-Fetch-Site", "none") in {"none", "same-origin"}

    def _learn(self, host: str) -> bool:
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        if not is_loopback(name):
            return False
        if len(self._known) < 64:
            self._known.add(host)
        return True
