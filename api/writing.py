"""Who may write: whoever sends the token of the service, if it has one."""

from __future__ import annotations

import hmac

from flask import request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized

from api.context import knowledge
from api.errors import ForbiddenError

_CHALLENGE = WWWAuthenticate("bearer", {"realm": "yte-kg"})


def require_token() -> None:
    """Let the request pass if it carries the write token; its body may then be as large as an upload.

    Raises:
        ForbiddenError: the service has no token, so nobody writes.
        Unauthorized: the request carries none, or another.
    """
    settings = knowledge().settings
    if not settings.write_token:
        raise ForbiddenError("writing is off: this service was started without KG_WRITE_TOKEN")
    given = request.authorization
    if given is None or given.type != "bearer" or not given.token:
        raise Unauthorized(
            "writing needs the token of this service: send it as Authorization: Bearer …",
            www_authenticate=_CHALLENGE,
        )
    if not hmac.compare_digest(given.token.encode("utf-8"), settings.write_token.encode("utf-8")):
        raise Unauthorized("this is not the write token of this service", www_authenticate=_CHALLENGE)
    request.max_content_length = settings.upload_bytes
    request.max_form_memory_size = settings.upload_bytes
