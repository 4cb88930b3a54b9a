"""Asking a service that runs to do what only it can, since it holds the store."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any

from kg.cli.arguments import UsageError
from kg.errors import KgError, NotFoundError, StoreError
from kg.settings import Settings

_SECONDS = 600
_NOT_FOUND = (404, 410)


def call_service(service: str, path: str, body: Mapping[str, object] | None = None) -> dict[str, Any]:
    """Return the answer of a service to a request that needs its token.

    Args:
        service: its address.
        path: what is asked, from its stroke on.
        body: what is sent as JSON; without it nothing is.

    Raises:
        UsageError: the address is none.
        KgError: no token is set, or the service refuses or does not answer.
    """
    if not service.startswith(("http://", "https://")):
        raise UsageError(f"{service} is no address of a service: give one such as http://127.0.0.1:8000")
    token = Settings.from_environment().write_token
    if not token:
        raise KgError(
            "a running service wants its token: set KG_WRITE_TOKEN to the one that it was started with"
        )
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(  # noqa: S310 (its scheme has been looked at)
        f"{service.rstrip('/')}{path}",
        data=data,
        method="POST",
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310
            found: dict[str, Any] = json.load(answer)
    except urllib.error.HTTPError as error:
        if error.code in _NOT_FOUND:
            raise NotFoundError(_detail(error)) from None
        raise StoreError(f"{service} refuses: {_detail(error)}") from None
    except (OSError, ValueError) as error:
        raise StoreError(f"{service} does not answer as this program does: {error}") from None
    return found


def _detail(error: urllib.error.HTTPError) -> str:
    try:
        return str(json.load(error)["detail"])
    except (ValueError, KeyError, TypeError):
        return f"{error.code} {error.reason}"
