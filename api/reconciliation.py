"""Reconciliation by the W3C community protocol 0.2: what OpenRefine asks to match names in tables."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request

from api import parameters
from api.context import knowledge, language, view
from api.errors import problem
from api.reconciliation_manifest import manifest, type_json
from api.reconciliation_requests import (
    MOST_VALUES,
    BatchTooLargeError,
    WantedColumn,
    known_kind,
    read_extension,
    read_queries,
)
from kg.errors import NotFoundError, QueryError
from kg.query.names import Match
from kg.query.reconciliation import Candidate, identifier_of, reconcile
from kg.query.reconciliation_values import (
    KINDS,
    PROPERTIES,
    Agreement,
    Facts,
    Property,
    kind_label,
    kinds_offered,
    properties_of,
)
from kg.query.records import Claim, Value
from kg.query.telling.things import value_json
from kg.query.views import read_claims, read_thing
from kg.query.words import holds

blueprint = Blueprint("reconciliation", __name__, url_prefix="/reconcile")

_SUGGESTED = 10
_MOST_SUGGESTED = 50
_FURTHEST = 500
# A preview is small: what tells a thing apart, and words that say so.
_SHOWN = 3
_IN_PREVIEW = (
    "holds", "memberOf", "classification", "level", "inPlace", "isPartOf", "standsUnder", "code", "validFrom",
    "validThrough",
)  # fmt: skip
_WHAT_IT_IS = frozenset({"Membership", "Location", "Affiliation"})
# A page of anybody may show a preview in a frame; nothing can be done there but follow a link.
_PREVIEW_POLICY = (
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"
)


@blueprint.errorhandler(BatchTooLargeError)
def too_large(error: BatchTooLargeError) -> Response:
    """Refuse what asks for too much at once."""
    return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, str(error), slug="batch-too-large")


@blueprint.get("")
def get() -> Response:
    """Answer `queries` or `extend`; without either, describe the service."""
    return _answer() or _in_language(jsonify(manifest(request.url_root, language())))


@blueprint.post("")
def post() -> Response:
    """Answer `queries` or `extend` of a form."""
    answer = _answer()
    if answer is None:
        raise QueryError("there is neither queries nor extend: send one as application/x-www-form-urlencoded")
    return answer


@blueprint.get("/suggest/entity")
def suggest_entity() -> Response:
    """Propose things whose name begins as is typed; clients send more parameters, which say nothing here."""
    prefix = (request.args.get("prefix") or "").strip()
    kind = request.args.get("type") or ""
    kinds = (kind,) if kind in kinds_offered() else KINDS
    skipped, limit = _window()
    known = identifier_of(knowledge(), prefix) if prefix else None
    if known is not None:
        return jsonify({"result": [_suggested(known, knowledge().names.kinds[known])][skipped:]})
    found = [
        match
        for each in kinds
        for match in knowledge().names.search(prefix, kind=each, limit=skipped + limit, unfinished=True)
    ]
    found.sort(key=_by_fit)
    shown = found[skipped : skipped + limit]
    return _in_language(jsonify({"result": [_suggested(each.id, each.kinds) for each in shown]}))


@blueprint.get("/suggest/property")
def suggest_property() -> Response:
    """Propose properties whose label or name holds what is typed; of one class where that is known."""
    kind = request.args.get("type") or ""
    offered = properties_of(kind) if kind in kinds_offered() else tuple(PROPERTIES.values())
    found = [each for each in offered if _answers(each.name, each.label("vi"), each.label("en"))]
    return _suggestions([_property_json(each) for each in found])


@blueprint.get("/suggest/type")
def suggest_type() -> Response:
    """Propose classes whose label or name holds what is typed."""
    return _suggestions(
        [
            type_json(kind, language())
            for kind in kinds_offered()
            if _answers(kind, kind_label(kind, "vi"), kind_label(kind, "en"))
        ]
    )


@blueprint.get("/flyout/<any(entity, property, type):subject>")
def flyout(subject: str) -> Response:
    """Describe one of what is suggested in a few lines of HTML."""
    identifier = parameters.required("id", f"the id of the {subject}")
    if subject == "entity":
        facts = Facts(view())
        known = _known(identifier)
        name, said = view().names.label(known, language()), facts.describe(known)
    elif subject == "property":
        if identifier not in PROPERTIES:
            raise NotFoundError(f"no property has the id {identifier!r}; there are {', '.join(PROPERTIES)}")
        name, said = PROPERTIES[identifier].label(language()), identifier
    else:
        name, said = kind_label(known_kind(identifier, "id"), language()), identifier
    html = render_template("reconciliation_flyout.html", name=name, said=said)
    return _in_language(jsonify({"id": identifier, "html": html}))


@blueprint.get("/properties")
def properties() -> Response:
    """Propose the properties that can be fetched of things of a class."""
    named = parameters.given("type")
    kind = None if named is None else known_kind(named, "type")
    offered = tuple(PROPERTIES.values()) if kind is None else properties_of(kind)
    found = [_property_json(each) for each in offered if each.extends]
    limit = parameters.limit()
    body = {"properties": found[:limit], "limit": limit} | ({} if named is None else {"type": named})
    return _in_language(jsonify(body))


@blueprint.get("/preview")
def preview() -> Response:
    """Show a thing in a small page that others may put in a frame."""
    identifier = _known(parameters.required("id", "the id of a thing"))
    thing = read_thing(view(), identifier, claims=frozenset(), quotations=1)
    page = render_template(
        "reconciliation_preview.html",
        thing=thing,
        facts=_preview_facts(identifier),
        evidence=[found for claim in _preview_claims(identifier) for found in claim.evidence[:1]]
        or thing.evidence,
    )
    response = Response(page, content_type="text/html; charset=utf-8")
    response.headers["Content-Security-Policy"] = _PREVIEW_POLICY
    return _in_language(response)


def _preview_facts(identifier: str) -> list[tuple[str, tuple[Value, ...], bool]]:
    """Return what a preview shows: label, values, whether there are more; a place with what it lies in."""
    facts, found = Facts(view()), []
    for name in _IN_PREVIEW:
        values = facts.values(identifier, name)
        if values and PROPERTIES[name].leads_to == "AdministrativeUnit":
            values = tuple(dict.fromkeys((values[0], *facts.holders(values[0].text), *values)))
        if values:
            found.append((PROPERTIES[name].label(language()), values[:_SHOWN], len(values) > _SHOWN))
    return found


def _preview_claims(identifier: str) -> tuple[Claim, ...]:
    """Return the first claims that say what a person or body is."""
    return read_claims(view(), identifier, kinds=_WHAT_IT_IS, limit=_SHOWN)


def _answer() -> Response | None:
    queries, extension = request.values.get("queries"), request.values.get("extend")
    if queries is not None:
        facts = Facts(view())
        wanted = read_queries(knowledge(), queries)
        found = {key: reconcile(knowledge(), facts, each) for key, each in wanted.items()}
        answer = {key: {"result": [_candidate_json(facts, it) for it in each]} for key, each in found.items()}
        return _in_language(jsonify(answer))
    return None if extension is None else _in_language(jsonify(_extended(extension)))


def _extended(text: str) -> dict[str, Any]:
    wanted = read_extension(text)
    facts = {name: Facts(knowledge().view(name)) for name in ("vi", "en")}
    meta = [_property_json(each.property) | _type_of_values(each.property) for each in wanted.columns]
    rows: dict[str, Any] = {}
    for given in wanted.ids:
        known = identifier_of(knowledge(), given)
        rows[given] = {
            column.property.name: _cells(facts[column.language or language()], known, column)
            for column in wanted.columns
        }
    return {"meta": meta, "rows": rows}


def _cells(facts: Facts, identifier: str | None, column: WantedColumn) -> list[dict[str, Any]]:
    if identifier is None:
        return []
    values = facts.values(identifier, column.property.name)
    return [_cell(each) for each in values[: min(column.limit, MOST_VALUES)]]


def _cell(value: Value) -> dict[str, Any]:
    base = knowledge().settings.base_iri
    if value.is_thing and value.text.startswith(base):
        return {"id": value.text.removeprefix(base), "name": value.name}
    if value.is_thing:
        return {"str": value.name}
    if value.datatype == "date" and len(value.text) == len("2024-07-03"):
        return {"date": f"{value.text}T00:00:00Z"}
    plain = value_json(value)
    if isinstance(plain, bool):
        return {"str": value.text}
    return {{int: "int", float: "float"}.get(type(plain), "str"): plain}


def _candidate_json(facts: Facts, candidate: Candidate) -> dict[str, Any]:
    features: list[dict[str, Any]] = [{"id": "name", "value": candidate.name_score}]
    features += [
        {"id": name, "value": agreement is not Agreement.NO}
        for name, agreement in candidate.agreements
        if agreement is not Agreement.UNKNOWN
    ]
    return {
        "id": candidate.id.removeprefix(knowledge().settings.base_iri),
        "name": candidate.name,
        "description": facts.describe(candidate.id),
        "type": [_type_named(kind) for kind in candidate.kinds if kind in kinds_offered()],
        "score": candidate.score,
        "match": candidate.is_match,
        "features": features,
    }


def _suggested(identifier: str, kinds: tuple[str, ...]) -> dict[str, Any]:
    return {
        "id": identifier.removeprefix(knowledge().settings.base_iri),
        "name": view().names.label(identifier, language()),
        "description": Facts(view()).describe(identifier),
        "notable": [_type_named(kind) for kind in kinds if kind in kinds_offered()],
    }


def _suggestions(found: list[dict[str, Any]]) -> Response:
    skipped, limit = _window()
    return _in_language(jsonify({"result": found[skipped : skipped + limit]}))


def _answers(*names: str) -> bool:
    prefix = request.args.get("prefix") or ""
    return any(holds(name, prefix) for name in names)


def _by_fit(match: Match) -> tuple[int, int, int, str]:
    return (match.fit, -match.prominence, len(match.name), match.id)


def _window() -> tuple[int, int]:
    """Return how many suggestions to leave out, and how many to give then."""
    found = []
    for name, standard, most in (("cursor", 0, _FURTHEST), ("limit", _SUGGESTED, _MOST_SUGGESTED)):
        value = request.args.get(name) or str(standard)
        if not value.isascii() or not value.isdigit():
            raise QueryError(f"{name} is {value!r}, but takes a number")
        found.append(min(int(value), most))
    return found[0], found[1]


def _known(identifier: str) -> str:
    known = identifier_of(knowledge(), identifier)
    if known is None:
        raise NotFoundError(f"nothing has the id {identifier!r}: give one that reconciling has given")
    return known


def _type_named(kind: str) -> dict[str, str]:
    return {"id": kind, "name": kind_label(kind, language())}


def _property_json(found: Property) -> dict[str, Any]:
    return {"id": found.name, "name": found.label(language())}


def _type_of_values(found: Property) -> dict[str, Any]:
    return {} if found.leads_to is None else {"type": _type_named(found.leads_to)}


def _in_language(response: Response) -> Response:
    response.vary.add("Accept-Language")
    return response
