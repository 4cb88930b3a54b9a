"""Which body took the place of which: merged, split, renamed, "nay là"; what is planned is no change."""

from __future__ import annotations

from datetime import date

import pytest

from kg.extraction.mentions import find_mentions
from kg.extraction.relations.reorganizations import extract_reorganizations
from kg.ingest import parse_article
from kg.model.article import Document
from kg.model.extraction import Relations
from kg.model.relation import Reorganization
from kg.model.span import Span
from kg.pipeline import extract_article
from tests.extraction.factories import read

MAI_SON, SONG_MA = "Trung tâm Y tế huyện Mai Sơn", "Trung tâm Y tế huyện Sông Mã"
HOSPITAL, AREA = "Bệnh viện Đa khoa huyện Mai Sơn", "Trung tâm Y tế khu vực Mai Sơn"


def changes(text: str) -> tuple[Reorganization[Span], ...]:
    reading = read(text)
    return extract_reorganizations(reading, find_mentions(reading), Relations()).reorganizations


def named(text: str) -> list[tuple[str, list[str], list[str]]]:
    return [
        (
            it.kind,
            [text[span.start : span.end] for span in it.originals],
            [text[s.start : s.end] for s in it.results],
        )
        for it in changes(text)
    ]


@pytest.mark.parametrize(
    ("text", "kind", "originals", "results"),
    [
        (f"{MAI_SON} và {HOSPITAL} đã được hợp nhất thành {AREA}.", "merger", [MAI_SON, HOSPITAL], [AREA]),
        (f"{MAI_SON} hợp nhất với {HOSPITAL} thành {AREA}.", "merger", [MAI_SON, HOSPITAL], [AREA]),
        (f"UBND tỉnh sáp nhập {HOSPITAL} vào {MAI_SON}.", "merger", [HOSPITAL], [MAI_SON]),
        (f"Tỉnh quyết định đổi tên {MAI_SON} thành {AREA}.", "rename", [MAI_SON], [AREA]),
        (f"{MAI_SON} được đổi tên là {AREA}.", "rename", [MAI_SON], [AREA]),
        (f"{AREA} được thành lập trên cơ sở tổ chức lại {MAI_SON} (cũ).", "reorganization", [MAI_SON],
         [AREA]),
        (f"Thành lập {AREA} trên cơ sở sắp xếp, hợp nhất {MAI_SON}, {SONG_MA} và {HOSPITAL}.", "merger",
         [MAI_SON, SONG_MA, HOSPITAL], [AREA]),
        (f"{AREA} được thành lập từ {MAI_SON}, {HOSPITAL}.", "reorganization", [MAI_SON, HOSPITAL], [AREA]),
        (f"{MAI_SON}, nay là {AREA}, đón đoàn.", "succession", [MAI_SON], [AREA]),
        (f"{MAI_SON} (nay là {AREA}) đón đoàn.", "succession", [MAI_SON], [AREA]),
        (f"{AREA} (trước đây là {MAI_SON}) có 12 khoa.", "succession", [MAI_SON], [AREA]),
        (f"{AREA} ({MAI_SON} cũ) tiếp nhận 20 ca.", "succession", [MAI_SON], [AREA]),
        (f"{AREA} đi vào hoạt động sau khi hợp nhất {MAI_SON} với một phần {SONG_MA}.", "merger",
         [MAI_SON, SONG_MA], [AREA]),
        (f"Sở Y tế sau khi sáp nhập {HOSPITAL} vào {MAI_SON} đã họp.", "merger", [HOSPITAL], [MAI_SON]),
        (f"Theo Sở Y tế, {MAI_SON} được đổi tên thành {AREA}.", "rename", [MAI_SON], [AREA]),
        (f"Theo {HOSPITAL}, {MAI_SON} được tổ chức lại thành {AREA}.", "reorganization", [MAI_SON], [AREA]),
        (f"{MAI_SON} và {HOSPITAL}, nay là {AREA}, đón đoàn.", "succession", [MAI_SON, HOSPITAL], [AREA]),
        (f"{AREA} có tiền thân là {MAI_SON}.", "succession", [MAI_SON], [AREA]),
        (f"{MAI_SON} được chia tách thành {AREA} và {HOSPITAL}.", "split", [MAI_SON], [AREA, HOSPITAL]),
        ("Huyện ủy Mai Sơn, nay là Đảng ủy xã Mai Sơn, đã bàn giao.", "succession", ["Huyện ủy Mai Sơn"],
         ["Đảng ủy xã Mai Sơn"]),
    ],
)  # fmt: skip
def test_a_change_says_what_was_and_what_is(
    text: str, kind: str, originals: list[str], results: list[str]
) -> None:
    assert named(text) == [(kind, originals, results)]


