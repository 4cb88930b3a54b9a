"""What one more article costs in a store that grows: python -m tests.bench.growth --articles 100000.

No article is read: graphs come from a world of templates, in the order of their days. Each is stored and
completed by the functions that ``kg build`` calls. At each size the last articles come one at a time, as in a
build of one article each, and are timed; what lies between is loaded at once.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random

import pyoxigraph as ox

from kg.completion import complete_places, read_profiles
from kg.graph import build_graph, build_identity_graph, derive_article, values_of
from kg.model.resolution import Resolution
from kg.pipeline import StoredArticle, complete_store
from kg.resolution.linking import link_profiles
from kg.store import open_store
from kg.vocabulary import namespaces as ns
from kg.vocabulary.administrative_units import AdministrativeUnit
from kg.vocabulary.gazetteer import load_gazetteer
from tests.graph.officials import BASE, Told, article
from tests.truth.lexis import load

SIZES = (1_000, 5_000, 20_000, 50_000, 100_000)
TIMED = 40
BATCH = 2_000
FIRST_DAY, DAYS = date(2010, 1, 1), 5_600
TERM = 1_500  # days for which one has a post
BODIES = ("Trung tâm Y tế", "Phòng Y tế", "Bệnh viện Đa khoa", "Hội Chữ thập đỏ")
POSTS = ("Giám đốc", "Phó Giám đốc", "Trưởng phòng")


def articles(total: int) -> Iterator[Resolution]:
    """Yield articles on bodies of districts all over the country, each naming two of their people."""
    gazetteer, chance = load_gazetteer(), Random(7)  # noqa: S311 (nothing here is a secret)
    districts = [unit for unit in gazetteer.units(date(2024, 1, 1)) if unit.tier == 2]
    for number in range(total):
        day = FIRST_DAY + timedelta(days=number * DAYS // total)
        yield article(f"a{number}", day.isoformat(), *_posts(chance.choice(districts), day, chance))


def _posts(district: AdministrativeUnit, day: date, chance: Random) -> Iterator[Told]:
    province = load_gazetteer().province_of(district, date(2024, 1, 1)).full_name
    every = [(body, post) for body in BODIES for post in POSTS]
    for body, post in chance.sample(every, 2):
        place = f"{body} {post} {district.code}"
        term = ((day - FIRST_DAY).days + Random(place).randrange(TERM)) // TERM  # noqa: S311
        yield Told(_name(f"{place} {term}"), post, district.full_name, province, body=body)


def _name(holder: str) -> str:
    """Return the name of a holder of a post, always the same; names are shared as those of people are."""
    chance, names = Random(holder), load("names")  # noqa: S311
    parts = names[chance.choice(("men", "women"))]
    return " ".join(map(chance.choice, (names["surnames"], parts["middles"], parts["given"])))


def fill(path: Path, told: Iterable[Resolution]) -> None:
    """Put articles into the store on disk with what follows from them, faster than builds would."""
    with closing(open_store(path)):
        pass  # which makes the directory
    names: list[str] = []
    blocks: set[str] = set()
    for batch in batched(told):
        quads: list[ox.Quad] = []
        for graph in (build_graph(each, base=BASE) for each in batch):
            derived = derive_article(graph.quads, {}, graph=graph.name, base=BASE)
            blocks |= values_of(derived, ns.IN_BLOCK)
            quads += (*graph.quads, *derived)
            names.append(graph.name)
        bulk_load(path, quads)
    with closing(open_store(path)) as store:
        complete_places(store, names, base=BASE)
        linked = {block: link_profiles(read_profiles(store, block)) for block in sorted(blocks)}
    decided = ((linked[block], block) for block in linked)
    bulk_load(
        path, (quad for it, block in decided for quad in build_identity_graph(it, block=block, base=BASE))
    )


def bulk_load(path: Path, quads: Iterable[ox.Quad]) -> None:
    """Put statements into the files of a store, and into the union of its graphs."""
    said = tuple(quads)
    engine = ox.Store(str(path / "data"))
    engine.bulk_extend(said)
    engine.bulk_extend(ox.Quad(*quad.triple) for quad in said)
    engine.flush()


def batched(told: Iterable[Resolution]) -> Iterator[list[Resolution]]:
    """Yield what comes in lists of some length."""
    rest = iter(told)
    while batch := list(islice(rest, BATCH)):
        yield batch


def one_by_one(path: Path, told: Iterable[Resolution]) -> Iterator[tuple[float, float]]:
    """Build articles one at a time; yield the milliseconds of the clock and of the processor for each."""
    with closing(open_store(path)) as store:
        for each in told:
            at, used = time.perf_counter(), time.process_time()
            graph = build_graph(each, base=BASE)
            changed = store.replace_graph(graph.name, graph.quads)
            stored = StoredArticle(each.article, changed, len(graph.quads), frozenset())
            complete_store(store, [stored], started=datetime.now(UTC), base=BASE)
            yield 1000 * (time.perf_counter() - at), 1000 * (time.process_time() - used)


def grow(path: Path, sizes: Iterable[int]) -> Iterator[tuple[int, list[tuple[float, float]]]]:
    """Fill the store; yield at each size what the last articles took, each in a build of its own."""
    told, stored = articles(max(sizes)), 0
    for size in sorted(sizes):
        fill(path, islice(told, size - TIMED - stored))
        yield size, list(one_by_one(path, islice(told, TIMED)))
        stored = size


def run() -> int:
    """Grow a store and print a row at each size."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.growth", description=__doc__)
    parser.add_argument("--articles", type=int, default=20_000, metavar="N", help="default: %(default)s")
    parser.add_argument("--store", type=Path, metavar="DIR", help="a new directory, which is kept")
    arguments = parser.parse_args()
    sizes = sorted({*(size for size in SIZES if size < arguments.articles), arguments.articles})
    first: list[float] = []
    row("articles", "ms, median", "times", "cpu ms, median", "times")
    with tempfile.TemporaryDirectory() as temporary:
        for size, taken in grow(arguments.store or Path(temporary) / "store", sizes):
            now = [statistics.median(column) for column in zip(*taken, strict=True)]
            first = first or now
            pairs = zip(now, first, strict=True)
            row(f"{size:,}", *(f"{cell:.1f}" for each, begun in pairs for cell in (each, each / begun)))
    return 0


def row(*cells: str) -> None:
    """Print a row of the table at once."""
    sys.stdout.write("".join(f"{cell:>16}" for cell in cells) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(run())
