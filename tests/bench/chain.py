"""The chain of underthesea over texts: words, parts of speech and names. Knows nothing of yte-kg.

Reads a JSON array of texts from standard input and prints one JSON object; the argument says in what pieces
a text is handed over: article, line or sentence. `ner` runs the whole chain itself (words, parts of speech,
chunks, names); "calls" asks for each of the three after the other, article by article.
"""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from underthesea import ner, pos_tag, sent_tokenize, word_tokenize


def pieces(text: str, of: str) -> Iterator[str]:
    """Yield what is handed over at once."""
    if of in ("article", "calls"):
        yield text
        return
    for line in filter(str.strip, text.split("\n")):
        yield from sent_tokenize(line) if of == "sentence" else (line,)


def run(texts: list[str], of: str) -> float:
    """Run the chain over all texts and return the seconds it took."""
    started = time.process_time()
    for text in texts:
        for piece in pieces(text, of):
            if of == "calls":
                word_tokenize(piece)
                pos_tag(piece)
            ner(piece)
    return time.process_time() - started


def main(of: str) -> None:
    """Measure, after a first sentence that loads the models."""
    texts = json.load(sys.stdin)
    run(["Ông Lò Văn Ính đến Sơn La."], of)
    seconds = run(texts, of)
    peak = int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]) // 1024
    sys.stdout.write(json.dumps({"characters": sum(map(len, texts)), "seconds": seconds, "peak": peak}))


if __name__ == "__main__":
    main(sys.argv[1])
