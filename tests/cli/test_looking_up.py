"""`kg search`, `show`, `list`, `metrics` and `timeline`: what they find, how they tell it, how they fail."""

from __future__ import annotations

import csv
import json
import re
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Kg

DEPARTMENT = "Sở Y tế tỉnh Hòa Bình"


def _from_service(address: str, path: str, **asked: str) -> Any:
    with urllib.request.urlopen(f"{address}{path}?{urllib.parse.urlencode(asked)}") as answer:  # noqa: S310
        return json.load(answer)


def _without_links(told: Any) -> Any:
    """Return JSON without what the service adds: where a thing is to be found there."""
    if isinstance(told, dict):
        return {
            name: _without_links(value) for name, value in told.items() if name not in ("path", "address")
        }
    return [_without_links(each) for each in told] if isinstance(told, list) else told


class TestSearch:
    def test_names_without_marks_with_what_tells_them_apart(self, run: Kg, seed_store: Path) -> None:
        found = run("search", "nguyen tang", "--store", seed_store, "--language", "en")
        assert found.returncode == 0, found.stderr
        head, _, first, *_ = found.stdout.splitlines()
        assert head.split("  ")[0] == "name"
        assert first.startswith("Nguyễn Tăng  official")
        assert "Bí thư Huyện uỷ Hướng Hoá" in first
        assert "person/nguyen-tang-" in first

    def test_json_is_that_of_the_service(self, run: Kg, seed_store: Path, live_service: str) -> None:
        printed = run("search", "hoa binh", "--kind", "unit", "--store", seed_store, "--format", "json")
        told = _from_service(live_service, "/api/search", q="hoa binh", kind="Unit", lang="vi")
        assert json.loads(printed.stdout) == _without_links(told)

    def test_csv_and_a_limit_that_is_said(self, run: Kg, seed_store: Path) -> None:
        found = run("search", "tinh", "--store", seed_store, "--format", "csv", "--limit", "2")
        rows = list(csv.DictReader(found.stdout.splitlines()))
        assert len(rows) == 2
        assert all(row["id"].startswith("https://") for row in rows)
        assert found.stderr == "kg: these are the first 2: --limit gives more\n"

    def test_a_name_of_several_words_needs_no_quotes(self, run: Kg, seed_store: Path) -> None:
        quoted = run("search", "nguyen tang", "--store", seed_store)
        assert run("search", "nguyen", "tang", "--store", seed_store).stdout == quoted.stdout
        assert run("search", "--store", seed_store, "nguyen", "tang").stdout == quoted.stdout
        assert run("show", "Nguyễn", "Tăng", "--store", seed_store).stdout.startswith("Nguyễn Tăng\n")

    def test_what_is_wrong_is_one_line(self, run: Kg, seed_store: Path) -> None:
        for words, code, said in (
            (("zzzqq",), 4, "nothing goes by 'zzzqq'"),
            (("a", "--kind", "Dog"), 2, "takes one of Official"),
            (("a", "--place", "Atlantis"), 4, "place: no AdministrativeUnit goes by 'Atlantis'"),
        ):
            failed = run("search", *words, "--store", seed_store)
            assert (failed.returncode, failed.stdout) == (code, "")
            assert said in failed.stderr


