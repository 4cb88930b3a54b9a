"""The known world of the bench: districts, the people who hold posts in them, and what they count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from kg.vocabulary.administrative_units import AdministrativeUnit
from kg.vocabulary.gazetteer import load_gazetteer
from tests.truth.lexis import load

FIRST_YEAR, LAST_YEAR = 2016, 2024
_DAY = date(2024, 6, 30)
_DISTRICTS_A_PROVINCE = 3


@dataclass(frozen=True, slots=True)
class Seat:
    """A post that the bench fills: title, name of the body without its place, kind of the body."""

    title: str
    body: str
    kind: str
    provincial: bool = False


SEATS = (
    Seat("Giám đốc", "Trung tâm Y tế", "health_centre"),
    Seat("Phó Giám đốc", "Trung tâm Y tế", "health_centre"),
    Seat("Chủ tịch", "UBND", "peoples_committee"),
    Seat("Phó Chủ tịch", "UBND", "peoples_committee"),
    Seat("Giám đốc", "Sở Y tế", "health_department", provincial=True),
    Seat("Phó Giám đốc", "Sở Y tế", "health_department", provincial=True),
    Seat("Phó Giám đốc", "Trung tâm Kiểm soát bệnh tật", "cdc", provincial=True),
)

MEETINGS = (
    ("conference", "Hội nghị tổng kết công tác y tế"),
    ("working_session", "Buổi làm việc về tiến độ các chỉ tiêu y tế"),
    ("training", "Lớp tập huấn giám sát dịch bệnh"),
    ("inspection", "Đoàn kiểm tra công tác tiêm chủng"),
    ("meeting", "Cuộc họp Ban Chỉ đạo chăm sóc sức khỏe nhân dân"),
)

INDICATORS = (
    ("số lượt khám bệnh", "lượt", 90_000),
    ("số bệnh nhân điều trị nội trú", "người", 9_000),
    ("tổng số ngày điều trị nội trú", "ngày", 40_000),
    ("công suất sử dụng giường bệnh", "%", 95),
    ("số ca phẫu thuật", "ca", 1_200),
    ("số xét nghiệm", "lượt", 120_000),
    ("số giường bệnh", "giường", 180),
    ("số bác sĩ", "người", 60),
    ("số cán bộ y tế", "người", 260),
    ("số lượt cấp cứu", "lượt", 5_000),
    ("số thủ thuật", "lượt", 30_000),
    ("số lượt chẩn đoán hình ảnh", "lượt", 25_000),
)


@dataclass(frozen=True, slots=True)
class District:
    """A district with its province."""

    unit: AdministrativeUnit
    province: AdministrativeUnit


@dataclass(frozen=True, slots=True)
class World:
    """The districts, and for each area and seat the people who held it, in order of years."""

    districts: tuple[District, ...]
    holders: dict[tuple[str, Seat], tuple[str, ...]]

    def holder(self, district: District, seat: Seat, year: int) -> str:
        """Return who holds a seat in a year."""
        area = district.province if seat.provincial else district.unit
        people = self.holders[area.code, seat]
        return people[(year - FIRST_YEAR) * len(people) // (LAST_YEAR - FIRST_YEAR + 1)]


def make_world(seed: int) -> World:
    """Return the world of a seed, always the same."""
    random, gazetteer = Random(seed), load_gazetteer()  # noqa: S311 (the same each time)
    districts = tuple(
        District(unit, province) for province in gazetteer.provinces(_DAY) for unit in _districts_of(province)
    )
    areas = [(it.unit.code, False) for it in districts]
    areas += [(code, True) for code in sorted({it.province.code for it in districts})]
    holders = {
        (code, seat): tuple(_name(random) for _ in range(random.randint(2, 4)))
        for code, provincial in areas
        for seat in SEATS
        if seat.provincial == provincial
    }
    return World(districts, holders)


def _districts_of(province: AdministrativeUnit) -> list[AdministrativeUnit]:
    units = load_gazetteer().children(province, _DAY)
    return [unit for unit in units if unit.tier == 2 and unit.in_force(date(FIRST_YEAR, 1, 1))][
        :_DISTRICTS_A_PROVINCE
    ]


def _name(random: Random) -> str:
    syllables = load("names")
    sex = syllables[random.choice(("men", "women"))]
    return " ".join(
        (random.choice(syllables["surnames"]), random.choice(sex["middles"]), random.choice(sex["given"]))
    )
