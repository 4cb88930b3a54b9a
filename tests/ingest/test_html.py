"""Pages as portals, papers and old sites serve them."""

# ruff: noqa: E501 (markup is read best in the lines that pages have)

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.ingest import decode_document, find_documents, parse_article, read_document
from kg.model.article import FACT_ZONES, Article

TITLE = "Trung tâm Y tế huyện Sông Lam giao ban công tác quý I năm 2022"
BODY = (
    "Sáng ngày 12/4, Trung tâm Y tế huyện Sông Lam tổ chức Hội nghị giao ban công tác y tế quý I năm 2022 "
    "với sự tham dự của trưởng các khoa, phòng và trạm y tế xã.",
    "Theo báo cáo, trong quý toàn huyện khám bệnh cho 12.450 lượt người, đạt 26% kế hoạch năm; công tác tiêm "
    "chủng, dân số và an toàn thực phẩm được duy trì đều đặn.",
    "Kết luận Hội nghị, Giám đốc Trung tâm yêu cầu các đơn vị tập trung phòng, chống dịch bệnh mùa hè và chuẩn bị "
    "chu đáo cho chiến dịch truyền thông dân số đợt 1.",
)
MENU = "".join(
    f'<li><a href="/{n}">{name}</a></li>'
    for n, name in enumerate(["Trang chủ", "Giới thiệu", "Tin tức", "Văn bản", "Liên hệ"])
)
OTHERS = "".join(
    f'<li><a href="/tin/{n}">Đồng chí Lê Văn Tám thăm xã Hòa Lộc lần {n}</a> <span>(0{n}/03/2022)</span></li>'
    for n in range(1, 7)
)
PARAGRAPHS = "".join(f"<p>{text}</p>" for text in BODY)

NEWS_PORTAL = f"""<!DOCTYPE html><html lang="vi"><head><title>{TITLE} - TRUNG TÂM Y TẾ SÔNG LAM</title>
<meta property="og:title" content="{TITLE}"></head><body><header><h2>TRUNG TÂM Y TẾ SÔNG LAM</h2></header>
<nav><ul>{MENU}</ul></nav><div class="breadcrumbs">Trang nhất &raquo; Tin tức</div>
<div class="news_column panel"><h1 class="title">{TITLE}</h1><div class="row"><em class="pull-left">Thứ ba -
12/04/2022 16:05</em><ul><li>In ra</li><li>231</li><li>0</li></ul></div>
<div id="news-bodyhtml" class="bodytext">{PARAGRAPHS}</div>
<p class="text-right"><strong>Tác giả: </strong>Thu Phương</p>
<p>Tổng số điểm của bài viết là: 0 trong 0 đánh giá</p><h4>Những tin mới hơn</h4><ul>{OTHERS}</ul></div>
<footer>Địa chỉ: thị trấn Sông Lam. Điện thoại: 0239 123 456</footer></body></html>"""

PROVINCE_PORTAL = f"""<html><head><title>Chi tiết tin - Cổng thông tin điện tử</title></head><body><form id="aspnetForm">
<div id="menu"><ul>{MENU}</ul></div><div class="clock">Hôm nay, Thứ năm ngày 21/07/2022</div>
<div class="portlet-body"><div class="news-detail"><div class="title-news">{TITLE}</div>
<div class="date-news">Cập nhật lúc: 16:05 12/04/2022</div><div class="content-news">{PARAGRAPHS}
<p style="text-align:right"><b>Thu Phương</b></p></div></div>
<div class="other-news"><h3>Tin cùng chuyên mục</h3><ul>{OTHERS}</ul></div></div></form></body></html>"""

BLOG = f"""<!doctype html><html><head><title>{TITLE} | Bệnh viện Sông Lam</title>
<script type="application/ld+json">{{"@context":"https://schema.org","@type":"NewsArticle","headline":"{TITLE}",
"datePublished":"2022-04-12T16:05:00+07:00","author":{{"@type":"Person","name":"Thu Phương"}}}}</script></head><body>
<header><ul>{MENU}</ul></header><main><article class="post"><header class="entry-header">
<h1 class="entry-title">{TITLE}</h1></header><div class="entry-content">{PARAGRAPHS}
<figure><img src="z1.jpg"><figcaption>Quang cảnh Hội nghị</figcaption></figure></div></article>
<section class="comments"><h3>Để lại một bình luận</h3><p>Email của bạn sẽ không được hiển thị công khai.</p></section>
</main><aside><h3>Bài viết mới</h3><ul>{OTHERS}</ul></aside><footer>Bản quyền thuộc bệnh viện</footer></body></html>"""

