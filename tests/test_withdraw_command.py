"""``kg withdraw``: what leaves a store for good stays away from builds, watchers, backups and a service."""

from __future__ import annotations

import gzip
import json
import random
import re
import shutil
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from kg.cli import main
from kg.store import open_store
from tests.api.running import TOKEN, Running, running
from tests.test_kill import graphs_of, kill_after, opened, processes, seconds_of, union_is_whole
from tests.watchers import withdraw_thing

__all__ = ["processes"]

Run = Callable[..., tuple[int, str, str]]

_TEXT = """{title}
05/03/{year}
Sáng 05/3/{year}, {body} tổ chức hội nghị. Ông {name}, {post} {body}, chủ trì hội nghị.
Bà Vàng Thị Mẩy, Phó Chánh Văn phòng Sở Y tế tỉnh Lai Châu, dự hội nghị. Năm {year}, có 12.500 lượt khám bệnh.
Kết luận hội nghị, đồng chí {given} nhấn mạnh ba việc.
Ông Lò Văn Thử Long, Trưởng phòng Y tế huyện Than Uyên, dự hội nghị.
Tin liên quan: {name} thăm Trạm Y tế.
"""
_CENTRE = "Trung tâm Y tế huyện Than Uyên, tỉnh Lai Châu"
NAME, GIVEN = "Lò Văn Thử", "Thử"
ARTICLES = {
    "a_1.txt": _TEXT.format(
        title="Hội nghị của ông Lò Văn Thử", year=2019, body=_CENTRE, name=NAME, post="Giám đốc", given=GIVEN
    ),
    "b_1.txt": _TEXT.format(
        title="Hội nghị tổng kết", year=2020, name=NAME, post="Giám đốc", given=GIVEN,
        body="Trung tâm Y tế huyện Đắk Song, tỉnh Đắk Nông",
    ),
    "c_1.txt": _TEXT.format(
        title="Hội nghị sơ kết", year=2021, name="Chẻo A Thào", post="Phó Giám đốc", given="Thào",
        body=_CENTRE,
    ),
}  # fmt: skip
LATER = _TEXT.format(
    title="Hội nghị triển khai",
    year=2023,
    body="Sở Y tế tỉnh Lai Châu",
    name=NAME,
    post="Giám đốc",
    given=GIVEN,
)


def write(folder: Path, articles: dict[str, str]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in articles.items():
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("given") / "articles", ARTICLES)


@pytest.fixture(scope="module")
def built(folder: Path) -> Path:
    assert main(["build", str(folder), "--store", str(folder.parent / "store")]) == 0
    return folder.parent / "store"


@pytest.fixture(scope="module")
def person(built: Path) -> str:
    """The one in Lai Châu, by the last part of the IRI."""
    with closing(open_store(built, read_only=True)) as store:
        rows = store.query(
            "SELECT ?who { ?who a kg:Official ; rdfs:label ?name ; kg:holdsPostIn/rdfs:label ?body "
            f'FILTER(STR(?name) = "{NAME}" && CONTAINS(?body, "Than Uyên")) }}'
        )
        (found,) = {str(row["who"]) for row in rows.records()}  # type: ignore[union-attr]
    return found.removeprefix("https://yte-kg.org/id/")


@pytest.fixture(scope="module")
def summary(built: Path) -> str:
    """The article of 2021, by the last part of its IRI."""
    (graph,) = (name for name in graphs_of(built) if "/graph/article/c-" in name)
    return graph.removeprefix("https://yte-kg.org/id/graph/")


@pytest.fixture
def store(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "store"))


