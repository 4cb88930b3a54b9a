"""The pages: in both languages, with links that lead somewhere, and safe to open."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient

from api import create_app
from api.texts import TEXTS
from kg.store import open_store

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


class _Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.ids: set[str] = set()
        self.inline: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            if name in ("href", "src", "action") and value:
                self.links.append(value)
            if name == "id" and value:
                self.ids.add(value)
            if name == "style" or name.startswith("on"):
                self.inline.append(name)


def read(client: FlaskClient, path: str, **headers: str) -> tuple[str, _Page]:
    response = client.get(path, headers={**BROWSER, **headers})
    assert response.status_code == 200, path
    text = response.get_data(as_text=True)
    return text, _Page(text)


def test_the_language_is_asked_for_or_the_browsers_or_vietnamese(client: FlaskClient) -> None:
    assert '<html lang="vi">' in read(client, "/")[0]
    assert '<html lang="en">' in read(client, "/", **{"Accept-Language": "en-GB,en;q=0.8,vi;q=0.1"})[0]
    assert '<html lang="vi">' in read(client, "/", **{"Accept-Language": "vi,en;q=0.5"})[0]
    assert '<html lang="vi">' in read(client, "/", **{"Accept-Language": "fr"})[0]
    assert '<html lang="en">' in read(client, "/?lang=en", **{"Accept-Language": "vi"})[0]
    assert '<html lang="vi">' in read(client, "/?lang=xx")[0]
    assert all(set(words) == {"vi", "en"} for words in TEXTS.values())


def test_the_first_page_says_what_is_in_the_graph(client: FlaskClient) -> None:
    text, _ = read(client, "/?lang=en")
    assert re.search(r'<b>3</b> <a href="/browse/officials\?lang=en">officials</a>', text)
    assert re.search(r'<b>2</b> <a href="/browse/articles\?lang=en">articles</a>', text)
    assert re.search(r"Chaired by:\s*<a[^>]*>Lò Thị Mẫu</a>", text)
    assert "September 2024" in text
    assert "Meetings chaired by Lò Thị Mẫu" in text
    assert "tháng" not in read(client, "/?lang=vi")[0]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_link_leads_somewhere_and_no_page_brings_a_program(client: FlaskClient, language: str) -> None:
    waiting, seen = [f"/?lang={language}"], set()
    while waiting:
        path = waiting.pop()
        with client.get(path, headers=BROWSER) as response:
            assert response.status_code == 200, path
            if response.mimetype != "text/html":
                continue
            page = _Page(response.get_data(as_text=True))
        assert "script" not in page.tags
        assert page.inline == []
        for link in page.links:
            address = link.partition("#")[0]
            assert address == "" or address.startswith("/"), link
            # Links of forms need their fields; searches are tried below.
            if address and address not in seen and len(seen) < 150 and "/search" not in address:
                seen.add(address)
                waiting.append(address)
    assert len(seen) > 30


def test_an_article_shows_its_text_with_the_evidence_marked(client: FlaskClient) -> None:
    article = client.get("/api/articles?from=2024-09").get_json()["items"][0]
    text, page = read(client, article["path"])
    body = client.get(article["path"]).get_json()["articleBody"]
    shown = re.search(r'<div class="text">(.*?)</div>', text, re.DOTALL)
    assert shown is not None
    assert unescape(re.sub(r"<[^>]+>", "", shown.group(1))) == body
    assert "<mark" in shown.group(1)
    assert "&lt;b&gt;Chế Tạo" in text
    claim = client.get(article["path"]).get_json()["claims"][0]
    assert f"c{claim['evidence'][0]['start']}" in page.ids


def test_an_official_and_a_meeting_show_the_words_that_support_each_claim(client: FlaskClient) -> None:
    meeting = client.get("/api/meetings?chair=lo thi mau").get_json()["items"][0]
    text, _ = read(client, f"{meeting['path']}?lang=en")
    assert "bà Lò Thị Mẫu" in text
    assert text.index(">chair<") < text.index(">attends<")
    official = client.get("/api/officials?name=lo thi mau").get_json()["items"][0]
    assert "Phó Giám đốc" in read(client, official["path"])[0]


def test_search_and_paths_have_pages(client: FlaskClient) -> None:
    assert "Giàng A Ví" in read(client, "/search?q=giang+a+vi")[0]
    assert "Không có gì mang tên" in read(client, "/search?q=zzz&lang=vi")[0]
    assert "<script>" not in read(client, "/search?q=<script>")[0]
    text, _ = read(client, "/path?source=dinh+thu+nghiem&target=giang+a+vi&lang=en")
    assert "attended" in text
    assert client.get("/path?source=nobody&target=lo+thi+mau", headers=BROWSER).status_code == 404
    assert client.get("/path", headers=BROWSER).status_code == 302
    assert "showing 1 of 3" in read(client, "/browse/officials?limit=1&lang=en")[0]


def test_browsers_are_told_to_run_nothing(client: FlaskClient) -> None:
    for path in ("/", "/nowhere", "/api/officials", "/static/style.css"):
        with client.get(path, headers=BROWSER) as response:
            headers = response.headers
        assert headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"


def test_an_empty_graph_says_how_to_fill_it() -> None:
    from_nothing = open_store(None)
    client = create_app(from_nothing).test_client()
    text, _ = read(client, "/?lang=en")
    assert "kg build" in text
    assert client.get("/api/officials").get_json() == {"count": 0, "items": [], "next": None}
    from_nothing.close()
