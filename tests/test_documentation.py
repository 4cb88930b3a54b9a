"""The documentation is true: what it says of commands, addresses and files is so.

That its blocks of code do what they show is tested in tests/documentation, its figures in tests/quality.
"""

import json
import re
import urllib.error
import urllib.request

import pytest

from kg.cli.arguments import EXIT_CODES
from tests.conftest import ROOT, Kg
from tests.documentation.blocks import documents, read_blocks

README = (ROOT / "README.md").read_text(encoding="utf-8")
SERVICE = (ROOT / "api" / "README.md").read_text(encoding="utf-8")
COMMANDS = (ROOT / "kg" / "cli" / "REFERENCE.md").read_text(encoding="utf-8")
# What a document names in passing: a file that somebody has, and none of the project.
_OF_SOMEBODY = ("my_package", "article.txt", "CHANGES.md")


@pytest.mark.parametrize(
    "question", re.findall(r"`(?:kg query )?([a-z]+_[a-z]+|figures|counts)(?: seeds)?`", README)
)
def test_every_question_with_a_name_is_answered(kg: Kg, seed_store: object, question: str) -> None:
    answer = kg("query", question, "--store", str(seed_store))
    assert answer.returncode == 0, answer.stderr
    assert len(answer.stdout.splitlines()) > 2


def test_every_address_answers(live_service: str) -> None:
    addresses = re.findall(r"http://127\.0\.0\.1:8000(/[^\s\">]*)", README + SERVICE)
    addresses += re.findall(r"[|,] `(/[^`…?]*)[`?]", SERVICE)
    assert len(addresses) >= 20
    needed = {
        "/sparql": "query=ASK+%7B%7D",
        "/api/search": "q=nguyen+tang",
        "/api/suggest": "q=nguyen+t",
        "/api/paths": "source=nguyen+tang&target=ho+van+vinh",
        "/api/places": "name=Than+Uy%C3%AAn",
        "/api/ask": "q=who+chaired+meetings",
    }
    for address in addresses:
        path, _, given = address.partition("?")
        parameters = "&".join(filter(None, (given, needed.get(path))))
        try:
            with urllib.request.urlopen(f"{live_service}{path}?{parameters}") as answer:  # noqa: S310 - our own
                assert answer.status == 200, address
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{address}: {error}") from None


def test_every_address_of_the_contract_is_described(live_service: str) -> None:
    with urllib.request.urlopen(f"{live_service}/openapi.json") as answer:  # noqa: S310 - our own service
        paths = json.load(answer)["paths"]
    named = {"/".join(path.split("/")[: 3 if path.startswith("/api/") else 2]) for path in paths}
    named -= {"/static", "/favicon.ico"}  # of the pages
    assert sorted(each for each in named if each not in SERVICE) == []


def test_every_command_is_described(kg: Kg) -> None:
    commands = re.findall(r"^    ([a-z-]+)(?: |$)", kg("--help").stdout, flags=re.MULTILINE)
    assert sorted(commands) == sorted(re.findall(r"^## kg ([a-z-]+)$", COMMANDS, flags=re.MULTILINE))
    table = README.partition("\n## Commands\n")[2].lstrip().partition("\n\n")[0]
    assert sorted(commands) == sorted(re.findall(r"`kg ([a-z-]+)`", table))


def test_the_exit_codes_are_those_of_the_program() -> None:
    shown = dict(re.findall(r"^\| (\d) \| (.*) \|$", COMMANDS, flags=re.MULTILINE))
    assert {int(code): meaning for code, meaning in shown.items()} == dict(EXIT_CODES)


def test_the_test_command_is_what_the_checks_run() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    _, testing, *_ = (block.text.strip() for block in read_blocks("README.md") if block.language == "sh")
    assert all(step.strip() in script for step in testing.split("&&"))


@pytest.mark.parametrize("document", documents())
def test_every_file_that_is_spoken_of_is_there(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    text = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    named = re.findall(r"`((?:api|kg|ontology|seeds|tests)/[\w./-]*|\w+\.md|LICENSE)`", text)
    linked = re.findall(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)", text)
    beside = (ROOT / document).parent
    for name in (*named, *linked):
        if not name.startswith(_OF_SOMEBODY):
            assert (ROOT / name).exists() or (beside / name).exists(), name


def test_the_readme_leads_to_every_document() -> None:
    beside_tests = [each for each in documents() if not each.startswith("tests/")]
    assert [each for each in beside_tests if each != "README.md" and f"({each})" not in README] == []
