"""Reading annotated articles: where their texts stand, what is refused, and when a corpus is another."""

import json
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.evaluation import corpus_hash, read_gold


def _annotate(directory: Path, name: str, **facts: object) -> None:
    directory.mkdir(exist_ok=True)
    (directory / f"{name}.json").write_text(json.dumps(facts), encoding="utf-8")


def test_the_text_stands_beside_under_the_name_given_or_under_a_longer_one(tmp_path: Path) -> None:
    gold, texts = tmp_path / "gold", tmp_path / "texts"
    texts.mkdir()
    for name, named in (("a", None), ("b", "page of b.txt"), ("c", None)):
        _annotate(gold, name, source_file=named)
    for path in (gold / "a.txt", texts / "page of b.txt", texts / "c_0f3a.txt"):
        path.write_text("x")
    articles = read_gold(gold, texts)
    assert [(article.id, article.text_path) for article in articles] == [
        ("a", gold / "a.txt"),
        ("b", texts / "page of b.txt"),
        ("c", texts / "c_0f3a.txt"),
    ]


def test_the_name_of_a_text_leads_to_no_other_directory(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("x")
    _annotate(tmp_path / "gold", "a", source_file="../secret.txt")
    with pytest.raises(InputError, match=r"a\.json: its text .* --texts"):
        read_gold(tmp_path / "gold")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "not JSON"),
        ("[]", "format"),
        ('{"persons": [{"roles": []}]}', "an item has no 'name', which 'person' needs"),
        ('{"persons": ["Lò Thị Ính"]}', "'person' is read"),
        ('{"metrics": [{"indicator": "ca", "value": "ba"}]}', "'metric' is read"),
        ('{"events": {"kind": "conference"}}', "'event' is read"),
    ],
)
def test_what_is_not_in_the_format_is_refused_in_one_line(tmp_path: Path, content: str, words: str) -> None:
    (tmp_path / "a.json").write_text(content)
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(InputError, match=words) as refusal:
        read_gold(tmp_path)
    assert "a.json" in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_directory_without_annotations_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none"):
        with pytest.raises(InputError, match=path.name):
            read_gold(path)


def test_a_corpus_is_another_when_a_text_an_annotation_or_a_name_is(tmp_path: Path) -> None:
    def state() -> str:
        return corpus_hash(read_gold(tmp_path))

    _annotate(tmp_path, "a")
    (tmp_path / "a.txt").write_text("x")
    states = [state(), state()]
    (tmp_path / "a.txt").write_text("y")
    states.append(state())
    _annotate(tmp_path, "a", persons=[])
    states.append(state())
    (tmp_path / "a.json").rename(tmp_path / "b.json")
    (tmp_path / "a.txt").rename(tmp_path / "b.txt")
    states.append(state())
    assert states[0] == states[1]
    assert len(set(states)) == 4
