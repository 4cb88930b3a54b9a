"""Extractors of strangers: found by name, opened or refused in one line, off unless asked for."""

import json
from pathlib import Path

import pytest

from kg.cli import main
from kg.errors import ExtensionError
from kg.extraction.candidate_schema import candidate_schema, read_candidates
from kg.extraction.extensions import KINDS, Candidate, load_extractors
from kg.settings import Settings
from tests.extraction.extensions import install

ARTICLE = (
    "Hội nghị tổng kết công tác y tế năm 2023\n\n"
    "Ngày 12/1/2024, Trung tâm Y tế huyện Mai Sơn tổ chức Hội nghị tổng kết công tác y tế năm 2023. "
    "Đồng chí Lò Văn Ính, Giám đốc Trung tâm Y tế huyện chủ trì hội nghị. "
    "Keiko Tanabe, Phó Chủ tịch UBND xã Chiềng Mung, phát biểu tại hội nghị.\n"
)
SOURCE = '''
from kg.extraction.candidate_schema import read_candidates

ANSWER = """{"candidates": [
  {"kind": "person", "quote": "Keiko Tanabe", "confidence": 0.99},
  {"kind": "person", "quote": "Keiko Tánabe", "confidence": 0.99},
  {"kind": "organization", "quote": "Lò Văn Ính", "type": "other", "confidence": 0.99}]}"""


class Service:
    def propose(self, text):
        return read_candidates(ANSWER)


class Broken:
    def propose(self, text):
        yield from read_candidates(ANSWER)
        raise ConnectionError("no answer\\nfrom the model")


class Careless:
    def propose(self, text):
        return ["Keiko Tanabe"]


class Mute:
    pass


def unopened():
    raise OSError("no such model")
'''
NAMES = {
    "service": "Service", "broken": "Broken", "careless": "Careless", "mute": "Mute", "unopened": "unopened",
    "absent": "nothing",
}  # fmt: skip