@pytest.fixture
def run(store: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def command(*arguments: str | Path) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main([*map(str, arguments), "--store", str(store)])
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return command


def article_of(store: Path, year: int) -> list[str]:
    """Return the statements of the graph of the article of a year, and of what follows from it."""
    letter = {2019: "a", 2020: "b", 2021: "c"}[year]
    return [
        line for name, lines in graphs_of(store).items() if f"/article/{letter}-" in name for line in lines
    ]


def test_it_asks_before_and_says_who_stays(run: Run, store: Path, person: str) -> None:
    before = graphs_of(store)
    code, told, said = run("withdraw", person)
    assert (code, told) == (2, "")
    assert f"kg: person {NAME} (https://yte-kg.org/id/{person}), told of in 1 article" in said
    assert "stays: Lò Văn Thử (https://yte-kg.org/id/person/" in said
    assert "say --yes" in said
    assert graphs_of(store) == before
    code, _, said = run("withdraw", NAME, "--yes")
    assert code == 4
    assert "2 go by 'Lò Văn Thử': give one of person/" in said


def test_a_person_is_gone_from_words_quotes_labels_and_files(run: Run, store: Path, person: str) -> None:
    assert run("withdraw", person, "--yes", "--note", "asked for", "--by", "An")[0] == 0
    (body,) = (line for line in article_of(store, 2019) if "/articleBody>" in line)
    assert f"đồng chí {'█' * len(GIVEN)} nhấn mạnh" in body
    assert f"Tin liên quan: {'█' * len(NAME)} thăm" in body
    assert "Ông Lò Văn Thử Long, Trưởng" in body  # somebody else
    words = (f"{NAME}@", f"{NAME},", f"{NAME}:", f"{NAME} –", "lo-van-thu-4", f'{NAME}"')
    assert [line for line in article_of(store, 2019) if any(word in line for word in words)] == []
    assert [line for line in article_of(store, 2019) if re.search(r"lo-van-thu(?!-long)", line)] == []
    assert any(NAME in line for line in article_of(store, 2020))
    assert "asked for" in run("withdraw", "--list")[1]
    code, told, _ = run(
        "query", f'SELECT ?it {{ ?it rdfs:label "{NAME}"@vi ; a kg:Official }}', "--format", "csv"
    )
    assert (code, len(told.split())) == (0, 2)  # the other one
    raw = b"".join(file.read_bytes() for file in sorted((store / "data").iterdir()))
    assert person.encode() not in raw


def test_no_build_brings_a_person_back_and_others_of_the_name_come_and_go(
    run: Run, store: Path, folder: Path, person: str, tmp_path: Path
) -> None:
    run("withdraw", person, "--yes")
    before = graphs_of(store)
    assert run("build", folder)[0] == 0
    assert graphs_of(store) == before
    later = write(
        tmp_path / "later", {"d_1.txt": LATER, "e_1.txt": ARTICLES["b_1.txt"].replace("05/3", "06/3")}
    )
    assert run("build", later)[0] == 0
    told = run("query", f'SELECT ?it {{ ?it rdfs:label "{NAME}"@vi ; a kg:Official }}', "--format", "csv")[1]
    assert len(told.split()) == 2
    assert run("timeline", NAME)[1].count("Đắk Song") >= 1
    assert "Sở Y tế tỉnh Lai Châu" not in run("timeline", NAME)[1]
    assert "Vàng Thị Mẩy" in run("query", "SELECT ?n { ?p a kg:Official ; rdfs:label ?n }")[1]


def test_no_build_and_no_watcher_brings_an_article_back_not_even_corrected(
    run: Run, store: Path, summary: str, tmp_path: Path
) -> None:
    code, told, _ = run("withdraw", summary, "--yes")
    assert (code, told[:28]) == (0, "withdrawn  article https://y")
    before = graphs_of(store)
    assert not any("/article/c-" in name for name in before)
    for version in (ARTICLES["c_1.txt"], ARTICLES["c_1.txt"].replace("12.500", "12.600")):
        again = write(tmp_path / "again", {"c_1.txt": version})
        code, told, said = run("build", again)
        assert code == 0
        assert "articles   0\n" in told
        assert said.count("this article was withdrawn for good") == 1
    moved = write(tmp_path / "moved", {"another name.txt": ARTICLES["c_1.txt"]})
    code, told, _ = run("watch", moved, "--once", "--settle", "0")
    assert (code, told.split()[:3]) == (0, ["withdrawn", "another", "name.txt"])
    assert graphs_of(store) == before


def test_a_withdrawal_can_be_lifted_and_the_next_build_brings_back_what_it_was_about(
    run: Run, store: Path, folder: Path, person: str
) -> None:
    before = graphs_of(store)
    run("withdraw", person, "--yes")
    listed = run("withdraw", "--list")[1].split()[0]
    assert run("withdraw", "--lift", "f00")[0] == 4
    assert run("withdraw", "--lift", listed)[0] == 0
    assert run("withdraw", "--list")[1] == ""
    assert run("build", folder)[0] == 0
    assert graphs_of(store) == before


def test_a_backup_from_before_is_restored_without_it(
    run: Run, store: Path, person: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("backup", tmp_path / "before")[0] == 0
    run("withdraw", person, "--yes")
    left = graphs_of(store)
    code, told, _ = run("restore", tmp_path / "before", "--force")
    assert code == 0
    assert "withdrawn  1 of what the backup still held" in told
    assert graphs_of(store) == left
    assert run("withdraw", "--export", tmp_path / "list.jsonl")[0] == 0
    beside = tmp_path / "beside"
    for known in (tmp_path / "list.jsonl", store):
        shutil.rmtree(beside, ignore_errors=True)
        arguments = ["restore", tmp_path / "before", "--store", beside, "--withdrawals", known]
        assert main([*map(str, arguments)]) == 0
        assert graphs_of(beside) == left
    assert run("backup", tmp_path / "after")[0] == 0
    raw = b"".join(file.read_bytes() for file in sorted((tmp_path / "after" / "data").iterdir()))
    assert person.encode() not in raw
    assert main(["restore", str(tmp_path / "after"), "--store", str(tmp_path / "again")]) == 0
    assert main(["withdraw", "--list", "--store", str(tmp_path / "again")]) == 0
    assert " person " in capsys.readouterr().out


def test_the_list_travels_to_other_stores(
    run: Run, built: Path, person: str, summary: str, tmp_path: Path
) -> None:
    assert run("withdraw", person, summary, "--yes")[0] == 0
    run("withdraw", "--export", tmp_path / "list.jsonl")
    lines = (tmp_path / "list.jsonl").read_text(encoding="utf-8").lower()
    assert "thử" not in lines
    assert "thu" not in lines
    assert (tmp_path / "list.jsonl").stat().st_mode & 0o077 == 0
    others = (tmp_path / "one", ("--withdrawals", tmp_path / "list.jsonl")), (tmp_path / "two", ())
    for other, options in others:
        assert main([*map(str, ("build", built.parent / "articles", "--store", other, *options))]) == 0
    imported = ["withdraw", "--import", str(tmp_path / "list.jsonl"), "--store", str(tmp_path / "two")]
    assert main(imported) == 0
    assert graphs_of(tmp_path / "one") == graphs_of(tmp_path / "two")
    assert graphs_of(tmp_path / "two") == graphs_of(tmp_path / "store")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "takes things to withdraw, or one of"),
        (("--list", "x"), "takes things to withdraw, or one of"),
        (("x", "--service", "http://127.0.0.1:1"), "takes --store DIR, or --service URL"),
    ],
)
def test_what_makes_no_command_is_said(run: Run, arguments: tuple[str, ...], words: str) -> None:
    code, _, said = run("withdraw", *arguments)
    assert code == 2
    assert words in said


