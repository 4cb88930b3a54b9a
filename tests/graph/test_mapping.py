"""A resolved article becomes one named graph in which every slot of its facts stands."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.graph import ArticleGraph, build_graph, validate_graph
from kg.model.relation import Evidence
from kg.model.resolution import Resolution
from kg.vocabulary import namespaces as ns
from tests.graph.factories import BASE, LINES, TEXT, at, full_resolution, said, with_text

PREFIXES = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in ns.PREFIXES.items()) + "".join(
    f"PREFIX {scheme}: <{ns.SCHEMES}{scheme}#>\n"
    for scheme in (
        "organizations", "events", "roles", "sessions", "places", "posts", "actions", "directions",
        "comparators", "checks", "indicators", "statuses", "documents", "changes",
    )
)  # fmt: skip

SLOTS = {
    "id": '?it a kg:Article ; dct:identifier "101"',
    "source": '?it kg:documentSource "101_bai.txt"',
    "url": '?it schema:url "https://example.org/tin?id=1"^^xsd:anyURI',
    "article.title": f'?it schema:headline "{LINES[0]}"@vi ; kg:headlineEvidence ?e',
    "article.published": '?it schema:datePublished "2024-01-12"^^xsd:date ; kg:dateEvidence ?e',
    "article.published_check": "?it a kg:Article ; kg:check checks:consistent ; "
    'kg:checkNote "12/1/2024 là thứ sáu"',
    "article.published_weekday": '?it kg:dateEvidence/oa:hasSelector/oa:exact "Thứ sáu"',
    "article.author": '?it kg:byline "Nguyễn Biên Tập"@vi ; kg:bylineEvidence ?e',
    "article.source": '?it kg:sourceName "Đài Truyền thanh"@vi ; kg:sourceEvidence ?e',
    "persons.name": '?it a kg:Official ; foaf:name "Lê Văn Mẫu"@vi ; kg:evidence ?e',
    "persons.rule": '?it foaf:name "Lê Văn Mẫu"@vi ; prov:wasGeneratedBy/dct:identifier "tests.people"',
    "persons.degree": '?it kg:degree "BSCKII."@vi',
    "persons.roles.title": '?it a kg:Membership ; org:member/foaf:name "Lê Văn Mẫu"@vi ; '
    'kg:title "Giám đốc"@vi',
    "persons.roles.org": "?it a kg:Membership ; "
    'org:organization/schema:name "Trung tâm Y tế huyện Đắk Song"@vi',
    "persons.roles.org_surface": '?it a kg:Membership ; kg:organizationSurface "UBND huyện"@vi',
    "persons.roles.former": '?it kg:former true ; kg:title "Phó Chủ tịch"@vi ; '
    'kg:asOf "2024-01-12"^^xsd:date',
    "organizations.name": '?it a kg:Unit ; schema:name "UBND huyện Đắk Song"@vi',
    "organizations.surface": '?it a kg:Unit ; kg:surface "UBND huyện"@vi',
    "organizations.kind": "?it a kg:HealthFacility ; org:classification organizations:health-centre",
    "organizations.aliases": '?it a kg:Unit ; skos:altLabel "TTYT huyện"@vi',
    "organizations.place": '?it kg:located/schema:name "UBND huyện Đắk Song"@vi ; kg:inferred true ; '
    'kg:place/schema:name "huyện Đắk Song"@vi',
    "organizations.parent": '?it kg:part/kg:surface "Trung tâm Y tế huyện"@vi ; '
    'kg:whole/kg:surface "Sở Y tế"@vi',
    "places.name": '?it a kg:AdministrativeUnit ; schema:name "huyện Đắk Song"@vi',
    "places.level": '?it schema:name "tỉnh Đắk Nông"@vi ; kg:level places:province',
    "places.within": '?it kg:part/kg:surface "huyện Đắk Song"@vi ; kg:whole/kg:level places:province',
    "events.kind": "?it a kg:Meeting ; kg:meetingKind events:conference",
    "events.name": '?it a kg:Meeting ; schema:name "Hội nghị tổng kết công tác y tế"@vi',
    "events.date": '?it schema:startDate "2024-01-11"^^xsd:date ; schema:endDate "2024-01-12"^^xsd:date',
    "events.date_check": "?it a kg:Meeting ; kg:check checks:not-checkable",
    "events.session": "?it kg:session sessions:morning",
    "events.place": '?it kg:venue "Hội trường lớn"@vi',
    "events.organizer": '?it cv:role roles:organiser ; kg:participant/kg:surface "Trung tâm Y tế huyện"@vi',
    "events.counterpart": '?it cv:role roles:counterpart ; kg:participant/kg:surface "UBND huyện"@vi',
    "events.attendee_orgs": '?it cv:role roles:attendee-org ; kg:participant/kg:surface "Trạm Y tế xã"@vi',
    "events.chair": '?it cv:role roles:chair ; kg:participant/foaf:name "Lê Văn Mẫu"@vi ; '
    "kg:meeting ?meeting",
    "events.attendee": '?it cv:role roles:attends ; kg:participant/foaf:name "Trần Thị Ví Dụ"@vi',
    "events.unnamed": '?it cv:role roles:directs ; kg:title "Phó Giám đốc"@vi ; '
    'kg:inCapacity/org:postIn/schema:name "Sở Y tế tỉnh Đắk Nông"@vi',
    "appointments.person": '?it kg:appointee/foaf:name "Lê Văn Mẫu"@vi ; kg:action actions:reappointed',
    "appointments.title": '?it a kg:Appointment ; kg:title "Giám đốc"@vi ; org:role posts:director ; '
    "org:post ?post",
    "appointments.org": '?it a kg:Appointment ; org:organization/kg:surface "Trung tâm Y tế huyện"@vi',
    "appointments.decided_by": '?it kg:decidedBy/kg:surface "UBND huyện"@vi',
    "appointments.document": '?it kg:byDocument/schema:legislationDate "2024-01-02"^^xsd:date',
    "appointments.start": '?it a kg:Appointment ; schema:startDate "2024-02-01"^^xsd:date',
    "appointments.term": '?it kg:term "5 năm"@vi',
    "metrics.indicator": '?it kg:indicatorText "lượt khám bệnh"@vi ; '
    "kg:indicator indicators:outpatient-visits",
    "metrics.value": "?it kg:value 81770.0",
    "metrics.unit": '?it kg:unitOfMeasure "lượt"@vi',
    "metrics.target": "?it kg:target 250000.0",
    "metrics.pct_of_target": "?it kg:percentOfTarget 32.71",
    "metrics.target_basis": '?it kg:targetBasis "chỉ tiêu năm"@vi',
    "metrics.change_pct": "?it kg:changePercent 15.87",
    "metrics.change_abs": "?it kg:changeAbsolute 11201.5",
    "metrics.direction": "?it kg:direction directions:increase",
    "metrics.change_basis": '?it kg:changeBasis "cùng kỳ"@vi',
    "metrics.total": "?it kg:total 21.0",
    "metrics.share_pct": "?it kg:sharePercent 34.7",
    "metrics.denominator": "?it kg:denominator 21.0",
    "metrics.value_max": "?it kg:valueMax 12.0",
    "metrics.previous_value": "?it kg:previousValue 9.5",
    "metrics.part_of": '?it kg:partOfText "Lượt khám bệnh"@vi ; '
    'kg:partOf/kg:indicatorText "lượt khám bệnh"@vi',
    "metrics.comparator": '?it kg:comparatorText "hơn"@vi ; kg:comparator comparators:over',
    "metrics.planned": "?it kg:planned true",
    "metrics.period": '?it kg:period "năm 2023"@vi ; kg:periodStart "2023-01-01"^^xsd:date ; '
    'kg:periodEnd "2023-12-31"^^xsd:date',
    "metrics.org": '?it kg:about/kg:surface "Trung tâm Y tế huyện"@vi',
    "metrics.org_inferred": "?it kg:aboutInferred true",
    "metrics.check": '?it kg:check checks:consistent ; kg:checkNote "81770 / 250000 = 32.71 %"',
    "documents.type": '?it kg:citedDocument/kg:documentType "Quyết định"@vi',
    "documents.number": '?it kg:citedDocument/schema:legislationIdentifier "45/QĐ-UBND"',
    "documents.date": '?it kg:citedDocument/schema:legislationDate "2024-01-02"^^xsd:date',
    "documents.name": '?it kg:citedDocument/schema:name "Nghị quyết về công tác dân số"@vi',
    "documents.issuer": '?it kg:citedDocument/schema:legislationPassedBy/kg:surface "UBND huyện"@vi',
    "awards.award": '?it kg:awardName "Giấy khen của UBND huyện"@vi ; '
    'kg:conferredBy/kg:surface "UBND huyện"@vi',
    "awards.recipients_count": '?it kg:recipientGroup [ kg:recipientSort "cá nhân"@vi ; '
    "kg:recipientCount 12 ]",
    "reorganizations.bodies": "?it a kg:Reorganization ; "
    'org:originalOrganization/kg:surface "Trạm Y tế xã"@vi ; '
    'org:resultingOrganization/kg:surface "Trung tâm Y tế huyện"@vi',
    "reorganizations.kind": "?it kg:changeKind changes:merger",
    "reorganizations.start": '?it a kg:ChangeEvent ; schema:startDate "2024-02-01"^^xsd:date',
    "reorganizations.document": "?it kg:changeKind ?kind ; "
    'kg:byDocument/schema:legislationIdentifier "45/QĐ-UBND"',
    "awards.recipients": '?it kg:recipient/foaf:name "Lê Văn Mẫu"@vi ; kg:proposed false',
}


@pytest.fixture(scope="module")
def graph() -> ArticleGraph:
    return build_graph(full_resolution(), base=BASE)


@pytest.fixture(scope="module")
def store(graph: ArticleGraph) -> ox.Store:
    store = ox.Store()
    store.extend(graph.quads)
    return store


def ask(store: ox.Store, pattern: str) -> bool:
    return bool(store.query(f"{PREFIXES} ASK {{ GRAPH ?graph {{ {pattern} }} }}"))


def select(store: ox.Store, query: str) -> list[tuple[str, ...]]:
    found = store.query(PREFIXES + query)
    assert isinstance(found, ox.QuerySolutions)
    return [tuple("" if term is None else str(term.value) for term in row) for row in found]


@pytest.mark.parametrize("slot", SLOTS)
def test_a_slot_of_the_facts_stands_in_the_graph(slot: str, store: ox.Store) -> None:
    assert ask(store, SLOTS[slot])


def test_the_graph_conforms_and_its_statements_are_in_it(graph: ArticleGraph) -> None:
    assert validate_graph(graph.quads).text == "The graph conforms to the shapes."
    assert {quad.graph_name for quad in graph.quads} == {ox.NamedNode(graph.name)}


def test_nothing_is_without_an_iri(graph: ArticleGraph) -> None:
    terms = {term for quad in graph.quads for term in (quad.subject, quad.object)}
    assert [term for term in terms if isinstance(term, ox.BlankNode)] == []
    iris = {quad.subject.value for quad in graph.quads if isinstance(quad.subject, ox.NamedNode)}
    assert [iri for iri in iris if not re.fullmatch(rf"{re.escape(BASE)}[a-z]+/[a-z0-9-]+", iri)] == []


def test_everything_has_a_label(store: ox.Store) -> None:
    assert not ask(store, "?it a ?class . FILTER NOT EXISTS { ?it rdfs:label ?label }")


def test_a_claim_says_where_it_comes_from(store: ox.Store) -> None:
    lacking = """SELECT ?it { GRAPH ?graph { ?it a kg:Claim . FILTER NOT EXISTS {
      ?it kg:evidence ?evidence ; kg:confidence ?sure ; prov:wasGeneratedBy/dct:identifier ?rule ;
          prov:wasDerivedFrom/a kg:Article ; kg:status statuses:extracted } } }"""
    assert select(store, lacking) == []


def test_evidence_quotes_the_text_by_code_points(store: ox.Store) -> None:
    rows = select(
        store,
        """SELECT ?start ?end ?exact ?prefix ?suffix { GRAPH ?graph {
          ?it a kg:Evidence ; oa:hasSelector ?position, ?quote .
          ?position oa:start ?start ; oa:end ?end .
          ?quote oa:exact ?exact . OPTIONAL { ?quote oa:prefix ?prefix }
          OPTIONAL { ?quote oa:suffix ?suffix } } }""",
    )
    assert len(rows) > 15
    for start, end, exact, prefix, suffix in rows:
        assert TEXT[int(start) : int(end)] == exact
        assert TEXT[: int(start)].endswith(prefix)
        assert TEXT[int(end) :].startswith(suffix)


def test_the_same_article_gives_the_same_statements_in_the_same_order(graph: ArticleGraph) -> None:
    assert build_graph(full_resolution(), base=BASE) == graph


def test_the_order_of_what_was_found_does_not_matter(graph: ArticleGraph) -> None:
    resolution = full_resolution()
    names = (
        "persons",
        "organizations",
        "places",
        "memberships",
        "participations",
        "citations",
        "observations",
    )
    reversed_items = {name: tuple(reversed(getattr(resolution, name))) for name in names}
    assert build_graph(replace(resolution, **reversed_items), base=BASE) == graph


def test_a_claim_made_twice_is_one_with_all_its_evidence() -> None:
    resolution = full_resolution()
    again = replace(resolution.memberships[0], evidence=said("Mẫu", rule="tests.other", confidence=0.95))
    graph = build_graph(replace(resolution, memberships=(*resolution.memberships, again)), base=BASE)
    store = ox.Store()
    store.extend(graph.quads)
    rows = select(
        store,
        """SELECT ?sure (COUNT(DISTINCT ?evidence) AS ?count) (COUNT(DISTINCT ?rule) AS ?rules)
        { GRAPH ?graph { ?it a kg:Membership ; kg:title "Giám đốc"@vi ; kg:confidence ?sure ;
            kg:evidence ?evidence ;
            prov:wasGeneratedBy ?rule } } GROUP BY ?sure""",
    )
    assert rows == [("0.95", "2", "2")]
    assert validate_graph(graph.quads).conforms


def test_an_article_that_says_nothing_still_has_a_graph() -> None:
    graph = build_graph(Resolution(article=full_resolution().article), base=BASE)
    assert validate_graph(graph.quads).conforms


def test_a_month_or_a_year_is_kept_as_precise_as_it_is() -> None:
    resolution = full_resolution()
    for text, datatype in (("2024-01", "gYearMonth"), ("2018", "gYear")):
        event = replace(resolution.events[0], date_text=text, start=None, end=None)
        graph = build_graph(replace(resolution, events=(event,)), base=BASE)
        assert f'"{text}"^^<{ns.XSD}{datatype}>' in {str(quad.object) for quad in graph.quads}
        assert validate_graph(graph.quads).conforms


def test_a_store_gives_back_exactly_what_was_built(graph: ArticleGraph, tmp_path: Path) -> None:
    store = ox.Store(str(tmp_path / "store"))
    store.extend(graph.quads)
    store.flush()
    assert set(store) == set(graph.quads)


def test_a_post_is_shared_between_articles_and_claims_are_not(graph: ArticleGraph) -> None:
    other = build_graph(with_text(full_resolution(), TEXT + "\nHết."), base=BASE)

    def of(quads: tuple[ox.Quad, ...], cls: str) -> set[str]:
        return {
            q.subject.value
            for q in quads
            if q.predicate.value == ns.RDF_TYPE
            and q.object.value == cls
            and isinstance(q.subject, ox.NamedNode)
        }

    director = {iri for iri in of(graph.quads, ns.POST) if "giam-doc-trung-tam" in iri}
    assert director <= of(other.quads, ns.POST)
    assert of(graph.quads, ns.CLAIM).isdisjoint(of(other.quads, ns.CLAIM))
    assert graph.name != other.name


def test_a_number_has_no_superfluous_digits(graph: ArticleGraph) -> None:
    numbers = {
        q.object.value
        for q in graph.quads
        if q.predicate.value in (ns.VALUE, ns.CHANGE_ABSOLUTE, ns.CONFIDENCE)
    }
    assert {"81770", "10", "11201.5", "0.8", "0.9"} == numbers


def test_evidence_may_be_a_whole_line() -> None:
    resolution = full_resolution()
    long = Evidence((at(LINES[2]),), "tests.by-hand", 1.0)
    graph = build_graph(
        replace(resolution, participations=(replace(resolution.participations[0], evidence=long),)), base=BASE
    )
    assert validate_graph(graph.quads).conforms
