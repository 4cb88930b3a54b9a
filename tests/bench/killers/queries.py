"""Queries that a service must survive, each of its own kind, and good ones that must not notice them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

PREFIX = "PREFIX : <https://yte-kg.org/ontology#>\n"


def _doubled(times: int) -> str:
    return " ".join(f"BIND(CONCAT(?c{n}, ?c{n}) AS ?c{n + 1})" for n in range(times))


def _replaced(times: int) -> str:
    return " ".join(f"BIND(REPLACE(?c{n}, 'b', ?c{n}) AS ?c{n + 1})" for n in range(times))


def _words(count: int) -> str:
    return "'xxxxxx' " * count


def _product(ends: int) -> str:
    return " . ".join(f"?s{n} ?p{n} ?o{n}" for n in range(ends))


def _optional(depth: int) -> str:
    return "".join(f"OPTIONAL {{ ?s{n} ?p{n} ?o{n} " for n in range(depth)) + "}" * depth


KILLERS: Mapping[str, str] = MappingProxyType(
    {
        "cross product, counted": f"SELECT (COUNT(*) AS ?n) {{ {_product(4)} }}",
        "cross product, written out": f"SELECT * {{ {_product(3)} }}",
        "cross product, distinct": f"SELECT DISTINCT ?o0 ?o1 ?o2 {{ {_product(3)} }}",
        "order by over a product": f"SELECT * {{ {_product(2)} }} ORDER BY ?o1 DESC(?o0) LIMIT 10",
        "order by chance": f"SELECT * {{ {_product(2)} }} ORDER BY RAND() LIMIT 1",
        "group by over a product": f"SELECT ?o0 ?o1 (COUNT(*) AS ?n) {{ {_product(2)} }} GROUP BY ?o0 ?o1",
        "group_concat over a product": f"SELECT (GROUP_CONCAT(STR(?o0)) AS ?t) {{ {_product(2)} }}",
        "concat, doubled 40 times": f"SELECT (STRLEN(?c40) AS ?n) {{ BIND('xxxxxx' AS ?c0) {_doubled(40)} }}",
        "replace that grows": f"SELECT (STRLEN(?c6) AS ?n) {{ BIND('bbbbbbbbbbbb' AS ?c0) {_replaced(6)} }}",
        "regular expression over a product": f'SELECT (COUNT(*) AS ?n) {{ {_product(2)} '
        'FILTER(REGEX(CONCAT(STR(?o0), STR(?o1)), "(a|b|ab)*c(d|e)+.*x{2,9}", "i")) }',
        "regular expression, built from data": f"SELECT (COUNT(*) AS ?n) {{ {_product(2)} "
        "FILTER(REGEX(STR(?o0), STR(?o1))) }",
        "regular expression, vast repeats": 'ASK { FILTER(REGEX("aaaa", "((a{1,900}){1,900}){1,900}")) }',
        "path: any length, both ends open": "SELECT (COUNT(*) AS ?n) { ?a (!:none)* ?b }",
        "path: alternatives": "SELECT (COUNT(*) AS ?n) { ?a ((:reportsTo|^:reportsTo|:met|^:met)+) ?b }",
        "path: paths of paths": "SELECT (COUNT(*) AS ?n) { ?a ((:met+)/(:met+)/(:met+))* ?b . ?b :met* ?c }",
        "path: joined three times": "SELECT * { ?a :met+ ?b . ?b :met+ ?c . ?c :met+ ?d }",
        "deep optional": f"SELECT (COUNT(*) AS ?n) {{ ?x ?y ?z {_optional(12)} }}",
        "deep union": "SELECT (COUNT(*) AS ?n) {" + " { ?s ?p ?o } UNION { ?o ?p ?s }" * 9 + "}",
        "not exists over a product": f"SELECT (COUNT(*) AS ?n) {{ {_product(2)} "
        "FILTER NOT EXISTS { ?o0 ?q ?r . ?t ?u ?o1 } }",
        "minus of products": f"SELECT (COUNT(*) AS ?n) {{ {_product(2)} MINUS {{ ?s0 ?p1 ?o9 . ?x ?y ?z }}}}",
        "subqueries in one another": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c " + "{ SELECT * { ?d ?e ?f " * 6
        + "{ SELECT * { ?g ?h ?i . ?j ?k ?l } }" + "} }" * 6 + "}",
        "construct of a product": f"CONSTRUCT {{ ?s0 ?p1 ?o2 . ?s1 ?p2 ?o0 }} {{ {_product(3)} }}",
        "describe everything": "DESCRIBE * { ?s ?p ?o }",
        "all graphs with all graphs": "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o} GRAPH ?h { ?x ?y ?z }}",
        "values with values": "SELECT (COUNT(*) AS ?n) {"
        + "".join(f" VALUES ?v{n} {{ {' '.join(map(str, range(200)))} }}" for n in range(6)) + " }",
        "values of the longest text": f"SELECT * {{ VALUES ?v {{ {_words(10_000)} }} {_product(2)} }}",
        "text of a megabyte": "SELECT * { " + "?s ?p ?o . " * 90_000 + "}",
        "a megabyte of suspicion": "SELECT * { " + "<a#>service:b '" * 70_000 + "}",
        "pattern of the longest text": f"SELECT * {{ {_product(4_500)} }}",
        "brackets in brackets": "SELECT * { FILTER(" + "(" * 45_000 + "1" + ")" * 45_000 + ") }",
        "groups in groups": "SELECT * " + "{" * 45_000 + "}" * 45_000,
        "hashing without end": f"SELECT (COUNT(*) AS ?n) {{ {_product(2)} "
        "FILTER(SHA512(CONCAT(STR(?s0), STR(?o1))) < 'a') }",
        "exists in every row": f"SELECT (SUM(IF(EXISTS {{ ?o0 :met+ ?x }}, 1, 0)) AS ?n) {{ {_product(2)} }}",
        "names of blank nodes": f"CONSTRUCT {{ [] :p [] }} {{ {_product(2)} }}",
    }
)  # fmt: skip

GOOD: tuple[str, ...] = tuple(
    PREFIX + query
    for query in (
        "ASK { ?s a :Official }",
        "SELECT ?s ?name { ?s a :Official ; :name ?name } LIMIT 20",
        "SELECT (COUNT(*) AS ?n) { ?s a :Meeting }",
        'SELECT ?s ?name { ?s :name ?name FILTER(CONTAINS(?name, "17")) } LIMIT 50',
        "SELECT ?a ?b { ?a :reportsTo ?b . ?b :reportsTo ?c } LIMIT 50",
        "SELECT ?kind (COUNT(*) AS ?n) { ?s a ?kind } GROUP BY ?kind",
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s a :Meeting ; ?p ?o } LIMIT 30",
        "SELECT ?o ?m { ?o :met ?p . ?m :chair ?o } LIMIT 30",
    )
)