def test_withdrawing_again_is_no_error(run: Run, person: str) -> None:
    assert run("withdraw", person, "--yes")[0] == 0
    assert run("withdraw", person, "--yes")[:2] == (0, f"withdrawn  {person} (before)\n")
    assert len(run("withdraw", "--list")[1].splitlines()) == 1


def test_files_that_were_written_anew_half_way_are_taken_over(store: Path) -> None:
    before = graphs_of(store)
    shutil.copytree(store / "data", store / "data.new")
    (store / "data").rename(store / "data.old")
    (store / "data.draft").mkdir()
    with closing(open_store(store, read_only=True)) as opened:
        assert len(opened.graphs()) > 0
    assert graphs_of(store) == before
    assert not any((store / name).exists() for name in ("data.new", "data.old", "data.draft"))


def test_it_is_all_or_nothing_when_it_is_killed(
    processes: ForkServerContext, built: Path, person: str, tmp_path: Path
) -> None:
    moments, whole = random.Random(11), tmp_path / "whole"  # noqa: S311
    shutil.copytree(built, whole)
    seconds = seconds_of(processes, withdraw_thing, whole, person)
    for number in range(4):
        path = tmp_path / str(number)
        shutil.copytree(built, path)
        kill_after(processes, moments.uniform(0, seconds), withdraw_thing, path, person)
        with closing(opened(path)) as store:
            assert union_is_whole(store)
            named = [quad for quad in store.quads() if person in str(quad)]
            assert len(named) == 0 or any(
                "articleBody" in str(q) and "Ông Lò Văn Thử" in str(q) for q in store.quads()
            )
            recorded = bool(store.withdrawals())
        if recorded and named:
            assert main(["query", "ASK {}", "--store", str(path)]) == 3
        finish = ["build", str(built.parent / "articles")] if recorded else ["withdraw", person, "--yes"]
        assert main([*finish, "--store", str(path)]) == 0
        assert graphs_of(path) == graphs_of(whole)


