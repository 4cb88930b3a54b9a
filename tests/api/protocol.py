"""Answers held to the schemas of the reconciliation protocol."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft7Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

_OURS = Path(__file__).with_name("reconciliation_schemas.yaml")
# The schemas of the community group itself may be held beside: their folder "0.2/schemas" is named here.
_THEIRS = os.environ.get("KG_RECONCILIATION_SCHEMAS", "")


def check(name: str, answer: Any) -> Any:
    """Return an answer that is as the protocol wants it, under the name of its schema there."""
    for validator in _validators(name):
        faults = [f"{fault.json_path}: {fault.message}" for fault in validator.iter_errors(answer)]
        assert faults == [], f"{name}: {faults[:5]}"
    return answer


@cache
def _validators(name: str) -> tuple[Draft7Validator, ...]:
    ours = Draft7Validator(yaml.safe_load(_OURS.read_text(encoding="utf-8"))[name])
    return (ours, *([_theirs(name)] if _THEIRS else []))


def _theirs(name: str) -> Draft7Validator:
    files = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in Path(_THEIRS).glob("*.json")}
    registry: Registry[Any] = Registry().with_resources(
        (content.get("$id", stem), Resource(content, DRAFT7)) for stem, content in files.items()
    )
    return Draft7Validator(files[name], registry=registry)
