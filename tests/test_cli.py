"""The command line as people and scripts meet it: what it prints, where, and with which exit code."""

import fcntl
import json
import os
import pty
import shutil
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from kg.graph import parse_quads
from kg.store import open_store
from tests.conftest import ROOT, SEEDS, Kg

COMMANDS = ("extract", "build", "serve", "query", "path", "export", "validate", "evaluate", "explain")
CHAIRED = """
PREFIX kg: <https://yte-kg.org/ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?name WHERE { ?official kg:chaired ?meeting ; rdfs:label ?name }
"""
ARTICLE = (
    "Hội nghị giao ban công tác y tế quý I năm 2023\n\n"
    "Ngày 12/4/2023, Trung tâm Y tế huyện Mai Sơn tổ chức Hội nghị giao ban công tác y tế quý I năm 2023. "
    "Đồng chí Lò Văn Ính, Giám đốc Trung tâm Y tế huyện chủ trì hội nghị.\n"
)


def _fails(outcome: subprocess.CompletedProcess[str], code: int, *words: str) -> None:
    """Assert a failure as users should see it: one line with every word, nothing on standard output."""
    assert outcome.returncode == code, outcome.stderr
    assert outcome.stdout == ""
    assert outcome.stderr.count("\n") == 1, outcome.stderr
    assert outcome.stderr.startswith("kg: ")
    assert "Traceback" not in outcome.stderr
    for word in words:
        assert word in outcome.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(kg: Kg, command: str) -> None:
    shown = kg(command, "--help")
    assert shown.returncode == 0
    assert f"examples:\n  kg {command} " in shown.stdout


def test_the_version_is_that_of_the_package(kg: Kg) -> None:
    assert kg("--version").stdout == "yte-kg 0.1.0\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), ["required", "kg --help"]),
        (("fly",), ["fly", "extract"]),
        (("extract",), ["PATH", "kg extract --help"]),
        (("build", "seeds"), ["--store"]),
        (("serve", "seeds", "--port", "eighty"), ["eighty", "65535"]),
        (("serve", "seeds", "--store", "x"), ["not both"]),
        (("query", "ASK {}"), ["--store"]),
        (("export", "--store", "x", "--format", "docx"), ["docx", "trig"]),
        (("query", "ASK {}", "seeds", "--fromat", "csv"), ["--fromat"]),
    ],
)
def test_wrong_usage_is_one_line_and_exit_code_2(
    kg: Kg, arguments: tuple[str, ...], words: list[str]
) -> None:
    _fails(kg(*arguments), 2, *words)