class TestShow:
    def test_a_card_with_facts_and_claims_in_the_words_of_articles(self, run: Kg, seed_store: Path) -> None:
        shown = run("show", "Nguyễn Tăng", "--store", seed_store, "--language", "en")
        assert shown.returncode == 0, shown.stderr
        lines = shown.stdout.splitlines()
        assert lines[0] == "Nguyễn Tăng"
        assert lines[1].startswith("official · person/nguyen-tang-")
        assert any(line.startswith("  holds  ") and "Bí thư Huyện uỷ" in line for line in lines)
        assert "Claims (4)" in lines
        assert any(
            line.startswith("      “đồng chí Nguyễn Tăng") and line.endswith("393–444)") for line in lines
        )

    def test_claims_stand_in_order_of_time_and_can_be_limited(self, run: Kg, seed_store: Path) -> None:
        whole = run("show", DEPARTMENT, "--store", seed_store).stdout
        days = [line.split()[0] for line in whole.splitlines() if line.startswith("  20")]
        assert len(days) > 2
        assert days == sorted(days)
        assert "Sở Y tế tỉnh Phú Thọ" in whole  # what it became
        cut = run("show", DEPARTMENT, "--store", seed_store, "--limit", "1", "--language", "en").stdout
        assert "more claims" in cut
        assert sum(line.startswith("  20") for line in cut.splitlines()) == 1

    @pytest.mark.parametrize("name", ["Nguyễn Tăng", DEPARTMENT, "tỉnh Hòa Bình"])
    def test_json_is_that_of_the_service(
        self, run: Kg, seed_store: Path, live_service: str, name: str
    ) -> None:
        told = json.loads(run("show", name, "--store", seed_store, "--format", "json").stdout)
        path = urllib.parse.urlsplit(told["id"]).path.removeprefix("/id/")
        assert told == _without_links(_from_service(live_service, f"/data/{path}", lang="vi", format="json"))

    def test_a_place_is_told_with_what_took_its_place(self, run: Kg, seed_store: Path) -> None:
        shown = run("show", "tỉnh Hòa Bình", "--store", seed_store, "--language", "en").stdout
        assert re.search(r"^  after that +tỉnh Phú Thọ \(2025-07-01 – …\)$", shown, re.MULTILINE)

    def test_names_of_nothing_and_of_several(self, run: Kg, seed_store: Path) -> None:
        nobody = run("show", "Lý Thường Kiệt", "--store", seed_store)
        assert (nobody.returncode, nobody.stdout) == (4, "")
        several = run("show", "Long Nguyên", "--store", seed_store)
        assert several.returncode == 4
        assert "THING: 2 go by 'Long Nguyên': give one of place/" in several.stderr
        assert "(phường Long Nguyên)" in several.stderr


class TestList:
    def test_filters_are_those_of_the_service(self, run: Kg, seed_store: Path, live_service: str) -> None:
        printed = run("list", "meetings", "--chair", "nguyen tang", "--from", "2024", "--store", seed_store,
                     "--format", "json")  # fmt: skip
        asked = {"chair": "nguyen tang", "from": "2024", "lang": "vi"}
        told = json.loads(printed.stdout)
        assert told["count"] == 1
        assert told == _without_links(_from_service(live_service, "/api/meetings", **asked))

    def test_every_list_is_a_table_in_both_languages_and_csv(self, run: Kg, seed_store: Path) -> None:
        lists = "officials units posts meetings metrics places documents awards articles"
        for resource in lists.split():
            for language in ("vi", "en"):
                printed = run("list", resource, "--language", language, "--limit", "2", "--store", seed_store)
                assert printed.returncode == 0, printed.stderr
                assert len(printed.stdout.splitlines()) == 4, printed.stdout
            rows = run("list", resource, "--limit", "2", "--format", "csv", "--store", seed_store).stdout
            assert all(row["id"].startswith("https://") for row in csv.DictReader(rows.splitlines()))

    def test_sorting_both_ways(self, run: Kg, seed_store: Path) -> None:
        def days(*order: str) -> list[str]:
            printed = run("list", "meetings", "--format", "csv", "--store", seed_store, *order).stdout
            return [row["startDate"] for row in csv.DictReader(printed.splitlines()) if row["startDate"]]

        assert days("--sort", "date") == sorted(days())
        assert days("--descending") == days() == sorted(days(), reverse=True)

    def test_articles_instead_of_a_store(self, kg: Kg) -> None:
        printed = kg("list", "officials", "--role", "giám đốc", "seeds", "--format", "csv")
        assert "Vũ Văn Quang" in printed.stdout

    def test_what_is_wrong_names_the_list(self, run: Kg, seed_store: Path) -> None:
        for words, code, said in (
            (("dogs",), 2, "invalid choice: 'dogs'"),
            (("officials", "--chair", "x"), 2, "see `kg list officials --help`"),
            (("officials", "--unit", "Atlantis"), 4, "unit: no Unit goes by 'Atlantis'"),
            (("meetings", "--from", "soon"), 2, "soon"),
            (("metrics", "--target", "maybe"), 2, "reached or missed"),
        ):
            failed = run("list", *words, "--store", seed_store)
            assert (failed.returncode, failed.stdout) == (code, ""), failed.stdout
            assert said in failed.stderr
        nothing = run("list", "meetings", "--from", "2030", "--store", seed_store)
        assert (nothing.returncode, nothing.stdout) == (0, "")
        assert nothing.stderr == "kg: nothing passes these filters\n"