TABLES = f"""<HTML><HEAD><META http-equiv="Content-Type" content="text/html; charset=windows-1258">
<TITLE>Trang tin huyen</TITLE></HEAD><BODY><TABLE><TR><TD><A href="/">Trang chủ</A></TD></TR></TABLE>
<TABLE width="760"><TR><TD valign="top"><FONT size="4"><B>{TITLE}</B></FONT></TD></TR><TR><TD>(12/04/2022)</TD></TR>
<TR><TD>{"<BR><BR>".join(BODY)}<BR><BR><DIV align="right"><I>Thu Phương</I></DIV></TD></TR></TABLE>
<TABLE><TR><TD>Các tin khác</TD></TR><TR><TD><UL>{OTHERS}</UL></TD></TR></TABLE></BODY></HTML>"""

PRESS = f"""<!DOCTYPE html><html><head><meta property="og:title" content="{TITLE}"/>
<meta property="article:published_time" content="2022-04-12T16:05:00+07:00"/><title>{TITLE}</title></head><body>
<header><a href="/">Báo Sông Lam</a><ul>{MENU}</ul></header><article class="detail"><h1>{TITLE}</h1>
<div class="author-time"><span class="author">Thu Phương</span> - <time>12/04/2022 16:05</time></div>
<h2 class="sapo">(BSL) - {BODY[0]}</h2><div class="detail-content"><p>{BODY[1]}</p>
<div class="box-related"><h3>Tin liên quan</h3><ul>{OTHERS}</ul></div><p>{BODY[2]}</p></div>
<div class="tags">Từ khóa: y tế, giao ban</div></article><div class="comment">Bình luận (0)</div></body></html>"""

LIFERAY = f"""<!DOCTYPE html><html><head><title>{TITLE} - Sở Y tế</title>
<meta name="author" content="admin"></head><body><div id="wrapper"><div class="portlet-breadcrumb">
<ul><li>Trang chủ</li><li>Tin hoạt động</li></ul></div><div class="journal-content-article"><div class="header-title">
<h3>{TITLE}</h3></div><p class="ngay-dang">Ngày đăng 12/04/2022 | Lượt xem: 231</p><div class="noi-dung">{PARAGRAPHS}
<div style="text-align: right;"><em>Thu Phương</em></div></div></div><div class="tin-lien-quan"><p>TIN LIÊN QUAN</p>
<ul>{OTHERS}</ul></div><div class="footer">Giấy phép số 12/GP-TTĐT</div></div></body></html>"""


def facts(article: Article) -> list[str]:
    return [article.surface(each.span) for each in article.paragraphs if each.zone in FACT_ZONES]


@pytest.mark.parametrize(
    "page", [NEWS_PORTAL, PROVINCE_PORTAL, BLOG, TABLES, PRESS, LIFERAY],
    ids=["news portal", "province portal", "blog", "tables", "press", "liferay"],
)  # fmt: skip
def test_the_article_of_a_page(page: str) -> None:
    article = parse_article(decode_document(page.encode(), source="p.html"))

    assert article.title is not None
    assert article.title.value == TITLE
    assert article.published is not None
    assert article.published.day == date(2022, 4, 12)
    assert article.author is not None
    assert article.author.value == "Thu Phương"
    assert [text for text in facts(article) if text != "Quang cảnh Hội nghị"] == [TITLE, *BODY]


def test_pages_are_known_by_their_name_or_their_markup(tmp_path: Path) -> None:
    (tmp_path / "a.htm").write_text(f"<p>{BODY[0]}</p>", encoding="utf-8")
    (tmp_path / "b.txt").write_text(BLOG, encoding="utf-8")
    (tmp_path / "c.txt").write_text(BODY[0], encoding="utf-8")

    kinds = [read_document(path).media_type for path in find_documents([tmp_path])]

    assert kinds == ["text/html", "text/html", "text/plain"]


def test_a_page_without_an_article_gives_its_lines() -> None:
    article = parse_article(
        decode_document("<html><body><p>Sở Y tế</p></body></html>".encode(), source="p.html")
    )

    assert "Sở Y tế" in article.text
    assert "<p>" not in article.text


@pytest.mark.parametrize("page", ["<html>", "<html><body></body></html>", "<p", BLOG[:900], TABLES[:700]])
def test_broken_pages_break_nothing(page: str) -> None:
    article = parse_article(decode_document(page.encode(), source="p.html"))

    assert all(article.text[each.span.start : each.span.end].strip() for each in article.paragraphs)


def test_an_old_page_is_read_in_its_own_encoding(tmp_path: Path) -> None:
    path = tmp_path / "cu.html"
    path.write_bytes(b"<html><body><p>B\xe8 V\xe0 \xd0\xf5ng \xfe\xdf\xb8\xb9</p></body></html>")

    with pytest.raises(InputError, match="save it as UTF-8"):
        read_document(path)