class TestExtract:
    def test_prints_one_object_an_article_whose_spans_hold(self, kg: Kg) -> None:
        outcome = kg("extract", SEEDS)
        assert outcome.returncode == 0
        assert outcome.stderr == ""
        articles = [json.loads(line) for line in outcome.stdout.splitlines()]
        assert [article["id"] for article in articles] == ["000", "001", "002", "003", "004"]
        slots = ("persons", "organizations", "places", "events", "metrics", "documents", "awards")
        for article in articles:
            assert all(item["spans"] for slot in slots for item in article[slot])

    def test_writes_vietnamese_as_it_is_whatever_the_locale(self, tmp_path: Path) -> None:
        (tmp_path / "1.txt").write_text(ARTICLE, encoding="utf-8")
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
        command = [sys.executable, "-m", "kg", "extract", str(tmp_path)]
        outcome = subprocess.run(command, capture_output=True, env=environment, check=True)
        assert "Lò Văn Ính" in outcome.stdout.decode("utf-8")

    def test_goes_on_after_a_file_that_cannot_be_read(self, kg: Kg, tmp_path: Path) -> None:
        (tmp_path / "1.txt").write_bytes(b"")
        (tmp_path / "2.txt").write_text(ARTICLE, encoding="utf-8")
        outcome = kg("extract", tmp_path, tmp_path / "none.txt")
        assert outcome.returncode == 1
        assert [json.loads(line)["id"] for line in outcome.stdout.splitlines()] == ["2"]
        assert outcome.stderr.count("\n") == 2
        assert "1.txt" in outcome.stderr
        assert "none.txt" in outcome.stderr

    def test_ends_quietly_when_the_reader_has_had_enough(self, tmp_path: Path) -> None:
        for number in range(3):
            (tmp_path / f"{number}.txt").write_text(ARTICLE, encoding="utf-8")
        with subprocess.Popen(
            [sys.executable, "-m", "kg", "extract", str(tmp_path)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        ) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.close()
            assert process.stderr.read() == b""
        assert process.returncode == 128 + signal.SIGPIPE


class TestBadInput:
    @pytest.mark.parametrize(
        ("name", "content", "word"),
        [
            ("empty.txt", b"", "empty"),
            ("blank.txt", b" \n\t\n", "white space"),
            ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", "text"),
            ("cut.txt", "Phòng bệnh hơn chữa bệ".encode()[:-1], "cut off"),
            ("foreign.txt", "Überprüfung großer Wörter, schöne Grüße".encode("latin-1"), "UTF-8"),
            ("huge.txt", b"a" * 40_000_000, "larger"),
        ],
    )
    def test_a_file_that_is_no_article_is_named_with_its_reason(
        self, kg: Kg, tmp_path: Path, name: str, content: bytes, word: str
    ) -> None:
        (tmp_path / name).write_bytes(content)
        _fails(kg("extract", tmp_path / name), 1, name, word)

    def test_an_article_that_is_cut_anywhere_is_still_read(self, kg: Kg, tmp_path: Path) -> None:
        for length in (1, 60, 131, 200, len(ARTICLE) - 5):
            (tmp_path / f"{length}.txt").write_text(ARTICLE[:length], encoding="utf-8")
        outcome = kg("extract", tmp_path)
        assert outcome.returncode == 0
        assert len(outcome.stdout.splitlines()) == 5

    def test_a_missing_path_and_a_directory_without_articles_are_named(self, kg: Kg, tmp_path: Path) -> None:
        _fails(kg("extract", tmp_path / "none"), 1, "none")
        _fails(kg("extract", tmp_path), 1, str(tmp_path))


class TestBuild:
    def test_the_summary_is_plain_and_a_second_time_changes_nothing(self, kg: Kg, tmp_path: Path) -> None:
        first = kg("build", SEEDS, "--store", tmp_path / "store")
        again = kg("build", SEEDS, "--store", tmp_path / "store")
        assert (first.returncode, again.returncode) == (0, 0)
        assert (first.stderr, again.stderr) == ("", "")
        counts = [dict(line.split() for line in outcome.stdout.splitlines()) for outcome in (first, again)]
        assert (counts[0]["articles"], counts[0]["unchanged"], counts[0]["rejected"]) == ("5", "0", "0")
        assert (counts[1]["articles"], counts[1]["unchanged"], counts[1]["rejected"]) == ("5", "5", "0")
        assert int(counts[0]["entities"]) > 30
        assert counts[0]["statements"] == counts[1]["statements"]

    def test_what_was_there_stays_and_what_is_rejected_is_told(self, kg: Kg, tmp_path: Path) -> None:
        for name, content in (("1.txt", ARTICLE.encode()), ("2.txt", b"")):
            (tmp_path / name).write_bytes(content)
        store = tmp_path / "store"
        assert kg("build", SEEDS, "--store", store).returncode == 0
        outcome = kg("build", tmp_path / "1.txt", tmp_path / "2.txt", tmp_path / "3.txt", "--store", store)
        assert outcome.returncode == 1
        assert outcome.stderr.count("\n") == 2
        assert "rejected   2" in outcome.stdout
        names = kg("query", CHAIRED, "--store", store, "--format", "csv").stdout.splitlines()[1:]
        assert sorted(names) == ["Lò Văn Ính", "Nguyễn Tăng"]

    @pytest.mark.parametrize("plain", [False, True])
    def test_a_terminal_gets_a_progress_bar_and_no_colour_if_it_wants_none(
        self, tmp_path: Path, *, plain: bool
    ) -> None:
        ours, theirs = pty.openpty()
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color"}
        environment |= {"NO_COLOR": "1"} if plain else {}
        command = [sys.executable, "-m", "kg", "build", str(SEEDS), "--store", str(tmp_path / "store")]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, env=environment) as process:
            output, _ = process.communicate(timeout=120)
        os.close(theirs)
        with open(ours, "rb", buffering=0) as terminal:  # noqa: PTH123 - a descriptor has no path
            shown = terminal.read(65536).decode("utf-8", "replace")  # what it holds may end within a letter
        assert process.returncode == 0
        assert output.decode().startswith("articles   5\n")
        assert "building" in shown
        assert ("\x1b[38;5;" in shown) is not plain


