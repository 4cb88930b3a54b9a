"""Strangers' writes: all or nothing, within limits, checked, and followed by what follows from them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kg.errors import NotFoundError, QueryError, StoreError
from kg.pipeline import article_graphs, check_document, complete_store, store_checked
from kg.query.knowledge import Knowledge
from kg.query.limits import BusyError, QueryMemoryError
from kg.query.updates import WriteRefusedError, WriteTimeoutError, WriteTooLargeError
from kg.settings import Settings
from kg.store import Dataset, DefaultGraph, Solutions, Store, open_store

BASE = "https://yte-kg.org/id/"
TURTLE = "text/turtle"
ENDLESS = (
    "INSERT { GRAPH <urn:x> { ?a ?b ?c } } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
)


def knowledge_of(default_graph: DefaultGraph, **changed: object) -> Knowledge:
    settings = Settings(default_graph=default_graph, validate_writes=False, **changed)  # type: ignore[arg-type]
    return Knowledge(open_store(None, default_graph=default_graph), settings)


@pytest.fixture(scope="module", params=["union", "own"])
def knowledge(request: pytest.FixtureRequest) -> Iterator[Knowledge]:
    with closing(knowledge_of(request.param)) as opened:
        yield opened


def content(store: Store) -> list[str]:
    return sorted(map(str, store.quads()))


def of_graph(knowledge: Knowledge, name: str) -> list[str]:
    return sorted(str(quad.triple) for quad in knowledge.store.quads(name))


def test_a_graph_is_put_read_added_to_and_deleted(knowledge: Knowledge) -> None:
    assert knowledge.put_graph("urn:a", b"<x> <urn:p> 1 .", TURTLE, base="http://here/urn")
    assert not knowledge.put_graph("urn:a", b"<x> <urn:p> 2 .", TURTLE, base="http://here/urn")
    assert not knowledge.add_to_graph("urn:a", [(b"<x> <urn:p> 3 .", TURTLE)], base="http://here/urn")
    lines = knowledge.read_graph("urn:a", "application/n-triples").decode().splitlines()
    assert len(lines) == 2
    assert all(line.startswith("<http://here/x> <urn:p> ") for line in lines)
    knowledge.delete_graph("urn:a")
    for missing in (knowledge.delete_graph, lambda name: knowledge.read_graph(name, TURTLE)):
        with pytest.raises(NotFoundError, match="there is no graph urn:a"):
            missing("urn:a")


def test_blank_nodes_of_two_uploads_are_four(knowledge: Knowledge) -> None:
    for _ in range(2):
        knowledge.add_to_graph("urn:blank", [(b"_:a <urn:p> _:b .", TURTLE)], base="http://here/")
    knowledge.update("INSERT DATA { GRAPH <urn:blank> { _:a <urn:p> _:b } }")
    assert len(of_graph(knowledge, "urn:blank")) == 3
    knowledge.update(
        "DELETE { GRAPH <urn:blank> { ?a <urn:p> ?b } } WHERE { GRAPH <urn:blank> { ?a <urn:p> ?b } }"
    )
    assert of_graph(knowledge, "urn:blank") == []


def test_an_update_reads_and_writes(knowledge: Knowledge) -> None:
    knowledge.update("INSERT DATA { GRAPH <urn:u> { <urn:a> <urn:p> 1 , 2 } }")
    knowledge.update(
        "WITH <urn:u> DELETE { ?s <urn:p> ?n } INSERT { ?s <urn:q> ?m } "
        "WHERE { ?s <urn:p> ?n BIND(?n + 10 AS ?m) }"
    )
    assert [line.split('"')[1] for line in of_graph(knowledge, "urn:u")] == ["11", "12"]
    knowledge.update(
        "INSERT { GRAPH <urn:seen> { ?s ?p ?o } } WHERE { ?s ?p ?o }",
        dataset=Dataset(default_graphs=("urn:u",)),
    )
    assert of_graph(knowledge, "urn:seen") == of_graph(knowledge, "urn:u")


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { GRAPH <urn:m> { <urn:a> <urn:p> 1 } } ; INSERT DATA { <urn:a> <urn:p> }",
        "INSERT DATA { GRAPH <urn:m> { <urn:a> <urn:p> 1 } } ; DROP GRAPH <urn:never>",
        "DROP GRAPH <urn:keep> ; DROP GRAPH <urn:keep>",
        "CLEAR GRAPH <urn:keep> ; LOAD <http://127.0.0.1:1/>",
        "CLEAR GRAPH <urn:keep> ; "
        "INSERT { GRAPH <urn:m> { ?s ?p ?o } } WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    ],
)
def test_a_mistake_at_the_end_changes_nothing(knowledge: Knowledge, update: str) -> None:
    knowledge.put_graph("urn:keep", b"<urn:a> <urn:p> 1 .", TURTLE, base="http://here/")
    before, version = content(knowledge.store), knowledge.store.version
    with pytest.raises(QueryError):
        knowledge.update(update)
    assert content(knowledge.store) == before
    assert knowledge.store.version == version


@pytest.mark.parametrize(
    ("data", "media_type", "said"),
    [
        (b"<urn:a> <urn:p> ", TURTLE, "this is not Turtle"),
        (b"<urn:a> <urn:p> 1 . <urn:a> <urn:p> <<<", TURTLE, "this is not Turtle"),
        (b"\xff\xfe", TURTLE, "this is not Turtle"),
        (b"<urn:a> <urn:p> <urn:b> <urn:g> .", "application/n-quads", "send each to its own address"),
        (
            b'{"@context": "http://127.0.0.1:1/c", "a": 1}',
            "application/ld+json",
            "context elsewhere is not fetched",
        ),
        (
            b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><a>&x;</a>",
            "application/rdf+xml",
            "entities",
        ),
        (b"", "text/csv", "is not known: send one of text/turtle"),
    ],
)
def test_a_text_that_cannot_be_read_changes_nothing(
    knowledge: Knowledge, data: bytes, media_type: str, said: str
) -> None:
    before = content(knowledge.store)
    writes = (
        lambda: knowledge.put_graph("urn:unread", data, media_type, base="http://here/"),
        lambda: knowledge.add_to_graph("urn:unread", [(data, media_type)], base="http://here/"),
    )
    for write in writes:
        with pytest.raises(QueryError, match=said):
            write()
    assert content(knowledge.store) == before


def test_every_format_is_read(knowledge: Knowledge) -> None:
    name = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    described = '<r:Description r:about="a"><u:p r:resource="b"/></r:Description>'
    xml = f'<r:RDF xmlns:r="{name}" xmlns:u="urn:">{described}</r:RDF>'
    texts = {
        TURTLE: "<a> <urn:p> <b> .",
        "application/n-triples": "<http://here/a> <urn:p> <http://here/b> .",
        "application/n-quads": "<http://here/a> <urn:p> <http://here/b> .",
        "application/trig": "<a> <urn:p> <b> .",
        "application/rdf+xml": xml,
        "application/ld+json": '{"@id": "a", "urn:p": {"@id": "b"}}',
    }
    for media_type, text in texts.items():
        knowledge.put_graph("urn:f", text.encode(), media_type, base="http://here/")
        assert of_graph(knowledge, "urn:f") == ["<http://here/a> <urn:p> <http://here/b>"], media_type
        knowledge.delete_graph("urn:f")


def test_the_default_graph_of_a_plain_store_is_a_graph_like_others() -> None:
    with closing(knowledge_of("own")) as knowledge:
        assert not knowledge.put_graph(None, b"<urn:a> <urn:p> 1 .", TURTLE, base="http://here/")
        knowledge.update("INSERT { ?s <urn:q> ?o } WHERE { ?s <urn:p> ?o } ; CREATE GRAPH <urn:empty>")
        assert knowledge.read_graph(None, "application/n-triples").count(b"\n") == 2
        assert knowledge.read_graph("urn:empty", "application/n-triples") == b""
        assert knowledge.put_graph("urn:other", b"", TURTLE, base="http://here/")
        assert knowledge.store.graphs() == ("urn:empty", "urn:other")
        knowledge.update("DROP GRAPH <urn:other>")
        assert knowledge.store.graphs() == ("urn:empty",)
        knowledge.delete_graph(None)
        assert content(knowledge.store) == []


def test_the_union_follows_by_itself_and_is_not_written_to() -> None:
    with closing(knowledge_of("union")) as knowledge:
        knowledge.update(
            "INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:p> 1 } GRAPH <urn:h> { <urn:a> <urn:p> 1 } }"
        )
        assert knowledge.run("SELECT * { ?s ?p ?o }", "text/csv").body.count(b"\n") == 2
        writes = (
            lambda: knowledge.put_graph(None, b"", TURTLE, base="http://here/"),
            lambda: knowledge.add_to_graph(None, [(b"<urn:a> <urn:p> 1 .", TURTLE)], base="http://here/"),
            lambda: knowledge.delete_graph(None),
            lambda: knowledge.update("INSERT DATA { <urn:a> <urn:p> 1 }"),
            lambda: knowledge.update("INSERT { ?s ?p 2 } WHERE { ?s ?p ?o }"),
            lambda: knowledge.update("DROP ALL"),
        )
        for write in writes:
            with pytest.raises(QueryError, match="name a graph"):
                write()
        knowledge.delete_graph("urn:g")
        assert [str(quad.triple) for quad in knowledge.store.default_quads()] == of_graph(knowledge, "urn:h")


def test_an_update_that_runs_too_long_is_stopped() -> None:
    with closing(knowledge_of("own", write_seconds=1.0)) as knowledge:
        numbers = b"".join(b"<urn:%d> <urn:p> 1 ." % number for number in range(200))
        knowledge.put_graph(None, numbers, TURTLE, base="http://here/")
        version = knowledge.store.version
        with pytest.raises(
            WriteTimeoutError, match=r"longer than 1 seconds \(KG_WRITE_SECONDS\).*nothing was changed"
        ):
            knowledge.update(ENDLESS)
        assert knowledge.store.version == version
        knowledge.update("INSERT DATA { <urn:a> <urn:p> 1 }")


def test_an_update_that_needs_too_much_memory_is_stopped() -> None:
    with closing(knowledge_of("own", query_memory=400 * 1024**2)) as knowledge:
        doubled = " ".join(f"BIND(CONCAT(?v{n}, ?v{n}) AS ?v{n + 1})" for n in range(32))
        update = f'INSERT {{ <urn:a> <urn:p> ?v32 }} WHERE {{ BIND("xxxxxxxx" AS ?v0) {doubled} }}'
        with pytest.raises(QueryMemoryError, match="nothing was changed"):
            knowledge.update(update)
        knowledge.update("INSERT DATA { <urn:a> <urn:p> 1 }")


def test_a_change_of_too_many_statements_is_refused() -> None:
    with closing(knowledge_of("own", write_statements=3)) as knowledge:
        with pytest.raises(
            WriteTooLargeError, match=r"changes 4 statements, at most 3 \(KG_WRITE_STATEMENTS\)"
        ):
            knowledge.update("INSERT DATA { <urn:a> <urn:p> 1, 2, 3, 4 }")
        assert content(knowledge.store) == []


def test_a_second_writer_waits_its_turn_and_is_turned_away_in_time() -> None:
    with closing(knowledge_of("own", write_seconds=2.0, queue_seconds=0.2)) as knowledge:
        knowledge.put_graph(
            None, b"".join(b"<urn:%d> <urn:p> 1 ." % n for n in range(200)), TURTLE, base="http://h/"
        )
        ended: list[BaseException] = []

        def write() -> None:
            try:
                knowledge.update(ENDLESS)
            except QueryError as error:
                ended.append(error)

        first = threading.Thread(target=write)
        first.start()
        with pytest.raises(BusyError, match="busy with another write"):  # noqa: PT012
            while first.is_alive():  # until the other has its turn
                knowledge.update("INSERT DATA { <urn:a> <urn:p> 1 }")
        first.join()
        assert isinstance(ended[0], WriteTimeoutError)


def test_closing_ends_a_write_that_is_being_worked_out() -> None:
    knowledge = knowledge_of("own")
    knowledge.put_graph(
        None, b"".join(b"<urn:%d> <urn:p> 1 ." % n for n in range(200)), TURTLE, base="http://h/"
    )
    ended: list[BaseException] = []

    def write() -> None:
        try:
            knowledge.update(ENDLESS)
        except (QueryError, StoreError) as error:
            ended.append(error)

    writer = threading.Thread(target=write)
    writer.start()
    writer.join(2.0)
    knowledge.close()
    writer.join(30)
    assert isinstance(ended[0], StoreError)
    assert "nothing was changed" in str(ended[0])


@pytest.fixture
def articles(tmp_path: Path) -> Iterator[Knowledge]:
    """Knowledge of one article, with all that follows from it."""
    path = tmp_path / "article.txt"
    path.write_text(
        "Hội nghị tổng kết công tác y tế\n\n"
        "Sáng ngày 5/3/2024, Trung tâm Y tế huyện Than Uyên tổ chức hội nghị tổng kết. "
        "Đồng chí Nguyễn Văn Bình, Giám đốc Trung tâm Y tế huyện Than Uyên, chủ trì hội nghị.\n",
        encoding="utf-8",
    )
    with closing(open_store(tmp_path / "store")) as store:
        built = store_checked(path, check_document(path, base=BASE), store, cuts={})
        complete_store(store, [built], started=datetime.now(UTC), base=BASE)
        with closing(Knowledge(store, Settings())) as knowledge:
            yield knowledge


def test_what_follows_from_an_article_follows_a_write_to_it(articles: Knowledge) -> None:
    store = articles.store
    (name,) = article_graphs(store)
    chaired = (
        "PREFIX kg: <https://yte-kg.org/ontology#> SELECT ?who { ?official kg:chaired ?e ; rdfs:label ?who }"
    )
    answer = store.query(chaired)
    assert isinstance(answer, Solutions)
    assert [row[0].value for row in answer.rows if row[0]] == ["Nguyễn Văn Bình"]
    whole = articles.read_graph(name, TURTLE)
    articles.delete_graph(name)
    answer = store.query(chaired)
    assert isinstance(answer, Solutions)
    assert answer.rows == ()
    assert not articles.names.identify("Nguyễn Văn Bình", base=BASE)
    assert articles.put_graph(name, whole, TURTLE, base=BASE)
    answer = store.query(chaired)
    assert isinstance(answer, Solutions)
    assert len(answer.rows) == 1
    assert articles.names.identify("Nguyễn Văn Bình", base=BASE)


def test_what_a_killed_process_left_to_do_is_done_by_the_next(articles: Knowledge) -> None:
    store = articles.store
    (name,) = article_graphs(store)
    following = f"{BASE}graph/derived{name.removeprefix(f'{BASE}graph')}"
    before = sorted(map(str, store.quads(following)))
    store.begin([name])
    store.remove_graph(following)
    articles.warm()
    assert sorted(map(str, store.quads(following))) == before
    assert store.unfinished() == ()


def test_a_write_that_breaks_the_shapes_is_refused_with_the_first_faults(articles: Knowledge) -> None:
    (name,) = article_graphs(articles.store)
    before = content(articles.store)
    label = "http://www.w3.org/2000/01/rdf-schema#label"
    with pytest.raises(
        WriteRefusedError, match=r"nothing was changed: .* would not conform to the shapes in \d+ points"
    ):
        articles.update(f"DELETE WHERE {{ GRAPH <{name}> {{ ?s <{label}> ?o }} }}")
    with pytest.raises(WriteRefusedError, match="would not conform"):
        articles.put_graph(
            "urn:mine", b"<urn:a> a <https://yte-kg.org/ontology#Official> .", TURTLE, base=BASE
        )
    assert content(articles.store) == before
    articles.put_graph("urn:mine", b"<urn:a> a <urn:Something> .", TURTLE, base=BASE)


@pytest.mark.parametrize(
    "name", ["graph/ontology", "graph/derived/article/x", "graph/judgements", "graph/runs/x"]
)
def test_what_the_service_derives_is_not_for_strangers(articles: Knowledge, name: str) -> None:
    for write in (
        lambda: articles.put_graph(BASE + name, b"<urn:a> <urn:p> 1 .", TURTLE, base=BASE),
        lambda: articles.update(f"INSERT DATA {{ GRAPH <{BASE}{name}> {{ <urn:a> <urn:p> 1 }} }}"),
    ):
        with pytest.raises(WriteRefusedError, match="kept by the service itself"):
            write()


def test_an_update_is_no_query() -> None:
    with closing(knowledge_of("own")) as knowledge, pytest.raises(QueryError, match="SELECT is a query"):
        knowledge.update("SELECT * { ?s ?p ?o }")
