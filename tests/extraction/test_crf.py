"""The extractor that is learnt: trained on a few articles, it adds what the rules miss, and is less sure."""

import json
from pathlib import Path

import pytest

from kg.cli import main
from kg.errors import ExtensionError
from kg.extraction.crf.extractor import CrfExtractor
from kg.extraction.crf.training import AnnotatedText, train
from kg.language.normalization import normalize

HEAD = (
    "Hội nghị sơ kết công tác y tế\n\n"
    "Ngày 12/1/2024, Trung tâm Y tế huyện Mai Sơn tổ chức Hội nghị sơ kết công tác y tế. "
)
# Names that no list of Vietnamese surnames has, in one phrasing: "chuyên gia NAME".
LEARNT = (
    ("Hội nghị nghe chuyên gia Ingrid Halvorsen trình bày phương pháp mới.", "Ingrid Halvorsen"),
    ("Tại đây, chuyên gia Pierre Dumont chia sẻ kinh nghiệm phòng chống dịch.", "Pierre Dumont"),
    ("Cùng ngày, chuyên gia Keiko Tanabe đã thăm các trạm y tế của huyện.", "Keiko Tanabe"),
    ("Sau đó chuyên gia Olga Petrova trả lời câu hỏi của các đại biểu.", "Olga Petrova"),
    ("Huyện được chuyên gia Marco Bellini hướng dẫn về an toàn thực phẩm.", "Marco Bellini"),
)
UNSEEN = "Chiều nay, chuyên gia Astrid Nyström chia sẻ kinh nghiệm với các đại biểu."


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model that the command has trained on articles annotated for it."""
    gold = tmp_path_factory.mktemp("gold")
    for number, (sentence, name) in enumerate(LEARNT):
        (gold / f"{number}.txt").write_text(HEAD + sentence, encoding="utf-8")
        facts = {
            "persons": [{"name": name}],
            "organizations": [{"name": "Trung tâm Y tế huyện Mai Sơn", "kind": "health_centre"}],
        }
        (gold / f"{number}.json").write_text(json.dumps(facts), encoding="utf-8")
    path = gold / "model.crfsuite"
    assert main(["train-crf", str(gold), "--output", str(path)]) == 0
    return path


@pytest.fixture
def article(tmp_path: Path, model: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An article with a name that no rule finds and no training text had; the setting names the model."""
    monkeypatch.setenv("KG_CRF_MODEL", str(model))
    monkeypatch.delenv("KG_EXTRACTORS", raising=False)
    path = tmp_path / "unseen.txt"
    path.write_text(HEAD + UNSEEN, encoding="utf-8")
    return path


def _facts(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> dict:
    assert main(["extract", *map(str, arguments)]) == 0
    output, errors = capsys.readouterr()
    assert errors == ""
    return json.loads(output)


def test_somebody_whom_the_rules_miss_comes_in_less_sure(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _facts(capsys, article)["persons"] == []
    (person,) = _facts(capsys, article, "--extractor", "crf")["persons"]
    assert (person["name"], person["rule"]) == ("Astrid Nyström", "plugin.crf.person")
    assert person["confidence"] <= 0.7
    ((start, end),) = person["spans"]
    assert (HEAD + UNSEEN)[start:end] == "Astrid Nyström"


def test_what_both_find_stays_the_rules_and_is_surer(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (ruled,) = _facts(capsys, article)["organizations"]
    (both,) = _facts(capsys, article, "--extractor", "crf")["organizations"]
    assert (both["name"], both["rule"]) == (ruled["name"], ruled["rule"])
    assert both["confidence"] > ruled["confidence"]


def test_what_is_added_stands_in_the_graph_with_its_rule(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = str(tmp_path / "store")
    assert main(["build", str(article), "--store", store, "--extractor", "crf"]) == 0
    assert "rejected   0" in capsys.readouterr().out
    query = """
    PREFIX kg: <https://yte-kg.org/ontology#> PREFIX prov: <http://www.w3.org/ns/prov#>
    PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
    SELECT ?name ?rule { ?official a kg:Official ; rdfs:label ?name ; prov:wasGeneratedBy/rdfs:label ?rule }
    """
    assert main(["query", query, "--store", store, "--format", "csv"]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == ["Astrid Nyström,plugin.crf.person"]


def test_the_same_articles_give_the_same_model(tmp_path: Path) -> None:
    texts = [AnnotatedText(HEAD + sentence, (name,), ()) for sentence, name in LEARNT]
    models = []
    for name in ("first", "second"):
        assert train(texts, tmp_path / name) == len(LEARNT)
        models.append((tmp_path / name).read_bytes())
    assert models[0] == models[1]


def test_names_are_aligned_however_they_are_typed(tmp_path: Path) -> None:
    text = "Bà Hoàng  Thị THUỶ và y sĩ Lò Văn Ính; hoàng thị thủy không viết hoa."
    assert train([AnnotatedText(text, ("Hoàng Thị Thủy", "Lò Văn Ính"), ("", " "))], tmp_path / "model") == 2


def test_every_proposal_is_a_true_quote_whatever_the_text(model: Path) -> None:
    extractor = CrfExtractor(model)
    texts = [
        "",
        "\n \n",
        "chuyên gia " * 500 + "Astrid Nyström",
        "Trung tâm Y tế huyện Mai Sơn" * 3,
        "Ñ" * 3000,
    ]
    for text in map(normalize, texts):
        for candidate in extractor.propose(text):
            assert candidate.start is not None
            assert text[candidate.start :].startswith(candidate.quote)


class TestModels:
    def test_without_a_model_the_setting_is_named(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.delenv("KG_CRF_MODEL", raising=False)
        assert main(["extract", str(tmp_path), "--extractor", "crf"]) == ExtensionError.exit_code

    def test_what_is_no_whole_model_is_refused(self, model: Path, tmp_path: Path) -> None:
        path = tmp_path / "model"
        whole = model.read_bytes()
        for content in (b"", b"lCRF", whole[:-1], whole + b"x", b"\0" * len(whole)):
            path.write_bytes(content)
            with pytest.raises(ExtensionError, match="train it again"):
                CrfExtractor(path)
        with pytest.raises(ExtensionError, match="cannot be read"):
            CrfExtractor(tmp_path / "none")

    def test_a_model_that_cannot_be_written_is_told(
        self, model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        target = tmp_path / "none" / "model"
        assert main(["train-crf", str(model.parent), "--output", str(target)]) == 1
        errors = capsys.readouterr().err
        assert errors.startswith(f"kg: {target}: cannot be written")
        assert errors.count("\n") == 1
