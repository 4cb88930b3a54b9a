"""Why items are where they should not be, as far as the graph itself tells."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tests.truth.alignment import KINDS, Item
from tests.truth.bcubed import clusters, homes
from tests.truth.findings import Findings, Found
from tests.truth.records import REFORM, TrueArticle
from tests.truth.world import World


@dataclass(frozen=True, slots=True)
class Fault:
    """One item that is not where it should be.

    Attributes:
        sort: "not extracted", "split" or "merge".
        cause: what the graph tells of why.
        item: which.
        node_label: what its node is called, if it has one.
    """

    sort: str
    cause: str
    item: Item
    node_label: str = ""


class Examiner:
    """Looks at items one by one."""

    def __init__(
        self,
        world: World,
        articles: Mapping[str, TrueArticle],
        findings: Findings,
        items: tuple[Item, ...],
    ) -> None:
        """Take everything that a cause may lie in."""
        self._world = world
        self._articles = articles
        self._findings = findings
        self._items = items
        self._homes = {kind: homes(it for it in items if it.kind == kind) for kind in KINDS}
        self._clusters = {kind: clusters(it for it in items if it.kind == kind) for kind in KINDS}
        self._by_thing: defaultdict[str, list[Item]] = defaultdict(list)
        for item in items:
            self._by_thing[item.id].append(item)
        self._nodes = {(item.article, item.id): item.node for item in items}

    def faults(self) -> Iterator[Fault]:
        """Yield what is wrong: an item may be split from its thing and merged with another."""
        for item in self._items:
            if item.node is None:
                yield Fault("not extracted", self._missed(item), item)
                continue
            label = self._label(item)
            if item.node != self._homes[item.kind][item.id]:
                yield Fault("split", self._split(item), item, label)
            things = self._clusters[item.kind][item.node]
            main = min(things, key=lambda id_: (-things[id_], id_))
            if item.id != main:
                yield Fault("merge", self._merge(item, main), item, label)

    def merged_namesakes(self) -> tuple[tuple[str, str], ...]:
        """Return the pairs of people of one name, never of one province, who share a node anywhere."""
        pairs = []
        for one, other in self._world.namesakes:
            apart = not self._world.provinces_of[one] & self._world.provinces_of[other]
            shared = any({one, other} <= set(things) for things in self._clusters["person"].values())
            if apart and shared:
                pairs.append((one, other))
        return tuple(pairs)

    def strangers(self) -> Counter[str]:
        """Count the names of other news that the graph took for people of the article."""
        taken: Counter[str] = Counter()
        for article in self._articles.values():
            found = self._findings.articles.get(article.name, Found())
            labels = {
                label for node in found.nodes.values() if node.kind == "person" for label in node.labels
            }
            taken["names of other news"] += len(article.strangers)
            taken["taken for people of the article"] += len(labels & set(article.strangers))
        return taken

    def _missed(self, item: Item) -> str:
        found = self._findings.articles.get(item.article)
        if found is None:
            return "article without a graph"
        if item.kind == "person":
            return "name not read, or read as another"
        return f"form: {item.forms[0]}" if len(item.forms) == 1 else "form: several"

    def _split(self, item: Item) -> str:
        if item.kind == "place":
            version = self._findings.versions.get(item.node or "")
            return self._place_cause(item, version)
        found = self._findings.articles[item.article]
        return self._body_cause(item, found) if item.kind == "body" else self._person_cause(item, found)

    def _place_cause(self, item: Item, version: str | None) -> str:
        if version is None:
            return "no unit of the lists"
        if version == item.id:
            return "right unit, but not where the others are"
        same_code = version.partition("/")[0] == item.id.partition("/")[0]
        return "another version of the unit" if same_code else "another unit"

    def _body_cause(self, item: Item, found: Found) -> str:
        body = self._world.bodies[item.id]
        codes = {code for code in found.seats.get(item.node or "", ()) if code}
        if not codes:
            return "no place"
        if body.unit.code in codes or (body.kind == "area_centre" and body.province.code in codes):
            return "right place, other name"
        return "another place"

    def _person_cause(self, item: Item, found: Found) -> str:
        posts = found.posts.get(item.node or "", set())
        if not posts:
            return "extraction: no post"
        stated = [post for post in self._articles[item.article].posts if post.person == item.id]
        nodes = {self._nodes.get((item.article, post.body)) for post in stated} - {None}
        linked = {body for _, body in posts if body}
        if not linked:
            return "extraction: post without a body"
        if not linked & nodes:
            return "extraction: post at another body"
        settled = set(self._homes["body"].values())
        if not linked & nodes & settled:
            return "its body is split"
        home = self._homes["person"][item.id]
        usual = {
            post.body
            for other in self._by_thing[item.id]
            if other.node == home
            for post in self._articles[other.article].posts
            if post.person == item.id
        }
        if usual & {post.body for post in stated}:
            return "identity: same body, still apart"
        return "identity: other body of the career"

    def _merge(self, item: Item, main: str) -> str:
        if item.kind == "person":
            mine, others = self._world.provinces_of[item.id], self._world.provinces_of[main]
            return "namesake of the province" if mine & others else "namesake of another province"
        if item.kind == "place":
            codes = item.id.partition("/")[0], main.partition("/")[0]
            return "two versions of one unit" if codes[0] == codes[1] else "two units"
        one, other = self._world.bodies[item.id], self._world.bodies[main]
        if one.kind != other.kind:
            return "two kinds of body"
        if (one.first < REFORM) != (other.first < REFORM):
            return "before and after the reform"
        return "two provinces" if one.province.name != other.province.name else "two places of one province"

    def _label(self, item: Item) -> str:
        node = self._findings.articles[item.article].nodes.get((item.node or "", item.kind))
        return min(node.labels) if node is not None else ""
