"""Who the client is behind proxies: what they say of it counts only if they are trusted by address.

werkzeug's own middleware counts proxies and waitress trusts one address; an operator knows networks.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_SAID = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST")
_SAID_ELSE = ("HTTP_X_FORWARDED_PORT", "HTTP_X_FORWARDED_BY", "HTTP_X_REAL_IP")

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def behind_proxies(application: WSGIApplication, trusted: tuple[str, ...]) -> WSGIApplication:
    """Return an application that sees clients in place of the proxies that are trusted.

    Args:
        application: what answers.
        trusted: addresses or networks; of all others nothing that they forward is believed.
    """
    networks = read_networks(trusted)

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        see_client(environ, networks)
        return application(environ, start_response)

    return answer


def read_networks(trusted: tuple[str, ...]) -> tuple[Network, ...]:
    """Return the networks of proxies that are trusted, from addresses or networks."""
    return tuple(ipaddress.ip_network(each, strict=False) for each in trusted)


def see_client(environ: WSGIEnvironment, networks: tuple[Network, ...]) -> None:
    """Put the client in place of the proxies that are trusted, and take out what anybody may have said."""
    said = {name: environ.pop(name, "") for name in (*_SAID, *_SAID_ELSE)}
    if _trusts(networks, read_address(environ.get("REMOTE_ADDR", ""))):
        environ["REMOTE_ADDR"] = _client(environ["REMOTE_ADDR"], said["HTTP_X_FORWARDED_FOR"], networks)
        scheme = said["HTTP_X_FORWARDED_PROTO"].rpartition(",")[2].strip().lower()
        if scheme in ("http", "https"):
            environ["wsgi.url_scheme"] = scheme


def read_address(text: str) -> Address | None:
    """Return the address that a text is, IPv4 where it is only dressed as IPv6; None where it is none."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address


def _client(peer: str, forwarded: str, networks: tuple[Network, ...]) -> str:
    """Return the last address in the chain that is no trusted proxy: anybody may write what is before it."""
    client = peer
    for part in reversed(forwarded.split(",")):
        address = read_address(part.strip())
        if address is None:
            break
        client = str(address)
        if not _trusts(networks, address):
            break
    return client


def _trusts(networks: tuple[Network, ...], address: Address | None) -> bool:
    return address is not None and any(address in network for network in networks)
