"""``kg evaluate`` and ``kg explain`` as people and scripts meet them."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, SEEDS, Kg

ARTICLE = (
    "Hội nghị giao ban công tác y tế quý I năm 2023\n\n"
    "Ngày 12/4/2023, Trung tâm Y tế huyện Mai Sơn tổ chức Hội nghị giao ban công tác y tế quý I năm 2023. "
    "Đồng chí Lò Văn Ính, Giám đốc Trung tâm Y tế huyện chủ trì hội nghị.\n"
)
GOLD = {
    "persons": [{"name": "Lò Văn Ính", "roles": []}, {"name": "Hà Thị Út", "roles": []}],
    "events": [{"kind": "conference", "date": "2023-04-12", "chair": ["Lò Văn Ính"]}],
}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """A collection of one article, in which the annotation names a person too many."""
    (tmp_path / "1.json").write_text(json.dumps(GOLD), encoding="utf-8")
    (tmp_path / "1.txt").write_text(ARTICLE, encoding="utf-8")
    return tmp_path


class TestEvaluate:
    def test_the_table_has_every_slot_and_the_misses_that_were_asked_for(self, kg: Kg, gold: Path) -> None:
        outcome = kg("evaluate", gold, "--show", "person", "chair")
        assert (outcome.returncode, outcome.stderr) == (0, "")
        lines = outcome.stdout.splitlines()
        assert lines[0] == "1 person missed Hà Thị Út"
        rows = {line.split()[0]: line.split()[1:] for line in lines if line}
        assert rows["person"] == ["2", "1", "1", "0", "1.000", "0.500", "0.667"]
        assert rows["chair"] == ["1", "1", "0", "0", "1.000", "1.000", "1.000"]
        assert rows["award"][-3:] == ["–", "–", "–"]
        assert "confidence" in rows
        assert max(map(len, lines)) <= 130

    def test_the_json_says_the_same(self, kg: Kg, gold: Path) -> None:
        outcome = kg("evaluate", gold, "--show", "person", "--by-rule", "--format", "json")
        content = json.loads(outcome.stdout)
        assert content["articles"] == 1
        assert content["slots"]["person"]["recall"] == 0.5
        assert [fault["statement"] for fault in content["faults"]] == ["Hà Thị Út"]
        assert {rule["slot"] for rule in content["rules"]} >= {"person", "event", "part"}
        assert sum(found["right"] for found in content["calibration"]) >= 3
        assert len(content["corpus"]) == 64

    def test_texts_may_stand_elsewhere(self, kg: Kg, gold: Path) -> None:
        (gold / "texts").mkdir()
        (gold / "1.txt").rename(gold / "texts" / "1.txt")
        refused = kg("evaluate", gold)
        assert refused.returncode == 1
        assert "--texts" in refused.stderr
        assert refused.stderr.count("\n") == 1
        assert kg("evaluate", gold, "--texts", gold / "texts").returncode == 0

    def test_an_unknown_slot_is_wrong_usage_and_the_slots_are_named(self, kg: Kg, gold: Path) -> None:
        outcome = kg("evaluate", gold, "--show", "persons")
        assert outcome.returncode == 2
        assert "role_org" in outcome.stderr


class TestExplain:
    def test_piped_it_is_plain_marked_and_80_columns_wide(self, kg: Kg, gold: Path) -> None:
        outcome = kg("explain", gold / "1.txt")
        assert (outcome.returncode, outcome.stderr) == (0, "")
        assert "\x1b" not in outcome.stdout
        assert "⟦Lò Văn Ính⟧" in outcome.stdout
        assert "people.cue" in outcome.stdout
        assert "Lò Văn Ính: chair" in outcome.stdout
        assert max(map(len, outcome.stdout.splitlines())) <= 80

    def test_piped_no_line_is_long_or_ends_in_blanks_whatever_it_holds(self, kg: Kg, gold: Path) -> None:
        path = gold / f"{'tên-dài-' * 12}.txt"
        text = (gold / "1.txt").read_text(encoding="utf-8")
        path.write_text(f"{text}\nXem https://example.org/{'a' * 200} \u00a0\n", encoding="utf-8")
        lines = kg("explain", path).stdout.splitlines()
        assert [line for line in lines if len(line) > 80 or line != line.rstrip()] == []
        assert any("aaaa" in line for line in lines)

    def test_the_json_is_one_object_an_article_with_true_offsets(self, kg: Kg) -> None:
        outcome = kg("explain", SEEDS, "--format", "json")
        articles = [json.loads(line) for line in outcome.stdout.splitlines()]
        assert [article["id"] for article in articles] == ["000", "001", "002", "003", "004"]
        for article in articles:
            facts = [fact for paragraph in article["paragraphs"] for fact in paragraph["facts"]]
            assert len(facts) > 5
            for fact in facts:
                quotes = [" ".join(article["text"][start:end].split()) for start, end in fact["spans"]]
                assert quotes == fact["quotes"]

    def test_goes_on_after_a_file_that_cannot_be_read(self, kg: Kg, gold: Path) -> None:
        (gold / "0.txt").write_bytes(b"")
        outcome = kg("explain", gold)
        assert outcome.returncode == 1
        assert "0.txt" in outcome.stderr
        assert "⟦Lò Văn Ính⟧" in outcome.stdout

    @pytest.mark.parametrize("variable", [None, "NO_COLOR"])
    def test_on_a_terminal_marks_are_colours_unless_they_are_not_wanted(
        self, gold: Path, variable: str | None
    ) -> None:
        shown = _on_a_terminal("explain", str(gold / "1.txt"), variable=variable)
        assert ("⟦" in shown) == (variable is not None)
        assert ("\x1b[1;35mLò Văn Ính" in shown) == (variable is None)


def _on_a_terminal(*arguments: str, variable: str | None) -> str:
    """Run the command with a terminal of 100 columns as its standard output."""
    leader, follower = pty.openpty()
    unwanted = {"NO_COLOR", "FORCE_COLOR", "COLORTERM"}
    environment = {name: value for name, value in os.environ.items() if name not in unwanted}
    environment |= {"PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "COLUMNS": "100"}
    if variable is not None:
        environment[variable] = "1"
    with (
        open(leader, "rb", buffering=0) as screen,  # noqa: PTH123 - a descriptor, not a path
        subprocess.Popen(
            [sys.executable, "-m", "kg", *arguments], stdout=follower, env=environment
        ) as process,
    ):
        os.close(follower)
        shown = bytearray()
        try:
            while piece := screen.read(65536):
                shown += piece
        except OSError:  # so Linux says that the other end of a terminal is closed
            pass
        process.wait()
    return shown.decode("utf-8")
