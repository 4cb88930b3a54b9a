"""Each document is cited once, with what the article says of it anywhere."""

from datetime import date

from kg.extraction.mentions import find_mentions
from kg.extraction.relations.citations import extract_citations
from kg.model.extraction import Relations
from kg.model.relation import Citation
from kg.model.span import Span
from tests.extraction.factories import read


def citations(text: str) -> tuple[Citation[Span], ...]:
    reading = read(text)
    return extract_citations(reading, find_mentions(reading), Relations()).citations


def test_a_document_is_cited_once_with_all_that_is_said_of_it() -> None:
    (citation,) = citations(
        "Ngành triển khai Chỉ thị số 09/CT-UBND.\n"
        "Chỉ thị 09/CT-UBND ngày 12/3/2021 của UBND tỉnh nêu rõ trách nhiệm."
    )
    assert citation.number == "09/CT-UBND"
    assert citation.day == date(2021, 3, 12)
    assert len(citation.evidence.spans) >= 2


def test_a_bare_number_stands_for_the_full_one_of_its_kind() -> None:
    (citation,) = citations(
        "Thực hiện chương trình hành động số 04/CTHĐ-UBND của tỉnh.\n"
        "Các nhiệm vụ tại chương trình hành động số 04 đã hoàn thành."
    )
    assert citation.number == "04/CTHĐ-UBND"


def test_a_longer_name_wins_over_a_shorter_one() -> None:
    (citation,) = citations(
        "Theo Luật Bảo hiểm y tế, mức đóng thay đổi.\nLuật Bảo hiểm y tế năm 2024 quy định rõ."
    )
    assert citation.name == "Luật Bảo hiểm y tế năm 2024"


def test_the_issuer_is_the_span_of_a_body() -> None:
    reading = read("Công bố Quyết định số 15/QĐ-SYT của Sở Y tế tỉnh Sơn La về nhân sự.")
    (citation,) = extract_citations(reading, find_mentions(reading), Relations()).citations
    assert citation.issuer is not None
    assert reading.text(citation.issuer).startswith("Sở Y tế")
