"""Explanations over HTTP: of an article in the graph, and of a text that is not stored."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest
from flask.testing import FlaskClient

from api import create_app
from kg.graph import build_graph
from kg.model.explanation import explain
from kg.pipeline import extract_document
from kg.settings import Settings
from kg.store import Store, open_store
from tests.api.following import Following

BASE = Settings().base_iri
TEXT = """Sở Y tế tỉnh Hòa Bình sơ kết công tác dân số 9 tháng

Thứ ba, 07/10/2025 08:12

Sáng 06/10/2025, Sở Y tế tỉnh Hòa Bình tổ chức hội nghị sơ kết công tác dân số 9 tháng đầu năm 2025.

Dự hội nghị có ông Bùi Văn Lực, Giám đốc Sở Y tế tỉnh Hòa Bình.
"""
PAGE = f"""<!DOCTYPE html><html><head><title>Tin</title></head><body><a href="/">Trang chủ</a><article>
<h1>{TEXT.splitlines()[0]}</h1>{"".join(f"<p>{line}</p>" for line in TEXT.splitlines()[1:] if line)}
</article></body></html>"""
BROWSER = {"Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"}


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A text and a page in a directory."""
    directory = tmp_path_factory.mktemp("articles")
    (directory / "7_dan-so.txt").write_text(TEXT, encoding="utf-8")
    (directory / "8_trang.html").write_text(PAGE, encoding="utf-8")
    return directory


@pytest.fixture(scope="module")
def store(articles: Path) -> Iterator[Store]:
    store = open_store(None)
    for path in articles.iterdir():
        graph = build_graph(extract_document(path), base=BASE)
        store.replace_graph(graph.name, graph.quads)
    yield store
    store.close()


@pytest.fixture
def client(store: Store) -> Iterator[FlaskClient]:
    app = create_app(store, Settings(request_bytes=20_000))
    yield Following(app, app.response_class)
    app.extensions["knowledge"].close()


def statements(found: dict[str, Any]) -> set[tuple[str, str]]:
    return {(fact["kind"], fact["statement"]) for part in found["paragraphs"] for fact in part["facts"]}


def in_windows_1258(text: str) -> bytes:
    """Return a text in the encoding that writes a vowel and its tone as two characters."""
    tone = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
    letters = (normalize("NFD", letter) for letter in text)
    apart = (normalize("NFC", tone.sub("", it)) + "".join(tone.findall(it)) for it in letters)
    return "".join(apart).encode("cp1258")


def problem(response: Any, status: int) -> str:
    assert response.status_code == status
    assert response.content_type == "application/problem+json"
    return str(response.get_json()["detail"])


@pytest.mark.parametrize("name", ["7_dan-so.txt", "8_trang.html"])
def test_a_stored_article_is_explained_as_its_file_is(client: FlaskClient, articles: Path, name: str) -> None:
    resolution = extract_document(articles / name)
    items = client.get("/api/articles").get_json()["items"]
    article = next(item for item in items if item["documentSource"] == name)

    found = client.get(f"/api/articles/{article['path'].removeprefix('/id/')}/explanation").get_json()

    assert found == explain(resolution).as_json()
    assert found["sha256"] == article["textHash"]
    assert ("person", "Bùi Văn Lực") in statements(found)
    person = next(fact for part in found["paragraphs"] for fact in part["facts"] if fact["kind"] == "person")
    assert person["rule"].startswith("people.")
    assert 0 < person["confidence"] <= 1
    assert [found["text"][start:end] for start, end in person["spans"]] == person["quotes"]


@pytest.mark.parametrize("asked", ["id", "name"])
def test_an_article_goes_by_its_iri_and_its_headline(client: FlaskClient, asked: str) -> None:
    article = client.get("/api/articles").get_json()["items"][0]
    article = client.get(f"/api/articles/{article['path'].removeprefix('/id/')}").get_json()
    response = client.get(f"/api/articles/{article[asked]}/explanation")

    if asked == "name":  # the text and the page have one headline
        assert "2 go by" in problem(response, 404)
    else:
        assert response.get_json()["text"] == article["articleBody"]


def test_the_page_of_an_article_leads_to_its_explanation(client: FlaskClient) -> None:
    article = client.get("/api/articles").get_json()["items"][0]
    page = client.get(article["path"], headers=BROWSER).get_data(as_text=True)
    link = re.search(r'href="([^"]+/explanation)"', page)

    assert link is not None
    assert client.get(unescape(link.group(1))).get_json()["id"] == article["identifier"]
    assert "kiểm tra điều được nêu" in page
    assert "7/10/2025 là thứ ba" in page


def test_the_json_of_an_article_says_whether_its_weekday_agrees(client: FlaskClient) -> None:
    article = client.get("/api/articles").get_json()["items"][0]

    assert article["check"]["id"].endswith("checks#consistent")
    assert article["checkNote"] == "7/10/2025 là thứ ba"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [(TEXT, "text/plain"), (TEXT, "text/plain; charset=utf-8"), (PAGE, "text/html"), (PAGE, "text/plain")],
)
def test_a_text_that_is_not_stored_is_explained(
    client: FlaskClient, store: Store, tmp_path: Path, body: str, content_type: str
) -> None:
    version = store.version
    path = tmp_path / ("request.html" if "html" in content_type else "request.txt")
    path.write_text(body, encoding="utf-8")

    found = client.post("/api/explain", data=body.encode(), content_type=content_type).get_json()

    assert found == explain(extract_document(path)).as_json()
    assert ("role", "Bùi Văn Lực: Giám đốc, Sở Y tế tỉnh Hòa Bình") in statements(found)
    assert store.version == version
    assert len(store.graphs()) == 2


def test_a_text_in_a_legacy_encoding_is_explained(client: FlaskClient) -> None:
    spelled = (TEXT.encode(), in_windows_1258(TEXT))
    found = [client.post("/api/explain", data=data, content_type="text/plain").get_json() for data in spelled]

    assert found[0] == found[1]


@pytest.mark.parametrize(
    ("data", "content_type", "status", "words"),
    [
        (b"", "text/plain", 400, "empty"),
        (b"   \n", "text/plain", 400, "white space"),
        (b"\x00\x01\x02", "text/plain", 400, "not a text file"),
        (b"abc", "application/pdf", 415, "text/plain or text/html"),
        (b"abc", None, 415, "the body says no type"),
        (b"a" * 30_000, "text/plain", 413, "more than 20000 bytes"),
    ],
)
def test_what_cannot_be_read_is_a_problem(
    client: FlaskClient, data: bytes, content_type: str | None, status: int, words: str
) -> None:
    assert words in problem(client.post("/api/explain", data=data, content_type=content_type), status)


def test_unknown_articles_parameters_and_methods_are_problems(client: FlaskClient) -> None:
    assert "no Article goes by" in problem(client.get("/api/articles/chưa-có/explanation"), 404)
    assert "no parameter" in problem(client.post("/api/explain?model=x", data=b"a"), 400)
    assert "POST" in problem(client.get("/api/explain"), 405)
