"""The named questions over HTTP and on pages, and questions in plain words."""

from __future__ import annotations

import csv
import io

import pytest
from flask.testing import FlaskClient

from api import create_app
from kg.query.catalog import PUBLIC_QUESTIONS
from kg.settings import Settings
from kg.store import open_store
from tests.query.sample_graph import fill

_PLAIN = "ai chủ trì hội nghị của TTYT Mù Cang Chải năm 2024"


def test_the_list_tells_every_question_with_its_parameters(client: FlaskClient) -> None:
    told = client.get("/api/questions", query_string={"lang": "en"}).json
    assert told["count"] == len(PUBLIC_QUESTIONS)
    first = told["items"][0]
    assert first["title"] == PUBLIC_QUESTIONS[0].title_en
    assert {"name": "year", "label": "year", "type": "year", "required": False} in first["parameters"]
    assert client.get(first["address"]).json["question"]["name"] == first["name"]


def test_a_question_answers_with_names_and_ids_of_things(client: FlaskClient) -> None:
    told = client.get("/api/questions/who_chaired", query_string={"official": "Lò Thị Mẫu"}).json
    assert told["meanings"][0][0]["name"] == "Lò Thị Mẫu"
    assert [row["meeting"]["name"] for row in told["rows"]] == ["buổi làm việc tại xã Chế Tạo"]
    assert told["rows"][0]["meeting"]["id"].startswith("https://yte-kg.org/id/meeting/")
    assert told["cut"] == {"rows": False, "meanings": False}


def test_a_question_answers_as_csv_that_excel_reads(client: FlaskClient) -> None:
    answer = client.get("/api/questions/who_chaired", query_string={"format": "csv", "bom": "1"})
    assert answer.mimetype == "text/csv"
    assert answer.data.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert head[:2] == ["official", "official.id"]
    assert len(rows) == 2


def test_a_cut_answer_says_so(client: FlaskClient) -> None:
    told = client.get("/api/questions/who_chaired", query_string={"limit": "1"}).json
    assert (told["count"], told["cut"]["rows"]) == (1, True)


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/api/questions/nothing_like_it", 404, "no question has the name"),
        ("/api/questions/head_of_unit", 400, "head_of_unit needs the parameter unit"),
        ("/api/questions/who_chaired?year=soon", 400, "year is 'soon', but takes a year"),
        ("/api/questions/who_chaired?who=x", 400, "there is no parameter 'who' here"),
        ("/api/questions/who_chaired?official=Nobody+Known", 404, "official: no Official goes by"),
        ("/api/ask", 400, "'q' is missing"),
        (f"/api/ask?q={'a' * 501}", 400, "q has 501 characters, but takes at most 500"),
    ],
)
def test_what_is_wrong_is_named(client: FlaskClient, address: str, status: int, said: str) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert said in answer.json["detail"]


def test_a_plain_question_is_answered_and_said_as_what_it_was_understood(client: FlaskClient) -> None:
    told = client.get("/api/ask", query_string={"q": _PLAIN}).json
    assert told["sure"]
    assert told["understood"]["name"] == "who_chaired"
    meant = {each["name"]: each["meanings"][0]["name"] for each in told["understood"]["parameters"]}
    assert meant == {"unit": "Trung tâm Y tế huyện Mù Cang Chải", "year": "2024"}
    again = client.get(told["understood"]["address"]).json
    assert again["rows"] == told["answer"]["rows"] != []


def test_a_question_that_is_not_surely_understood_gets_no_answer(client: FlaskClient) -> None:
    told = client.get("/api/ask", query_string={"q": "Ai chủ trì hội nghị của Sở Du lịch?"}).json
    assert (told["sure"], told["understood"], told["answer"]) == (False, None, None)
    assert told["closest"][0]["name"] == "who_chaired"
    assert "Du" in " ".join(told["closest"][0]["unread"])


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("question", PUBLIC_QUESTIONS, ids=lambda question: question.name)
def test_every_question_has_a_page(client: FlaskClient, question, language: str) -> None:
    page = client.get(f"/questions/{question.name}", query_string={"lang": language})
    assert page.status_code == 200
    assert question.title(language).replace("'", "&#39;") in page.text
    assert all(f'name="{parameter.name}"' in page.text for parameter in question.parameters)


def test_the_page_of_a_question_links_what_it_answers(client: FlaskClient) -> None:
    page = client.get("/questions/who_chaired", query_string={"year": "2024", "lang": "en"}).text
    assert "/person/lo-thi-mau-" in page
    assert 'value="2024"' in page
    assert "format=csv" in page


def test_what_is_typed_into_a_form_stays_text(client: FlaskClient) -> None:
    for address in ("/ask?q=", "/questions/who_chaired?official="):
        page = client.get(f"{address}%3Cscript%3Ealert(1)%3C/script%3E")
        assert "<script>alert" not in page.text


def test_the_page_for_plain_words_shows_what_was_understood_and_how_to_change_it(client: FlaskClient) -> None:
    page = client.get("/ask", query_string={"q": _PLAIN, "lang": "en"}).text
    assert "I understood" in page
    assert "/questions/who_chaired?lang=en" in page
    unsure = client.get("/ask", query_string={"q": "Lương của ông Đinh Thử Nghiệm?", "lang": "en"}).text
    assert "not surely understood" in unsure
    nothing = client.get("/ask")
    assert nothing.status_code == 200
    assert 'name="q"' in nothing.text


def test_the_first_page_asks_and_leads_to_all_questions(client: FlaskClient) -> None:
    home = client.get("/").text
    assert 'action="/ask"' in home
    assert 'href="/questions?lang=vi"' in home


def test_a_question_of_the_service_is_answered_by_a_worker_with_the_same(client: FlaskClient) -> None:
    with open_store(None) as store:
        fill(store)
        app = create_app(store)
        knowledge = app.extensions["knowledge"]
        knowledge.warm()
        try:
            for each in PUBLIC_QUESTIONS:
                about = any(parameter.name == "official" for parameter in each.parameters)
                values = {"official": "Lò Thị Mẫu"} if about else {}
                address = f"/api/questions/{each.name}"
                told = app.test_client().get(address, query_string=values)
                here = client.get(address, query_string=values)
                assert (told.status_code, told.json) == (here.status_code, here.json), each.name
        finally:
            knowledge.close()


def test_a_question_that_takes_too_long_is_stopped_as_any_query_is() -> None:
    with open_store(None) as store:
        fill(store)
        app = create_app(store, Settings(query_seconds=0.000001))
        knowledge = app.extensions["knowledge"]
        knowledge.warm()
        try:
            told = app.test_client().get("/api/questions/who_chaired")
            assert told.status_code == 503
            assert told.json["type"].endswith("/query-timeout")
        finally:
            knowledge.close()