@pytest.fixture
def article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An article, where the extractors of a stranger are installed and none is asked for."""
    monkeypatch.delenv("KG_EXTRACTORS", raising=False)
    installed = tmp_path / "installed"
    installed.mkdir()
    install(installed, monkeypatch, source=SOURCE, names=NAMES, module="yte_kg_of_a_stranger")
    path = tmp_path / "1.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def _extract(article: Path, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[dict, str]:
    assert main(["extract", str(article), *options]) == 0
    output, errors = capsys.readouterr()
    return json.loads(output), errors


def test_what_an_extractor_adds_comes_in_less_sure_under_its_name(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules, _ = _extract(article, capsys)
    both, errors = _extract(article, capsys, "--extractor", "service")
    assert errors == ""
    assert [person["name"] for person in rules["persons"]] == ["Lò Văn Ính"]
    (ruled, added) = both["persons"]
    assert ruled == rules["persons"][0]
    assert (added["name"], added["rule"], added["confidence"]) == (
        "Keiko Tanabe",
        "plugin.service.person",
        0.7,
    )
    assert [ARTICLE[start:end] for start, end in added["spans"]] == ["Keiko Tanabe"]


def test_what_is_said_of_somebody_added_is_no_surer_than_that(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    both, _ = _extract(article, capsys, "--extractor", "service")
    (role,) = both["persons"][1]["roles"]
    assert (role["title"], role["confidence"]) == ("Phó Chủ tịch", 0.7)
    assert role["rule"].startswith("plugin.service.person.memberships.")
    parts = {part["name"]: part for part in both["events"][0]["participants"]}
    assert parts["Keiko Tanabe"]["rule"].startswith("plugin.service.person.participations.")
    assert parts["Lò Văn Ính"]["rule"].startswith("participations.")


def test_the_setting_names_extractors_and_the_option_outweighs_it(
    article: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_EXTRACTORS", " service ,")
    assert Settings.from_environment().extractors == ("service",)
    both, errors = _extract(article, capsys)
    assert (len(both["persons"]), errors) == (2, "")
    _, errors = _extract(article, capsys, "--extractor", "broken")
    assert "broken" in errors


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("broken", "ConnectionError: no answer from the model"),
        ("careless", "something other than a Candidate"),
    ],
)
def test_an_article_goes_on_without_an_extractor_that_fails(
    article: Path, capsys: pytest.CaptureFixture[str], name: str, words: str
) -> None:
    rules, _ = _extract(article, capsys)
    without, errors = _extract(article, capsys, "--extractor", name)
    assert without == rules
    assert errors.startswith(f"kg: 1.txt: read without extractor {name}, which failed: ")
    assert words in errors
    assert errors.count("\n") == 1


def test_with_debug_each_refusal_is_told(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, errors = _extract(article, capsys, "--extractor", "service", "--debug")
    assert errors.splitlines() == [
        "kg: service: person 'Keiko Tánabe': refused, the text does not have these words",
        "kg: service: organization 'Lò Văn Ính': refused, people.cue reads 'Lò Văn Ính' there",
    ]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("unheard", "known: absent, broken, careless"),
        ("mute", "has no method propose"),
        ("unopened", "OSError: no such model"),
        ("absent", "cannot be opened: AttributeError"),
    ],
)
@pytest.mark.parametrize("command", ["extract", "build", "evaluate", "explain", "serve"])
def test_an_extractor_that_cannot_be_used_is_named_and_nothing_is_done(
    article: Path, capsys: pytest.CaptureFixture[str], command: str, name: str, words: str
) -> None:
    (article.parent / "1.json").write_text("{}")
    source = article.parent if command == "evaluate" else article
    store = ["--store", str(article.parent / "store")] if command == "build" else []
    assert main([command, str(source), "--extractor", name, *store]) == ExtensionError.exit_code
    output, errors = capsys.readouterr()
    assert output == ""
    assert errors.count("\n") == 1
    assert errors.startswith("kg: ")
    assert name in errors
    if name != "unheard":
        assert words in errors


def test_names_are_opened_once_each_in_their_order(article: Path) -> None:
    assert load_extractors([]) == ()
    opened = load_extractors(["careless", "service", "careless"])
    assert [extension.name for extension in opened] == ["careless", "service"]


class TestJson:
    def test_an_answer_of_the_schema_is_read(self) -> None:
        schema = candidate_schema()
        item = schema["properties"]["candidates"]["items"]
        assert item["properties"]["kind"]["enum"] == list(KINDS)
        empty = dict.fromkeys(item["required"])
        answer = {"candidates": [{**empty, "kind": "document", "quote": "Luật số 1", "day": "2024-02-29"}]}
        (candidate,) = read_candidates(json.dumps(answer))
        assert (candidate.kind, candidate.quote, candidate.number) == ("document", "Luật số 1", None)
        assert candidate.day is not None
        assert candidate.day.isoformat() == "2024-02-29"

    def test_the_schema_has_every_property_of_a_candidate(self) -> None:
        properties = candidate_schema()["properties"]["candidates"]["items"]["properties"]
        assert set(properties) == set(Candidate.__dataclass_fields__)

    @pytest.mark.parametrize(
        "answer",
        [
            "Sure! Here are the candidates:",
            "[]",
            '{"candidates": {}}',
            '{"candidates": ["Lò Văn Ính"]}',
            '{"candidates": [{"kind": "person"}]}',
            '{"candidates": [{"kind": "person", "quote": 3}]}',
            '{"candidates": [{"kind": "person", "quote": "x", "start": "0"}]}',
            '{"candidates": [{"kind": "person", "quote": "x", "age": 40}]}',
            '{"candidates": [{"kind": "document", "quote": "x", "day": "29/2/2024"}]}',
        ],
    )
    def test_any_other_answer_is_refused(self, answer: str) -> None:
        with pytest.raises(ValueError, match=r"\S"):
            read_candidates(answer)
