"""The contract of the service: OpenAPI 3.1, put together from one file of YAML a subject.

The files say only what differs: `answers` by status (a schema, or types and words), `problems` by status,
`tagged` for what carries an entity tag, `token` for what needs the write token, `body`, and parameters by
the names under which ``shared.yaml`` declares them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

from kg import __version__
from kg.query.writing import LANGUAGES

Json = dict[str, Any]

# What can happen to any request: it is malformed, its client asks too often, or the service is about to stop.
_ALWAYS = (400, 429, 503)
_LATER = (429, 503)
_JSON = "application/json"
_PROBLEM = ("application/problem+json", "text/html")
_TEXTS = re.compile(r"text/|image/svg|application/(sparql|n-|rdf|trig|x-www|openmetrics)")
_SAID = MappingProxyType(
    {
        "done": {"en": "the answer", "vi": "câu trả lời"},
        "not modified": {"en": "the client holds the answer", "vi": "bên hỏi đã có câu trả lời"},
        "token": {"en": "the token of KG_WRITE_TOKEN", "vi": "mã đặt trong KG_WRITE_TOKEN"},
    }
)


@cache
def read_contract(language: str) -> Mapping[str, Any]:
    """Return the OpenAPI document, its words in "vi" or "en"."""
    shared, subjects = _read("shared"), [_read(name) for name in _subjects()]
    groups: Mapping[str, list[str]] = shared["types"]
    paths: Json = {}
    for subject in subjects:
        for path, item in subject["paths"].items():
            paths[path] = {
                method: {
                    "tags": [subject["tag"]],
                    "operationId": _id(method, path),
                    **_operation(path, said, groups),
                }
                for method, said in item.items()
            }
    document = {
        "openapi": "3.1.0",
        "info": {**shared["info"], "version": __version__},
        "servers": [{"url": "/"}],
        "tags": [{"name": name, "description": words} for name, words in shared["tags"].items()],
        "paths": dict(sorted(paths.items())),
        "components": {
            "parameters": {name: {"name": name, **said} for name, said in shared["parameters"].items()},
            "schemas": shared["schemas"]
            | {k: v for it in subjects for k, v in it.get("schemas", {}).items()},
            "responses": {
                f"Problem{code}": _problem(code, words) for code, words in shared["problems"].items()
            },
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "description": _SAID["token"]}},
        },
    }
    return MappingProxyType(_in_language(document, language))


def _subjects() -> list[str]:
    found = (each.name for each in files("api").joinpath("openapi").iterdir())
    return sorted(
        name.removesuffix(".yaml") for name in found if name.endswith(".yaml") and name != "shared.yaml"
    )


def _read(name: str) -> Json:
    text = files("api").joinpath("openapi", f"{name}.yaml").read_text(encoding="utf-8")
    loaded: Json = yaml.safe_load(text)
    return loaded


def _id(method: str, path: str) -> str:
    return "_".join([method, *re.findall(r"\w+", path)])


def _operation(path: str, said: Json, groups: Mapping[str, list[str]]) -> Json:
    """Return an operation in full."""
    # Whatever an address is filled in with, it may be nothing that is there.
    missing = (404,) if "{" in path else ()
    kept: Json = {name: said[name] for name in ("summary", "description") if name in said}
    parameters = [_parameter(each) for each in said.get("parameters", ())]
    answers = {str(status): _answer(answer, groups) for status, answer in said["answers"].items()}
    if said.get("tagged"):
        answers.setdefault("304", {"description": _SAID["not modified"]})
    token = said.get("token")
    for status in (*said.get("problems", ()), *missing, *((401, 403) if token else ()), *_ALWAYS):
        answers.setdefault(str(status), {"$ref": f"#/components/responses/Problem{status}"})
    return {
        **kept,
        **({"parameters": parameters} if parameters else {}),
        **({"requestBody": _body(said["body"], groups)} if "body" in said else {}),
        **({"security": [{"token": []}, *([{}] if token == "may" else [])]} if token else {}),  # noqa: S105
        "responses": dict(sorted(answers.items())),
    }


def _parameter(said: str | Json) -> Json:
    return {"$ref": f"#/components/parameters/{said}"} if isinstance(said, str) else said


def _answer(said: str | Json, groups: Mapping[str, list[str]]) -> Json:
    if isinstance(said, str):
        return {"description": _SAID["done"], "content": _content([_JSON], _ref(said))}
    schema = _ref(said["schema"]) if "schema" in said else None
    content = _content(_types(said.get("types", ()), groups), schema)
    return {"description": said.get("about", _SAID["done"]), **({"content": content} if content else {})}


def _body(said: Json, groups: Mapping[str, list[str]]) -> Json:
    if "content" in said:
        return said
    content = _content(_types(said["types"], groups), None)
    return {"required": True, "description": said["about"], "content": content}


def _content(types: Iterable[str], schema: Json | None) -> Json:
    """Return what comes in some formats; a schema is that of JSON, and texts are strings."""
    found: Json = {}
    for media_type in types:
        if _TEXTS.match(media_type) and not media_type.endswith("json"):
            found[media_type] = {"schema": {"type": "string"}}
        else:
            found[media_type] = {"schema": schema} if schema and media_type == _JSON else {}
    return found


def _types(names: Iterable[str], groups: Mapping[str, list[str]]) -> list[str]:
    return [media_type for name in names for media_type in groups.get(name, [name])]


def _problem(status: int, words: Json) -> Json:
    headers = {"Retry-After": {"schema": {"type": "string"}}} if status in _LATER else {}
    content = {_PROBLEM[0]: {"schema": _ref("Problem")}, _PROBLEM[1]: {"schema": {"type": "string"}}}
    return {"description": words, "content": content, **({"headers": headers} if headers else {})}


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def _in_language(value: Any, language: str) -> Any:
    """Return a value with every pair of words replaced by those of one language."""
    if isinstance(value, list):
        return [_in_language(each, language) for each in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {*LANGUAGES}:
        return value[language]
    return {name: _in_language(each, language) for name, each in value.items()}