def test_two_changes_of_one_sentence_keep_their_bodies_apart() -> None:
    text = (
        f"Tỉnh thành lập 02 đơn vị gồm: {AREA} trên cơ sở tổ chức lại {MAI_SON} (cũ) và "
        f"Trung tâm Y tế khu vực Sông Mã trên cơ sở hợp nhất {SONG_MA} và Bệnh viện Đa khoa huyện Sông Mã."
    )
    assert named(text) == [
        ("reorganization", [MAI_SON], [AREA]),
        ("merger", [SONG_MA, "Bệnh viện Đa khoa huyện Sông Mã"], ["Trung tâm Y tế khu vực Sông Mã"]),
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"Sở Y tế dự kiến sáp nhập {HOSPITAL} vào {MAI_SON}.",
        f"{MAI_SON} và {HOSPITAL} sẽ hợp nhất thành {AREA}.",
        f"Đại biểu đề nghị không sáp nhập {HOSPITAL} vào {MAI_SON}.",
        f"{MAI_SON} chuyển về Sở Y tế quản lý.",
        f"{MAI_SON}, {HOSPITAL} và {AREA} tham gia hội nghị.",
        f"{MAI_SON} trên cơ sở báo cáo của {HOSPITAL} đã xử lý.",
        f"{MAI_SON} được Sở Y tế tặng Giấy khen.",
    ],
)
def test_what_is_planned_or_no_change_is_not_one(text: str) -> None:
    assert named(text) == []


def test_a_change_has_its_day_its_paper_and_its_words() -> None:
    text = f"Theo Quyết định số 45/QĐ-UBND, từ ngày 01/11/2025, {MAI_SON} được tổ chức lại thành {AREA}."
    (change,) = changes(text)
    assert (change.start, change.document) == (date(2025, 11, 1), "45/QĐ-UBND")
    (core,) = change.evidence.spans
    assert text[core.start : core.end].endswith(f"ngày 01/11/2025, {MAI_SON} được tổ chức lại thành {AREA}")
    assert change.evidence.rule == "reorganizations.done-to"


def test_what_was_done_is_part_of_the_evidence() -> None:
    text = f"Sở công bố quyết định hợp nhất {MAI_SON} và {HOSPITAL} thành {AREA}."
    (core,) = changes(text)[0].evidence.spans
    assert text[core.start : core.end] == f"hợp nhất {MAI_SON} và {HOSPITAL} thành {AREA}"


def test_the_day_of_an_announcement_is_not_that_of_the_change() -> None:
    (change,) = changes(
        f"Ngày 30/9/2025, Sở công bố quyết định hợp nhất {MAI_SON} và {HOSPITAL} thành {AREA}."
    )
    assert change.start is None


def test_what_is_one_body_before_and_after_did_not_change() -> None:
    text = f"{MAI_SON}, tỉnh Sơn La họp. TTYT huyện Mai Sơn, nay là {MAI_SON}, đón đoàn."
    found = extract_article(parse_article(Document(id="1", source="1.txt", text=f"Tin y tế\n\n{text}")))
    assert found.reorganizations == ()
    assert len([it for it in found.organizations if it.kind == "health_centre"]) == 1


def test_what_is_split_may_keep_its_name() -> None:
    text = f"{MAI_SON}, tỉnh Sơn La được tách thành {MAI_SON} và {HOSPITAL}."
    found = extract_article(parse_article(Document(id="1", source="1.txt", text=f"Tin y tế\n\n{text}")))
    names = found.names()
    assert [[names[body] for body in it.results] for it in found.reorganizations] == [[HOSPITAL]]


def test_a_page_without_sentences_costs_no_more_than_its_length() -> None:
    assert named(" ".join([f"{MAI_SON}, "] * 300)) == []
