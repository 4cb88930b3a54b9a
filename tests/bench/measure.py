"""One measurement in a process of its own, so that its peak of memory is its own; prints one JSON object.

python -m tests.bench.measure corpus
python -m tests.bench.measure document 1000000 "one line"
"""

import json
import sys
import time
from pathlib import Path

from kg.ingest import parse_article, read_document
from kg.model.article import Document
from kg.pipeline import extract_article
from tests.bench import corpus


def peak() -> int:
    """Return the most memory that this process has held at once, in MB."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


def extract(documents: list[Document]) -> dict[str, float]:
    """Read the documents and extract from them; what comes in is text, what comes out is resolved facts."""
    started = time.process_time()
    for each in documents:
        extract_article(parse_article(each))
    seconds = time.process_time() - started
    return {"characters": sum(len(each.text) for each in documents), "seconds": seconds, "peak": peak()}


def main(arguments: list[str]) -> None:
    """Measure what the arguments ask for, after a first reading that loads data and compiles patterns."""
    articles = [read_document(path) for path in corpus.paths()]
    extract(articles[:3])
    if arguments[0] == "document":
        text = corpus.document(int(arguments[1]), arguments[2])
        articles = [Document(id="long", source="long.txt", text=text)]
    sys.stdout.write(json.dumps(extract(articles)))


if __name__ == "__main__":
    main(sys.argv[1:])
