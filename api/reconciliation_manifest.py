"""What the reconciliation service says of itself."""

from __future__ import annotations

from typing import Any

from flask import url_for

from api.context import knowledge
from api.reconciliation_requests import BATCH, MOST_VALUES
from api.texts import text_of
from kg import __version__
from kg.query.reconciliation_values import broader_kind, kind_label, kinds_offered
from kg.vocabulary import namespaces as ns

_WIDTH, _HEIGHT = 480, 300
_SUBJECTS = ("entity", "property", "type")


def manifest(root: str, language: str) -> dict[str, Any]:
    """Return the manifest of the service whose addresses begin with `root`, in "vi" or "en"."""
    root = root.rstrip("/")
    return {
        "versions": ["0.2"],
        "name": text_of("site", language),
        "identifierSpace": knowledge().settings.base_iri,
        "schemaSpace": ns.KG,
        "documentation": root + url_for("contract.contract"),
        "serviceVersion": __version__,
        "logo": root + url_for("static", filename="icon.svg"),
        "view": {"url": f"{root}/id/{{{{id}}}}"},
        "defaultTypes": [type_json(kind, language) for kind in kinds_offered()],
        "batchSize": BATCH,
        "suggest": {subject: _suggest(root, subject) for subject in _SUBJECTS},
        "preview": {
            "url": f"{root}{url_for('reconciliation.preview')}?id={{{{id}}}}",
            "width": _WIDTH,
            "height": _HEIGHT,
        },
        "extend": {
            "propose_properties": {"service_url": root, "service_path": url_for("reconciliation.properties")},
            "property_settings": _settings(language),
        },
    }


def type_json(kind: str, language: str) -> dict[str, Any]:
    """Return a class with the one above it."""
    shown: dict[str, Any] = {"id": kind, "name": kind_label(kind, language)}
    if (broader := broader_kind(kind)) is not None:
        shown["broader"] = [{"id": broader, "name": kind_label(broader, language)}]
    return shown


def _suggest(root: str, subject: str) -> dict[str, str]:
    flyout = url_for("reconciliation.flyout", subject=subject)
    return {
        "service_url": root,
        "service_path": url_for(f"reconciliation.suggest_{subject}"),
        "flyout_service_url": root,
        "flyout_service_path": f"{flyout}?id=${{id}}",
    }


def _settings(language: str) -> list[dict[str, Any]]:
    return [
        {
            "name": "limit",
            "type": "number",
            "default": MOST_VALUES,
            "label": text_of("reconcile_limit", language),
            "help_text": text_of("reconcile_limit_help", language).format(most=MOST_VALUES),
        },
        {
            "name": "language",
            "type": "select",
            "default": language,
            "label": text_of("reconcile_language", language),
            "help_text": text_of("reconcile_language_help", language),
            "choices": [{"value": "vi", "name": "Tiếng Việt"}, {"value": "en", "name": "English"}],
        },
    ]
