"""A graph that is not as it must be is refused, and the report says what, where and why."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.graph import ArticleGraph, Report, build_graph, validate_graph
from kg.vocabulary import namespaces as ns
from tests.graph.factories import BASE, full_resolution


@pytest.fixture(scope="module")
def graph() -> ArticleGraph:
    return build_graph(full_resolution(), base=BASE)


def subject_of(graph: ArticleGraph, cls: str, label: str = "") -> ox.NamedNode:
    labels = {q.subject: q.object.value for q in graph.quads if q.predicate.value == ns.RDFS_LABEL}
    return next(
        q.subject
        for q in graph.quads
        if q.predicate.value == ns.RDF_TYPE
        and q.object.value == cls
        and isinstance(q.subject, ox.NamedNode)
        and label in labels[q.subject]
    )


def without(graph: ArticleGraph, subject: ox.NamedNode, predicate: str) -> Report:
    return validate_graph(q for q in graph.quads if (q.subject, q.predicate.value) != (subject, predicate))


def with_statement(
    graph: ArticleGraph, subject: ox.NamedNode, predicate: str, target: ox.NamedNode | ox.Literal
) -> Report:
    quad = ox.Quad(subject, ox.NamedNode(predicate), target, ox.NamedNode(graph.name))
    return validate_graph([*graph.quads, quad])


@pytest.mark.parametrize(
    ("cls", "predicate", "message"),
    [
        (ns.MEETING, ns.MEETING_KIND, "A meeting needs exactly one kind."),
        (ns.MEMBERSHIP, ns.ORG_MEMBER, "A membership needs exactly one official."),
        (ns.MEMBERSHIP, ns.HAS_EVIDENCE, "It has no evidence"),
        (ns.OBSERVATION, ns.CONFIDENCE, "Its confidence must be one decimal number"),
        (ns.PARTICIPATION, ns.CV_ROLE, "A participation needs exactly one role."),
        (ns.PARTICIPATION, ns.PROV_WAS_GENERATED_BY, "which rule"),
        (ns.APPOINTMENT, ns.APPOINTEE, "An appointment needs exactly one official."),
        (ns.AWARD, ns.AWARD_NAME, "An award needs its name as written."),
        (ns.CITATION, ns.CITED_DOCUMENT, "A citation needs exactly one official document."),
        (ns.OFFICIAL, ns.FOAF_NAME, "An official needs a full name."),
        (ns.UNIT, ns.ORG_CLASSIFICATION, "A body needs a kind."),
        (ns.ADMINISTRATIVE_UNIT, ns.LEVEL, "A place needs a level"),
        (ns.POST, ns.TITLE, "A post needs a title."),
        (ns.ARTICLE, ns.TEXT_HASH, "SHA-256"),
        (ns.EVIDENCE, ns.OA_HAS_SOURCE, "Evidence must point at exactly one article."),
        (ns.POSITION_SELECTOR, ns.OA_END, "A position needs one end."),
        (ns.QUOTE_SELECTOR, ns.OA_EXACT, "A quotation needs its exact characters."),
        (ns.RECIPIENT_GROUP, ns.RECIPIENT_COUNT, "one whole number"),
        (ns.EXTRACTION_RULE, ns.DCT_IDENTIFIER, "A rule needs exactly one name."),
        (ns.LOCATION, ns.PLACE, "A location needs exactly one place."),
        (ns.AFFILIATION, ns.WHOLE, "An affiliation needs one whole"),
        (ns.POST, ns.RDFS_LABEL, "It has no label"),
    ],
)
def test_what_is_missing_is_named(graph: ArticleGraph, cls: str, predicate: str, message: str) -> None:
    subject = subject_of(graph, cls)
    report = without(graph, subject, predicate)
    assert not report.conforms
    assert message in report.text
    assert subject.value in report.text


def test_a_fault_reads_as_a_sentence_about_a_named_thing(graph: ArticleGraph) -> None:
    meeting = subject_of(graph, ns.MEETING)
    kind = ox.NamedNode(f"{ns.SCHEMES}roles#chair")
    report = with_statement(graph, meeting, ns.MEETING_KIND, kind)
    assert report.text.startswith("The graph does not conform to the shapes: 1 fault.")
    where = f"- Hội nghị tổng kết công tác y tế <{meeting.value}> [kind of meeting]"
    assert f"{where}: A meeting needs exactly one kind." in report.text
    (violation,) = report.violations
    assert violation.path == ns.MEETING_KIND


def test_a_concept_of_the_wrong_scheme_is_refused(graph: ArticleGraph) -> None:
    meeting = subject_of(graph, ns.MEETING)
    quads = [q for q in graph.quads if (q.subject, q.predicate.value) != (meeting, ns.MEETING_KIND)]
    wrong = ox.Quad(
        meeting,
        ox.NamedNode(ns.MEETING_KIND),
        ox.NamedNode(f"{ns.SCHEMES}roles#chair"),
        ox.NamedNode(graph.name),
    )
    report = validate_graph([*quads, wrong])
    assert "Its kind is not one of the scheme of meetings." in report.text


def test_a_confidence_above_one_is_refused_with_the_value(graph: ArticleGraph) -> None:
    claim = subject_of(graph, ns.CITATION)
    quads = [q for q in graph.quads if (q.subject, q.predicate.value) != (claim, ns.CONFIDENCE)]
    high = ox.Literal("1.5", datatype=ox.NamedNode(ns.XSD_DECIMAL))
    report = validate_graph(
        [*quads, ox.Quad(claim, ox.NamedNode(ns.CONFIDENCE), high, ox.NamedNode(graph.name))]
    )
    assert not report.conforms
    assert "Found: 1.5." in report.text


def test_a_position_that_ends_before_it_starts_is_refused(graph: ArticleGraph) -> None:
    position = subject_of(graph, ns.POSITION_SELECTOR)
    quads = [q for q in graph.quads if (q.subject, q.predicate.value) != (position, ns.OA_END)]
    end = ox.Quad(position, ox.NamedNode(ns.OA_END), ox.Literal(0), ox.NamedNode(graph.name))
    assert "A position must start before it ends." in validate_graph([*quads, end]).text


def test_a_participation_of_nobody_is_refused(graph: ArticleGraph) -> None:
    participation = subject_of(graph, ns.PARTICIPATION, "Lê Văn Mẫu")
    report = without(graph, participation, ns.PARTICIPANT)
    assert "A participation must name somebody, or at least a post or a body." in report.text


def test_a_figure_without_a_number_is_refused(graph: ArticleGraph) -> None:
    figure = subject_of(graph, ns.OBSERVATION, "lượt khám bảo hiểm")
    numbers = {ns.VALUE, ns.TOTAL, ns.SHARE_PERCENT, ns.PREVIOUS_VALUE}
    report = validate_graph(q for q in graph.quads if q.subject != figure or q.predicate.value not in numbers)
    assert "A figure needs a number" in report.text


def test_a_participant_that_is_no_person_and_no_body_is_refused(graph: ArticleGraph) -> None:
    participation = subject_of(graph, ns.PARTICIPATION, "Lê Văn Mẫu")
    meeting = subject_of(graph, ns.MEETING)
    quads = [q for q in graph.quads if (q.subject, q.predicate.value) != (participation, ns.PARTICIPANT)]
    wrong = ox.Quad(participation, ox.NamedNode(ns.PARTICIPANT), meeting, ox.NamedNode(graph.name))
    assert "A participant must be one official or one body." in validate_graph([*quads, wrong]).text


def test_a_blank_node_is_refused(graph: ArticleGraph) -> None:
    blank = ox.BlankNode("b1")
    name = ox.NamedNode(graph.name)
    quads = [
        ox.Quad(blank, ox.NamedNode(ns.RDF_TYPE), ox.NamedNode(ns.POST), name),
        ox.Quad(blank, ox.NamedNode(ns.RDFS_LABEL), ox.Literal("Giám đốc", language="vi"), name),
        ox.Quad(blank, ox.NamedNode(ns.TITLE), ox.Literal("Giám đốc", language="vi"), name),
    ]
    assert "blank nodes are not allowed" in validate_graph([*graph.quads, *quads]).text


def test_an_odd_range_is_a_warning_and_keeps_the_graph(graph: ArticleGraph) -> None:
    figure = subject_of(graph, ns.OBSERVATION, "lượt khám bảo hiểm")
    quads = [q for q in graph.quads if (q.subject, q.predicate.value) != (figure, ns.VALUE_MAX)]
    low = ox.Literal("2", datatype=ox.NamedNode(ns.XSD_DECIMAL))
    report = validate_graph(
        [*quads, ox.Quad(figure, ox.NamedNode(ns.VALUE_MAX), low, ox.NamedNode(graph.name))]
    )
    assert report.conforms
    assert [violation.warning for violation in report.violations] == [True]
    assert "with warnings" in report.text


def test_a_report_is_the_same_each_time(graph: ArticleGraph) -> None:
    quads = [q for q in graph.quads if q.predicate.value not in (ns.CONFIDENCE, ns.STATUS)]
    assert validate_graph(quads) == validate_graph(reversed(quads))
