"""The truth test's table: scores, causes, and the worst of what was put together or kept apart wrongly."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tests.truth.alignment import KINDS, Item, align
from tests.truth.bcubed import Score, clusters, score
from tests.truth.causes import Examiner, Fault
from tests.truth.findings import Findings
from tests.truth.records import TrueArticle
from tests.truth.world import World

TARGETS = {"person": 0.97, "body": 0.98, "place": 0.99}


@dataclass(frozen=True, slots=True)
class Measure:
    """What was measured.

    Attributes:
        scores: by kind.
        merged_namesakes: pairs of two provinces that share a node; none may.
        faults: every item that is not where it should be.
        strangers: how many names of other news there are, and how many the graph took in.
        items: everything that was looked at.
    """

    world: World
    scores: Mapping[str, Score]
    merged_namesakes: tuple[tuple[str, str], ...]
    faults: tuple[Fault, ...]
    strangers: Mapping[str, int]
    items: tuple[Item, ...]

    @property
    def meets_targets(self) -> bool:
        """Whether every figure is as good as it must be."""
        good = all(it.f1 >= TARGETS[kind] for kind, it in self.scores.items())
        return good and not self.merged_namesakes


def measure(world: World, articles: tuple[TrueArticle, ...], findings: Findings) -> Measure:
    """Compare what the graph says with what is true."""
    items = align(articles, findings)
    examiner = Examiner(world, {article.name: article for article in articles}, findings, items)
    return Measure(
        world=world,
        scores={kind: score(item for item in items if item.kind == kind) for kind in KINDS},
        merged_namesakes=examiner.merged_namesakes(),
        faults=tuple(examiner.faults()),
        strangers=examiner.strangers(),
        items=items,
    )


def lines(measured: Measure, *, worst: int) -> Iterator[str]:
    """Yield the report's lines.

    Args:
        worst: how many of the worst clusters to show of each sort.
    """
    yield f"{'':8}{'items':>7}{'cover':>8}{'P':>8}{'R':>8}{'F1':>8}{'target':>8}   of what was found: R, F1"
    for kind, it in measured.scores.items():
        figures = "".join(f"{each:8.4f}" for each in (it.coverage, it.precision, it.recall, it.f1))
        linked = f"{it.recall_of_found:.4f}, {it.linking_f1:.4f}"
        mark = "" if it.f1 >= TARGETS[kind] else " <"
        yield f"{kind:8}{it.items:7}{figures}{TARGETS[kind]:8.2f}{mark:2} {linked}"
    yield f"namesakes of two provinces merged: {len(measured.merged_namesakes)} pairs"
    yield "; ".join(f"{what}: {number}" for what, number in measured.strangers.items())
    yield from _causes(measured)
    for kind in KINDS:
        yield from _merged(measured, kind, worst)
        yield from _split(measured, kind, worst)


def _causes(measured: Measure) -> Iterator[str]:
    counted: Counter[tuple[str, str, str]] = Counter()
    examples: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
    for fault in measured.faults:
        cause = (fault.item.kind, fault.sort, fault.cause)
        counted[cause] += 1
        examples[cause].append(f"{fault.item.article} “{fault.item.surfaces[0]}”")
    yield ""
    yield "items that are not where they should be, by cause, with examples"
    for cause in sorted(counted, key=lambda it: (KINDS.index(it[0]), it[1], -counted[it])):
        kind, sort, why = cause
        yield f"{counted[cause]:6}  {kind:7}{sort:14}{why:42} {'; '.join(examples[cause][:2])}"


def _merged(measured: Measure, kind: str, worst: int) -> Iterator[str]:
    """Yield the nodes that stand for several things, those with most items in the wrong place first."""
    found = clusters(item for item in measured.items if item.kind == kind)
    wrong = {node: sum(things.values()) - max(things.values()) for node, things in found.items()}
    shown = sorted((node for node in found if wrong[node]), key=lambda node: (-wrong[node], node))
    if shown:
        yield ""
        yield f"{len(shown)} nodes stand for more than one {kind}; the worst"
    for node in shown[:worst]:
        yield f"  {node}"
        for thing, number in found[node].most_common(4):
            where = [it.article for it in measured.items if it.node == node and it.id == thing][:3]
            yield f"    {number:4} {_told(measured.world, kind, thing)}: {', '.join(where)}"


def _split(measured: Measure, kind: str, worst: int) -> Iterator[str]:
    """Yield the things that have several nodes, those with most items away from home first."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for item in measured.items:
        if item.kind == kind and item.node is not None:
            found[item.id][item.node] += 1
    away = {thing: sum(nodes.values()) - max(nodes.values()) for thing, nodes in found.items()}
    shown = sorted((thing for thing in found if away[thing]), key=lambda thing: (-away[thing], thing))
    if shown:
        yield ""
        yield f"{len(shown)} of {len(found)} {kind} things have more than one node; the worst"
    for thing in shown[:worst]:
        yield f"  {_told(measured.world, kind, thing)}"
        for node, number in found[thing].most_common(4):
            where = [it.article for it in measured.items if it.node == node and it.id == thing][:3]
            yield f"    {number:4} {node.rpartition('/')[2]}: {', '.join(where)}"


def _told(world: World, kind: str, thing: str) -> str:
    if kind == "body":
        body = world.bodies[thing]
        return f"{body.kind} of {body.unit.full_name} ({body.province.full_name}, from {body.first})"
    if kind == "place":
        return f"unit {thing}"
    posts = "; ".join(
        f"{tenure.post.title} {tenure.post.body} {tenure.first}…{tenure.last}"
        for tenure in world.by_person[thing]
    )
    return f"{world.people[thing].name} ({thing}): {posts}"
