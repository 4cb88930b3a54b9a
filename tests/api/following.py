"""A client of the service that follows IRIs to what tells of the thing."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse


class Following(FlaskClient):
    """A client that goes where an IRI leads to (303), as browsers do."""

    def open(self, *arguments: Any, **options: Any) -> TestResponse:
        response = super().open(*arguments, **options)
        if response.status_code != HTTPStatus.SEE_OTHER or options.get("follow_redirects"):
            return response
        return super().open(response.headers["Location"], headers=options.get("headers"))