class TestMetrics:
    def test_value_against_target(self, run: Kg, seed_store: Path) -> None:
        printed = run("metrics", "--indicator", "số lượt khám bệnh", "--store", seed_store, "--format", "csv")
        rows = list(csv.DictReader(printed.stdout.splitlines()))
        assert ("81770", "250000", "32.71") in {
            (row["value"], row["target"], row["percentOfTarget"]) for row in rows
        }

    def test_one_indicator_across_places_and_years_with_a_warning(self, run: Kg, figure_store: Path) -> None:
        asked = ("metrics", "--indicator", "surgeries", "--store", figure_store, "--language", "en")
        shown = run(*asked).stdout
        _, _, compared = shown.partition("\nComparison\n")
        head, _, *rows = compared.splitlines()
        assert head.split() == ["about", "2023", "2024", "2026"]
        assert any("900 ca (90 %)  1000 ca (104 %)" in row for row in rows)
        assert "! 2025-07-01: tỉnh Lào Cai, tỉnh Yên Bái became tỉnh Lào Cai" in shown
        told = json.loads(run(*asked, "--format", "json").stdout)
        assert told["comparison"]["years"] == ["2023", "2024", "2026"]
        assert "Comparison" not in run("metrics", "--store", figure_store, "--language", "en").stdout


class TestTimeline:
    def test_of_a_person_a_post_and_a_body_on_a_day(self, run: Kg, seed_store: Path) -> None:
        person = run("timeline", "Bùi Thu Hằng", "--store", seed_store, "--language", "en").stdout
        assert "  2022-12-30  held: Bùi Thu Hằng, Giám đốc, Sở Y tế tỉnh Hòa Bình\n" in person
        body = run(
            "timeline", DEPARTMENT, "--on", "2023-03", "--store", seed_store, "--language", "en"
        ).stdout
        assert "held: Bùi Thu Hằng" in body
        before = run("timeline", DEPARTMENT, "--on", "2021", "--store", seed_store).stdout
        assert "Bùi Thu Hằng" not in before
        wrong = run("timeline", "Bùi Thu Hằng", "--on", "2023", "--store", seed_store)
        assert wrong.returncode == 2
        assert "--on belongs to a body" in wrong.stderr

    def test_json_is_that_of_the_service(self, run: Kg, seed_store: Path, live_service: str) -> None:
        (told,) = json.loads(
            run("timeline", "Bùi Thu Hằng", "--store", seed_store, "--format", "json").stdout
        )
        last = told["id"].rsplit("/", 1)[1]
        assert told == _without_links(_from_service(live_service, f"/api/officials/{last}/career", lang="vi"))


def test_paths_as_json_are_those_of_the_service(run: Kg, seed_store: Path, live_service: str) -> None:
    ends = {"source": "Nguyễn Tăng", "target": "Hồ Văn Vinh"}
    printed = run("path", *ends.values(), "--store", seed_store, "--format", "json").stdout
    told = _from_service(live_service, "/api/paths", **ends, lang="vi")
    assert json.loads(printed) == _without_links(told)
