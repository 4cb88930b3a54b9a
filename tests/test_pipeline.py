"""What the line does with a graph that does not conform: the shapes let no real article come to that."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kg import pipeline
from kg.cli import main
from kg.errors import ValidationError
from kg.graph import Report, Violation
from kg.store import Store, open_store
from tests.conftest import SEEDS

BASE = "https://example.org/id/"
FAULT = Violation("https://example.org/x", "Hội nghị", None, "A meeting has a kind.", None)
ARTICLE = SEEDS / "003_7a461c64d0580141.txt"


@pytest.fixture
def store() -> Iterator[Store]:
    with closing(open_store(None)) as opened:
        yield opened


def build(store: Store) -> pipeline.StoredArticle:
    return pipeline.store_checked(ARTICLE, pipeline.check_document(ARTICLE, base=BASE), store, cuts={})


def test_an_article_is_stored_once_and_then_unchanged(store: Store) -> None:
    assert [build(store).changed for _ in range(2)] == [True, False]
    assert len(pipeline.article_graphs(store)) == 1


def test_a_graph_that_does_not_conform_is_not_stored(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "validate_graph", lambda _: Report(conforms=False, violations=(FAULT,)))
    with pytest.raises(ValidationError, match=r"003_.*A meeting has a kind.*kg validate"):
        build(store)
    assert store.graphs() == ()


def test_its_reason_is_told_and_the_exit_code_is_5(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pipeline, "validate_graph", lambda _: Report(conforms=False, violations=(FAULT,)))
    assert main(["build", str(ARTICLE), "--store", str(tmp_path / "store")]) == 5
    shown = capsys.readouterr()
    assert "A meeting has a kind." in shown.err
    assert "rejected   1" in shown.out


def test_a_fault_of_the_program_costs_one_article_and_is_owned_up_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail_on_one(quads: object) -> Report:
        if "Hướng Hoá" in str(quads):
            raise RuntimeError("boom")
        return Report(conforms=True, violations=())

    monkeypatch.setattr(pipeline, "validate_graph", fail_on_one)
    assert main(["build", str(SEEDS), "--store", str(tmp_path / "store")]) == 70
    shown = capsys.readouterr()
    assert "boom - this is a fault of kg" in shown.err
    assert "Traceback" not in shown.err
    assert "articles   4\n" in shown.out
