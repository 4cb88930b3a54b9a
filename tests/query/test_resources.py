"""Lists: filters as people would expect them, orders, going on where a page stopped, and comparison."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg.errors import NotFoundError, QueryError
from kg.query.comparison import compare
from kg.query.days import first_day, last_day
from kg.query.knowledge import Knowledge
from kg.query.resource_lists import Wanted, find_items, list_resource
from kg.query.resources import BY_NAME, RESOURCES, Resource
from kg.settings import Settings
from kg.store import open_store
from tests.query.figures import fill_figures
from tests.query.sample_graph import fill

DIRECTOR, DEPUTY, HEAD = "Đinh Thử Nghiệm", "Lò Thị Mẫu", "Giàng A Ví"
CENTRE, STATION = "Trung tâm Y tế huyện Mù Cang Chải", "Trạm Y tế xã Chế Tạo"
INSPECTION, REVIEW = "buổi làm việc tại xã Chế Tạo", "Hội nghị sơ kết công tác y tế"


@pytest.fixture(scope="module")
def figures() -> Iterator[Knowledge]:
    store = open_store(None)
    fill_figures(store)
    found = Knowledge(store, Settings())
    yield found
    found.close()
    store.close()


def listed(knowledge: Knowledge, resource: str, asked: dict[str, str]) -> list[str]:
    filters = {name: value for name, value in asked.items() if name != "sort"}
    wanted = Wanted(filters=filters, sort=asked.get("sort"))
    return [thing.name for thing in list_resource(knowledge, BY_NAME[resource], wanted).items]


@pytest.mark.parametrize(
    ("name", "filters", "found"),
    [
        ("officials", {}, [DIRECTOR, HEAD, DEPUTY]),
        ("officials", {"sort": "-articles"}, [DEPUTY, DIRECTOR, HEAD]),
        ("officials", {"unit": STATION}, [HEAD]),
        ("officials", {"place": "tỉnh Yên Bái"}, [DIRECTOR, HEAD, DEPUTY]),
        ("officials", {"role": "giám đốc"}, [DIRECTOR]),
        ("officials", {"role": "director", "unit": STATION}, []),
        ("officials", {"role": "giam doc"}, [DIRECTOR]),
        ("officials", {"kind": "health_station"}, [HEAD]),
        ("officials", {"from": "2024-08"}, [HEAD, DEPUTY]),
        ("officials", {"name": "giang"}, [HEAD]),
        ("units", {"place": "tỉnh Yên Bái"}, [STATION, CENTRE]),
        ("units", {"kind": "trạm y tế"}, [STATION]),
        ("units", {"unit": CENTRE}, [STATION]),
        ("posts", {"unit": CENTRE, "sort": "-name"}, [f"Phó Giám đốc {CENTRE}", f"Giám đốc {CENTRE}"]),
        ("posts", {"official": HEAD}, [f"Trạm trưởng {STATION}"]),
        ("meetings", {}, [INSPECTION, REVIEW]),
        ("meetings", {"sort": "date"}, [REVIEW, INSPECTION]),
        ("meetings", {"chair": "lo thi mau"}, [INSPECTION]),
        ("meetings", {"official": "lo thi mau"}, [INSPECTION, REVIEW]),
        ("meetings", {"unit": STATION}, [INSPECTION]),
        ("meetings", {"place": "Yên Bái", "kind": "conference"}, [REVIEW]),
        ("meetings", {"from": "2024-09-15", "to": "2024-09-20"}, [INSPECTION]),
        ("metrics", {"target": "missed"}, ["lượt khám bệnh: 1200 lượt"]),
        ("metrics", {"target": "reached"}, []),
        ("metrics", {"place": "tỉnh Yên Bái", "planned": "false"}, ["lượt khám bệnh: 1200 lượt"]),
        ("metrics", {"indicator": "luot kham"}, ["lượt khám bệnh: 1200 lượt"]),
        ("metrics", {"name": "kham benh", "period": "2023"}, []),
        ("documents", {"name": "12/KH"}, ["Kế hoạch 12/KH-TTYT"]),
        ("documents", {"kind": "plan"}, ["Kế hoạch 12/KH-TTYT"]),
        ("articles", {"about": HEAD}, ["Đoàn kiểm tra làm việc tại xã <b>Chế Tạo</b>"]),
        ("appointments", {}, []),
        ("awards", {"from": "2024"}, []),
    ],
)
def test_a_list_is_filtered_and_sorted(
    knowledge: Knowledge, name: str, filters: dict[str, str], found: list[str]
) -> None:
    assert listed(knowledge, name, filters) == found


@pytest.mark.parametrize(
    ("dates", "found"),
    [
        ({"from": "2024-07-05"}, 2),
        ({"from": "2024-07-06"}, 1),
        ({"from": "2024-09-15"}, 1),
        ({"from": "2024-10-01"}, 0),
        ({"to": "2024-07-04"}, 0),
        ({"to": "2024-09-02"}, 2),
        ({"from": "2024-07-05", "to": "2024-07-05"}, 1),
    ],
)
def test_a_month_is_compared_as_far_as_it_is_known(
    knowledge: Knowledge, dates: dict[str, str], found: int
) -> None:
    assert len(listed(knowledge, "meetings", dates)) == found


@pytest.mark.parametrize(
    ("name", "filters", "said"),
    [
        ("meetings", {"from": "5/7/2024"}, "from is '5/7/2024', but takes a day"),
        ("meetings", {"kind": "feast"}, "kind is 'feast', but no concept of events"),
        ("meetings", {"sort": "value"}, "sort is 'value', but takes date, -date, name, -name"),
        ("metrics", {"target": "half"}, "target is 'half', but takes reached or missed"),
        ("metrics", {"planned": "1"}, "planned is '1', but takes true or false"),
        ("posts", {"chair": "x"}, "posts have no filter 'chair'; they take name, unit"),
    ],
)
def test_a_wrong_filter_is_named_with_what_is_allowed(
    knowledge: Knowledge, name: str, filters: dict[str, str], said: str
) -> None:
    with pytest.raises(QueryError, match=said.replace("(", r"\(")):
        listed(knowledge, name, filters)


def test_what_a_filter_names_must_be_known(knowledge: Knowledge) -> None:
    with pytest.raises(NotFoundError, match="place: no AdministrativeUnit goes by 'nowhere'"):
        listed(knowledge, "units", {"place": "nowhere"})


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda it: it.name)
def test_going_on_page_by_page_shows_every_item_once_in_every_order(
    figures: Knowledge, resource: Resource
) -> None:
    for order in figures.tables.table(resource.name).orders:
        whole, count, end = find_items(figures, resource, Wanted(sort=order, limit=1000))
        assert (len(whole), end) == (count, None)
        shown: list[str] = []
        after: str | None = None
        while after is not None or not shown:
            part, _, after = find_items(figures, resource, Wanted(sort=order, limit=2, after=after))
            shown.extend(part)
            if not part:
                break
        assert shown == list(whole)


def test_a_page_goes_on_behind_items_that_have_come_and_gone() -> None:
    store = open_store(None)
    fill(store)
    knowledge = Knowledge(store, Settings())
    officials = BY_NAME["officials"]
    first, _, after = find_items(knowledge, officials, Wanted(limit=2))
    assert [knowledge.names.labels[it] for it in first] == [DIRECTOR, HEAD]
    store.remove_graph(next(it for it in store.graphs() if "/graph/article/502" in it))  # who HEAD is in
    store.remove_graph(next(it for it in store.graphs() if "/graph/derived/article/502" in it))
    rest, count, _ = find_items(knowledge, officials, Wanted(limit=2, after=after))
    assert [knowledge.names.labels[it] for it in rest] == [DEPUTY]
    assert count == 2
    knowledge.close()
    store.close()


@pytest.mark.parametrize(
    "mark", ["urn:x", "", "W10", "WzFd", "bnVsbA", "WyJuYW1lIixmYWxzZSxudWxsLCIiLCIiLCIiXQ"]
)
def test_a_mark_that_nobody_gave_is_refused(knowledge: Knowledge, mark: str) -> None:
    with pytest.raises(QueryError, match="which is not in this list: take `next`"):
        find_items(knowledge, BY_NAME["officials"], Wanted(after=mark))


def test_a_mark_of_another_order_is_refused(knowledge: Knowledge) -> None:
    _, _, after = find_items(knowledge, BY_NAME["meetings"], Wanted(limit=1))
    with pytest.raises(QueryError, match="in the same order"):
        find_items(knowledge, BY_NAME["meetings"], Wanted(limit=1, after=after, sort="name"))


def test_an_indicator_is_compared_across_places_and_years(figures: Knowledge) -> None:
    compared = compare(figures, {"indicator": "surgeries"})
    assert compared.years == ("2023", "2024", "2026")
    told = {
        row.about.name: {y: [it.value for it in f] for y, f in row.figures.items()} for row in compared.rows
    }
    assert told == {
        "Bệnh viện Đa khoa tỉnh Yên Bái": {"2023": ["900"], "2024": ["1000"]},
        "Bệnh viện Đa khoa tỉnh Lào Cai": {"2026": ["1500"]},
    }
    (change,) = (it for it in compared.changes if any(body.name == "tỉnh Yên Bái" for body in it.before))
    assert change.day == "2025-07-01"
    assert [body.name for body in change.after] == ["tỉnh Lào Cai"]


def test_no_change_of_areas_is_told_where_all_figures_lie_on_one_side(figures: Knowledge) -> None:
    assert compare(figures, {"indicator": "surgeries", "to": "2024"}).changes == ()


def test_figures_are_sorted_by_value(figures: Knowledge) -> None:
    assert [name.rsplit(": ", 1)[1] for name in listed(figures, "metrics", {"sort": "-value"})] == [
        "1500 ca", "1000 ca", "900 ca",
    ]  # fmt: skip
    assert listed(figures, "metrics", {"target": "reached"}) == ["số ca phẫu thuật: 1000 ca"]


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024-12", "2024-12-01", "2024-12-31"),
        ("2024-07-03", "2024-07-03", "2024-07-03"),
    ],
)
def test_a_month_or_a_year_is_its_days(value: str, first: str, last: str) -> None:
    assert (first_day("from", value), last_day("to", value)) == (first, last)


@pytest.mark.parametrize("value", ["0000", "9999", "2024-13", "3/7/2024", "tomorrow"])
def test_what_is_no_day_is_refused(value: str) -> None:
    with pytest.raises(QueryError, match="takes a day, month or year"):
        first_day("from", value)