@pytest.fixture(scope="module")
def service(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    directory = tmp_path_factory.mktemp("served")
    store = Path(shutil.copytree(built, directory / "store"))
    with running(store, directory, variables={"KG_WRITE_TOKEN": TOKEN}) as found:
        yield found


def answer(address: str, *, body: object = None, token: str | None = None) -> tuple[int, bytes]:
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    request = urllib.request.Request(address, data=data, headers=headers)  # noqa: S310
    try:
        with urllib.request.urlopen(request) as found:  # noqa: S310
            return found.status, found.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def graph_names(address: str) -> list[str]:
    query = quote("SELECT DISTINCT ?g { GRAPH ?g { ?s a kg:Article } }")
    found = json.loads(answer(f"{address}/sparql?query={query}&format=json")[1])
    return [row["g"]["value"] for row in found["results"]["bindings"]]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ([], 400), ({"things": []}, 400), ({"things": "x"}, 400), ({"things": ["x"], "who": 1}, 400),
        ({"things": ["x"], "note": 1}, 400), ({"things": ["x"], "trial": "no"}, 400),
        ({"things": ["x"]}, 404),
    ],
)  # fmt: skip
def test_a_service_says_what_is_wrong_with_a_withdrawal(service: Running, body: object, status: int) -> None:
    address = f"{service.address}/api/admin/withdrawals"
    code, said = answer(address, body=body, token=TOKEN)
    assert (code, json.loads(said)["status"]) == (status, status)
    assert answer(address, body=body)[0] == 401
    assert answer(address)[0] == 401


def test_a_running_service_knows_nothing_of_it_afterwards(
    service: Running, person: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    address, short = service.address, person.partition("/")[2]

    def told() -> dict[str, str]:
        found = {
            path: answer(f"{address}{path}")[1].decode("utf-8", "replace")
            for path in (
                "/api/search?q=lo+van+thu+than+uyen", "/api/suggest?q=lo+van", "/api/officials",
                "/api/meetings",
                "/sparql?query=SELECT+*+%7B+%3Fs+%3Fp+%3Fo+%7D&format=json", "/browse/officials", "/",
                "/reconcile?queries=%7B%22q%22%3A%7B%22query%22%3A%22L%C3%B2+V%C4%83n+Th%E1%BB%AD%22%7D%7D",
                "/api/neighbourhood/" + short, "/api/questions/who_chaired",
            )
        }  # fmt: skip
        packed = answer(f"{address}/dump.nq.gz")[1]
        return found | {"dump": gzip.decompress(packed).decode()}

    before: dict[str, Any] = told()
    assert any(short in text for text in before.values())
    monkeypatch.setenv("KG_WRITE_TOKEN", TOKEN)
    assert main(["withdraw", person, "--service", address]) == 2
    assert "told of in 1 article" in capsys.readouterr().err
    assert main(["withdraw", person, "--service", address, "--yes", "--note", "asked"]) == 0
    assert short in capsys.readouterr().out
    after = told()
    assert {
        path for path, text in after.items() if short in text and path != f"/api/neighbourhood/{short}"
    } == set()
    assert "chủ trì hội nghị" in after["dump"]
    assert "asked" not in after["dump"]
    for path in (f"/id/{person}", f"/page/{person}", f"/data/{person}", f"/api/officials/{short}"):
        assert answer(f"{address}{path}")[0] == 410, path
    assert answer(f"{address}/api/paths?source={short}&target=vang+thi+may")[0] == 410
    code, listed = answer(f"{address}/api/admin/withdrawals", token=TOKEN)
    assert (code, json.loads(listed)["items"][0]["note"]) == (200, "asked")
    assert main(["withdraw", person, "--service", address, "--yes"]) == 4
    graph = next(name for name in graph_names(address) if "/article/a-" in name)
    explained = answer(f"{address}/api/articles/{graph.rpartition('/')[2]}/explanation")
    assert explained[0] == 200
    assert f"ông {NAME}," not in explained[1].decode().lower().replace(f"{NAME} long".lower(), "")
