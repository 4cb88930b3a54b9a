"""The contract over HTTP: as OpenAPI for programs, and as a page for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request

from api import parameters
from api.context import language
from api.openapi import read_contract
from kg.query.writing import LANGUAGES

blueprint = Blueprint("contract", __name__)

_FOR_PEOPLE = frozenset({"lists", "pages"})


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """Return the contract, in English unless another language is asked for."""
    parameters.check_names()
    asked = request.args.get("lang") or request.accept_languages.best_match(LANGUAGES, default="en")
    response = jsonify(dict(read_contract("vi" if asked == "vi" else "en")))
    response.vary.add("Accept-Language")
    return response


@blueprint.get("/api")
def contract() -> Response:
    """Show the contract, subject by subject."""
    parameters.check_names()
    told = read_contract(language())
    subjects = [
        (tag["description"], [_row(*found) for found in _operations(told) if tag["name"] in found[2]["tags"]])
        for tag in told["tags"]
    ]
    page = render_template("contract.html", told=told, subjects=subjects)
    response = Response(page, content_type="text/html; charset=utf-8")
    response.vary.add("Accept-Language")
    return response


def _operations(told: Mapping[str, Any]) -> list[tuple[str, str, Mapping[str, Any]]]:
    return [
        (method, path, operation)
        for path, item in told["paths"].items()
        for method, operation in item.items()
    ]


def _row(method: str, path: str, operation: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the page tells of an operation."""
    told = read_contract(language())
    return {
        "id": operation["operationId"],
        "method": method.upper(),
        "path": path,
        "summary": operation.get("summary", ""),
        "description": operation.get("description", ""),
        "token": "security" in operation,
        "link": method == "get" and "{" not in path and _shows_something(told, operation),
        "parameters": [_resolved(told, each) for each in operation.get("parameters", ())],
        "body": list(operation.get("requestBody", {}).get("content", {})),
        "answers": [
            (status, (answer := _resolved(told, each))["description"], list(answer.get("content", {})))
            for status, each in operation["responses"].items()
        ],
    }


def _shows_something(told: Mapping[str, Any], operation: Mapping[str, Any]) -> bool:
    """Tell whether people see something at an address alone, with nothing filled in."""
    parameters_of = (_resolved(told, each) for each in operation.get("parameters", ()))
    leads_on = "302" in operation["responses"]
    return (
        not leads_on
        and not _FOR_PEOPLE.isdisjoint(operation["tags"])
        and not any(each.get("required") for each in parameters_of)
    )


def _resolved(told: Mapping[str, Any], said: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what a reference within the contract stands for."""
    if "$ref" not in said:
        return said
    found: Any = told
    for step in said["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    resolved: Mapping[str, Any] = found
    return resolved
