"""The data dictionary: what the ontology declares and what the shapes ask, as one document for people.

``python -m kg.vocabulary.dictionary`` prints it; it stands in ``ontology/DICTIONARY.md``, which a test
holds fresh.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from kg.vocabulary import namespaces as ns
from kg.vocabulary.constraints import Constraint, read_constraints, short_name
from kg.vocabulary.relation_types import load_derived_edges
from kg.vocabulary.turtle import objects, texts

_CLASS, _SCHEME = ns.OWL + "Class", ns.SKOS + "ConceptScheme"
_PROPERTIES = (ns.OWL + "ObjectProperty", ns.OWL + "DatatypeProperty")
_ANNOTATION = ns.OWL + "AnnotationProperty"
_DEFINITION = ns.SKOS + "definition"
_INTRODUCTION = """# Data dictionary

What the graph can hold: the classes of things and claims with their properties, what must hold before a graph
is stored, the edges that are derived, and the concepts of every scheme. It is written from the Turtle files
beside it, by `python -m kg.vocabulary.dictionary > ontology/DICTIONARY.md`: change those and run that again.

A **thing** (an official, a body, a meeting …) has an IRI and a label. A **claim** is what an article says of
things: it joins two of them, and carries its evidence, its confidence, the rule that read it and the article
that says so. A property stands with the class that it belongs to and holds for the classes below it; one of
several classes stands with each. Where a property is not the project's own, the vocabulary that it comes from
says what it means.
"""


def write_dictionary() -> str:
    """Return the dictionary as Markdown."""
    classes = _of_type(_CLASS)
    claims = [each for each in classes if ns.CLAIM in _above(each)]
    things = [each for each in classes if each not in claims]
    parts = (
        _INTRODUCTION,
        _prefixes(),
        "## Claims\n",
        *map(_class, claims),
        "## Things, and what the graph says of itself\n",
        *map(_class, things),
        _homeless(),
        _edges(),
        _annotations(),
        _shared_constraints(),
        "## Schemes of concepts\n",
        *map(_scheme, _of_type(_SCHEME)),
    )
    return "\n".join(parts).rstrip() + "\n"


def main() -> None:
    """Print the dictionary, in UTF-8 wherever it goes."""
    sys.stdout.buffer.write(write_dictionary().encode("utf-8"))


def _prefixes() -> str:
    rows = [(f"`{prefix}:`", f"`{namespace}`") for prefix, namespace in sorted(ns.PREFIXES.items())]
    return "## Prefixes\n\n" + _table(("prefix", "namespace"), rows)


def _class(iri: str) -> str:
    lines = [
        f"### {short_name(iri)}\n",
        f"**{_label(iri, 'en')}** · {_label(iri, 'vi')}\n",
        _meaning(iri) + "\n",
    ]
    facts = [
        ("Below", ns.RDFS_SUB_CLASS_OF), ("Like", ns.SKOS + "closeMatch"), ("From", ns.SOURCE_END),
        ("To", ns.TARGET_END), ("Begins", ns.START_PROPERTY), ("Ends", ns.END_PROPERTY),
    ]  # fmt: skip
    told = [f"{word}: {_names(objects(way)[iri])}" for word, way in facts if iri in objects(way)]
    if told:
        lines.append(". ".join(told) + ".\n")
    if rows := [_property(each) for each in _properties_of(iri)]:
        lines.append(_table(("property", "is", "holds", "means"), rows))
    if demands := _constraints_of(iri):
        lines.append("Before it is stored:\n")
        lines.append(_table(("of", "must be", "otherwise"), demands))
    return "\n".join(lines)


def _property(iri: str) -> tuple[str, str, str, str]:
    held = _names(objects(ns.RDFS + "range").get(iri, ()))
    above = objects(ns.RDFS + "subPropertyOf").get(iri, ())
    return (
        f"`{short_name(iri)}`",
        f"{_label(iri, 'en')} · {_label(iri, 'vi')}",
        held,
        _meaning(iri) + (f" Below {_names(above)}." if above else ""),
    )


def _homeless() -> str:
    """Return the properties that belong to no one class and are no derived edges."""
    derived = {edge.property for edge in load_derived_edges()}
    domains = objects(ns.RDFS + "domain")
    found = [each for each in _declared_properties() if each not in domains and each not in derived]
    rows = [_property(each) for each in found]
    return "## Properties of things of many classes\n\n" + _table(("property", "is", "holds", "means"), rows)


def _edges() -> str:
    about = "Bare statements between canonical IRIs, made from the claims and beside them."
    rows = []
    for edge in load_derived_edges():
        wanted = objects(ns.CONDITION_VALUE).get(edge.property, ())
        condition = f"{_names(edge.conditions)}: {_names(wanted)}" if wanted else ""
        condition += " and what is under it" if any(each.startswith(ns.SCHEMES) for each in wanted) else ""
        way = f"{_end(edge.source)} → {_end(edge.target)}"
        rows.append((*_property(edge.property)[:2], f"`{short_name(edge.instance_class)}`", way, condition))
    head = ("edge", "is", "from each", "joins", "where")
    return f"## Derived edges\n\n{about}\n\n{_table(head, rows)}"


def _annotations() -> str:
    rows = [(*_property(each)[:2], _meaning(each)) for each in _of_type(_ANNOTATION)]
    return "## How the ontology describes itself\n\n" + _table(("property", "is", "means"), rows)


def _shared_constraints() -> str:
    parts = ["## Asked of several classes\n"]
    for shape in read_constraints():
        if len(shape.classes) > 1:
            rows = [_demand(each) for each in shape.constraints]
            parts.append(f"{_names(shape.classes)}:\n\n" + _table(("of", "must be", "otherwise"), rows))
    return "\n".join(parts)


def _scheme(iri: str) -> str:
    members = [it for it, found in objects(ns.SKOS_IN_SCHEME).items() if iri in found]
    rows = []
    for each in members:
        also = "; ".join(texts(ns.SKOS_ALT_LABEL, "vi").get(each, ()))
        broader = _names(objects(ns.SKOS_BROADER).get(each, ()))
        rows.append((f"`{each.partition('#')[2]}`", _label(each, "vi"), _label(each, "en"), also, broader))
    head = f"### {iri.removeprefix(ns.SCHEMES)}\n\n**{_label(iri, 'en')}** · {_label(iri, 'vi')}\n\n"
    return head + _table(("concept", "Vietnamese", "English", "also written", "under"), rows)


def _constraints_of(iri: str) -> list[tuple[str, str, str]]:
    found = [shape for shape in read_constraints() if shape.classes == (iri,)]
    return [_demand(each) for shape in found for each in shape.constraints]


def _demand(constraint: Constraint) -> tuple[str, str, str]:
    of = " / ".join(f"`{each}`" for each in constraint.path) or "itself"
    return of, constraint.demand, constraint.message + (" (a warning)" if constraint.warning else "")


def _end(iri: str) -> str:
    return "itself" if iri == ns.SELF else f"`{short_name(iri)}`"


def _properties_of(iri: str) -> list[str]:
    domains = objects(ns.RDFS + "domain")
    return [each for each in _declared_properties() if iri in domains.get(each, ())]


@cache
def _declared_properties() -> tuple[str, ...]:
    return tuple(each for kind in _PROPERTIES for each in _of_type(kind))


def _of_type(kind: str) -> list[str]:
    return [iri for iri, kinds in objects(ns.RDF_TYPE).items() if kind in kinds]


def _above(iri: str) -> Iterator[str]:
    yield iri
    for each in objects(ns.RDFS_SUB_CLASS_OF).get(iri, ()):
        yield from _above(each)


def _label(iri: str, language: str) -> str:
    for way in (ns.RDFS_LABEL, ns.SKOS_PREF_LABEL):
        if found := texts(way, language).get(iri):
            return found[0]
    return ""


def _meaning(iri: str) -> str:
    english, vietnamese = (texts(_DEFINITION, each).get(iri, ("",))[0] for each in ("en", "vi"))
    return f"{english} *{vietnamese}*" if english else ""


def _names(iris: Iterable[str]) -> str:
    return ", ".join(f"`{short_name(each)}`" for each in iris)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', '&#124;') for cell in line)} |\n" for line in lines)


if __name__ == "__main__":
    main()