class TestStores:
    def test_a_directory_that_is_no_store_is_left_alone(self, kg: Kg, tmp_path: Path) -> None:
        (tmp_path / "letter.doc").write_text("private")
        _fails(kg("build", SEEDS, "--store", tmp_path), 3, str(tmp_path), "not a yte-kg store")
        _fails(kg("query", CHAIRED, "--store", tmp_path), 3, str(tmp_path))
        assert [path.name for path in tmp_path.iterdir()] == ["letter.doc"]

    def test_a_file_or_nothing_in_place_of_a_store(self, kg: Kg, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("x")
        _fails(kg("build", SEEDS, "--store", tmp_path / "file"), 3, "is a file")
        _fails(kg("export", "--store", tmp_path / "none"), 3, "kg build")

    def test_a_store_that_is_in_use(self, kg: Kg, tmp_path: Path) -> None:
        store = tmp_path / "store"
        assert kg("build", SEEDS / "002_7fa64b6d154f2c40.txt", "--store", store).returncode == 0
        with next(store.glob("*.json")).open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            _fails(kg("build", SEEDS, "--store", store), 3, "in use")
            _fails(kg("query", CHAIRED, "--store", store), 3, "in use")
        assert kg("query", CHAIRED, "--store", store).returncode == 0

    def test_a_damaged_store(self, kg: Kg, seed_store: Path, tmp_path: Path) -> None:
        store = shutil.copytree(seed_store, tmp_path / "store")
        next(store.glob("*.json")).write_text("{")
        _fails(kg("query", CHAIRED, "--store", store), 3, "damaged")


class TestQuery:
    def test_a_table_for_people(self, kg: Kg, seed_store: Path) -> None:
        assert kg("query", CHAIRED, "--store", seed_store).stdout == "name\n───────────\nNguyễn Tăng\n"

    def test_the_query_comes_from_an_argument_a_file_or_standard_input(
        self, kg: Kg, seed_store: Path, tmp_path: Path
    ) -> None:
        (tmp_path / "chaired.rq").write_text(CHAIRED, encoding="utf-8")
        answers = {
            kg("query", CHAIRED, "--store", seed_store, "--format", "csv").stdout,
            kg("query", "--file", tmp_path / "chaired.rq", "--store", seed_store, "--format", "csv").stdout,
            kg("query", "--store", seed_store, "--format", "csv", stdin=CHAIRED).stdout,
            kg("query", CHAIRED, "--format", "csv", SEEDS).stdout,
        }
        assert [answer.split() for answer in answers] == [["name", "Nguyễn", "Tăng"]]

    def test_every_format(self, kg: Kg, seed_store: Path) -> None:
        def ask(query: str, form: str) -> str:
            return kg("query", query, "--store", seed_store, "--format", form).stdout

        graph = "PREFIX kg: <https://yte-kg.org/ontology#> CONSTRUCT WHERE { ?official kg:chaired ?meeting }"
        assert json.loads(ask(CHAIRED, "json"))["results"]["bindings"][0]["name"]["value"] == "Nguyễn Tăng"
        assert "?name" in ask(CHAIRED, "tsv")
        assert "<sparql" in ask(CHAIRED, "xml")
        assert "chaired" in ask(graph, "turtle")
        assert kg("query", graph, "--store", seed_store).stdout == ask(graph, "turtle")
        assert ask("ASK {}", "table") == "yes\n"

    @pytest.mark.parametrize(
        ("query", "words"),
        [
            ("SELECT ?x WHERE { ?x }", ["malformed", "line 1"]),
            ("", ["empty"]),
            ("DELETE WHERE { ?s ?p ?o }", ["update"]),
            ("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", ["SERVICE"]),
        ],
    )
    def test_what_is_no_query_has_exit_code_2(
        self, kg: Kg, seed_store: Path, query: str, words: list[str]
    ) -> None:
        _fails(kg("query", "--store", seed_store, stdin=query), 2, *words)

    def test_a_format_that_does_not_fit_and_a_file_that_cannot_be_read(
        self, kg: Kg, seed_store: Path
    ) -> None:
        _fails(kg("query", CHAIRED, "--store", seed_store, "--format", "turtle"), 2, "turtle", "csv")
        _fails(kg("query", "--file", "none.rq", "--store", seed_store), 2, "none.rq")


class TestPath:
    def test_two_people_of_one_meeting_with_the_words_that_say_so(self, kg: Kg, seed_store: Path) -> None:
        outcome = kg("path", "Nguyễn Tăng", "Hồ Văn Vinh", "--store", seed_store)
        assert outcome.returncode == 0, outcome.stderr
        assert "phiên làm việc" in outcome.stdout
        assert "đồng chí Nguyễn Tăng" in outcome.stdout

    def test_unknown_names_and_unconnected_things_have_exit_code_4(self, kg: Kg, seed_store: Path) -> None:
        _fails(kg("path", "Nguyễn Tăng", "Lý Thường Kiệt", "--store", seed_store), 4, "Lý Thường Kiệt")
        _fails(kg("path", "https://example.org/x", "Nguyễn Tăng", "--store", seed_store), 4, "example.org/x")
        _fails(kg("path", "Nguyễn Tăng", "Bùi Thu Hằng", "--store", seed_store), 4, "Bùi Thu Hằng")


class TestExport:
    @pytest.mark.parametrize(
        ("form", "sign"), [("trig", "{"), ("nquads", " .\n"), ("turtle", "@prefix"), ("jsonld", "@id")]
    )
    def test_every_format_names_the_chair(self, kg: Kg, seed_store: Path, form: str, sign: str) -> None:
        exported = kg("export", "--store", seed_store, "--format", form)
        assert exported.returncode == 0
        assert sign in exported.stdout
        assert "Nguyễn Tăng" in exported.stdout

    def test_a_file_is_written_whole_or_not_at_all(self, kg: Kg, seed_store: Path, tmp_path: Path) -> None:
        target = tmp_path / "graph.nq"
        target.write_text("old")
        assert kg("export", "--store", seed_store, "--format", "nquads", "--output", target).returncode == 0
        printed = kg("export", "--store", seed_store, "--format", "nquads").stdout
        assert target.read_text(encoding="utf-8") == printed
        assert list(tmp_path.iterdir()) == [target]
        _fails(kg("export", "--store", seed_store, "--output", tmp_path / "none" / "graph"), 1, "graph")


class TestValidate:
    def test_a_sound_store_conforms(self, kg: Kg, seed_store: Path) -> None:
        outcome = kg("validate", "--store", seed_store)
        assert outcome.returncode == 0, outcome.stdout
        assert "5 article" in outcome.stdout

    def test_a_graph_that_does_not_conform_is_told_of_in_words(self, kg: Kg, tmp_path: Path) -> None:
        graph = "https://yte-kg.org/id/graph/article/x"
        bare = "<https://example.org/article> a <https://yte-kg.org/ontology#Article> ."
        with closing(open_store(tmp_path / "store")) as store:
            store.replace_graph(graph, parse_quads(bare, "turtle", graph=graph))
        outcome = kg("validate", "--store", tmp_path / "store")
        assert outcome.returncode == 5
        assert outcome.stderr == ""
        assert "https://example.org/article" in outcome.stdout
        assert "does not conform" in outcome.stdout
        assert outcome.stdout.endswith("1 articles checked, 0 conform, 1 do not\n")


class TestServe:
    @pytest.mark.parametrize("way", [signal.SIGINT, signal.SIGTERM])
    def test_it_is_stopped_well_by_either_signal(self, seed_store: Path, way: signal.Signals) -> None:
        command = [sys.executable, "-m", "kg", "serve", "--store", str(seed_store), "--port", "0"]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        with subprocess.Popen(command, stderr=subprocess.PIPE, env=environment, encoding="utf-8") as process:
            assert process.stderr is not None
            assert "http://127.0.0.1:" in process.stderr.readline()
            process.send_signal(way)
            assert process.wait(timeout=30) == 0
            assert "Traceback" not in process.stderr.read()

    def test_a_store_that_is_served_is_not_built_into(
        self, kg: Kg, seed_store: Path, live_service: str
    ) -> None:
        assert live_service
        _fails(kg("build", SEEDS, "--store", seed_store), 3, "in use", "kg serve")
        assert kg("query", CHAIRED, "--store", seed_store).returncode == 0

    def test_a_port_that_is_taken(self, kg: Kg, seed_store: Path, live_service: str, tmp_path: Path) -> None:
        store = shutil.copytree(seed_store, tmp_path / "store")
        port = live_service.rsplit(":", 1)[1]
        outcome = kg("serve", "--store", store, "--port", port)
        assert outcome.returncode != 0
        assert "Traceback" not in outcome.stderr
        assert port in outcome.stderr
        assert "--port" in outcome.stderr
