"""Copies of all that there is: the dump for everybody, backups for the operator."""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, datetime
from pathlib import Path

from flask import Blueprint, Response, jsonify, send_file

from api.context import knowledge
from api.errors import ForbiddenError
from api.writing import require_token
from kg.store.backup import write_backup

blueprint = Blueprint("backups", __name__)


@blueprint.get("/dump.nq.gz")
def dump() -> Response:
    """Answer with all statements as compressed N-Quads; the digest is that of the file."""
    found = knowledge().dump()
    response = send_file(
        found.path,
        mimetype="application/gzip",
        as_attachment=True,
        download_name="yte-kg.nq.gz",
        etag=found.digest,
        conditional=True,
    )
    response.headers["Repr-Digest"] = f"sha-256=:{b64encode(bytes.fromhex(found.digest)).decode('ascii')}:"
    return response


@blueprint.get("/dump.nq.gz.sha256")
def checksum() -> Response:
    """Answer with the checksum of the dump, as `sha256sum --check` reads it."""
    return Response(f"{knowledge().dump().digest}  yte-kg.nq.gz\n", content_type="text/plain; charset=utf-8")


@blueprint.post("/api/admin/backup")
def backup() -> tuple[Response, int]:
    """Write a backup of the present content into the directory of the settings."""
    require_token()
    store, directory = knowledge().store, knowledge().settings.backup_directory
    if not directory:
        raise ForbiddenError("backups are off: this service was started without KG_BACKUP_DIRECTORY")
    name = f"yte-kg-{datetime.now(UTC):%Y%m%dT%H%M%S%f}Z"
    snapshot = store.snapshot()
    try:
        written = write_backup(
            snapshot,
            Path(directory) / name,
            default_graph=store.default_graph,
            withdrawals=store.withdrawals(),
        )
    finally:
        snapshot.remove()
    made = {
        "path": str(written.path), "version": written.version, "files": written.files, "bytes": written.size,
    }  # fmt: skip
    return jsonify(made), 201
