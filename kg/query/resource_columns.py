"""What a list is filtered and sorted by, as arrays, in memory or mapped from a file.

The items of a list are numbers in the order of their IRIs, and what they say of one facet stands in a column:
the different values once, which of them each item says, and by which items each is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from operator import itemgetter

import numpy as np

from kg.query.connections import Numbers, Texts, pack

Facets = Mapping[str, tuple[str, ...]]

_NO_NUMBERS = np.zeros(0, np.int32)


@dataclass(frozen=True, slots=True)
class Register:
    """Different texts, sorted by their bytes, each of them quickly found.

    Attributes:
        digests: of all texts, sorted; `places` says which text each is of.
    """

    texts: Texts
    digests: Numbers
    places: Numbers

    def __len__(self) -> int:
        return len(self.texts)

    def __getitem__(self, number: int) -> str:
        return self.texts[number]

    def find(self, text: str) -> int | None:
        """Return the number of a text; None where it is not there."""
        found = self.find_all((text,))
        return int(found[0]) if len(found) else None

    def find_all(self, texts: Iterable[str]) -> Numbers:
        """Return the numbers of those texts that are there."""
        wanted = list(texts)
        if not wanted or not len(self):
            return _NO_NUMBERS
        digests = np.fromiter(map(_digest, wanted), np.uint64, len(wanted))
        at = np.minimum(np.searchsorted(self.digests, digests), len(self) - 1)
        numbers = self.places[at]
        same = np.flatnonzero(self.digests[at] == digests).tolist()
        # Digests of different texts may be the same, if hardly ever: then a text is looked for by itself.
        found = (
            number if self[number := int(numbers[it])] == wanted[it] else self.texts.find(wanted[it])
            for it in same
        )
        return np.fromiter((it for it in found if it is not None), np.int32)


@dataclass(frozen=True, slots=True)
class Column:
    """What the items of a list say of one facet.

    Attributes:
        starts: where what each item says begins in `numbers`, which are those of values.
        held: where the items that say each value begin in `holders`.
    """

    values: Register
    starts: Numbers
    numbers: Numbers
    held: Numbers
    holders: Numbers

    def of(self, item: int) -> tuple[str, ...]:
        """Return what an item says, in the order in which it was read."""
        stretch = self.numbers[int(self.starts[item]) : int(self.starts[item + 1])]
        return tuple(self.values[number] for number in stretch.tolist())

    def count(self, item: int) -> int:
        """Return how many values an item says."""
        return int(self.starts[item + 1]) - int(self.starts[item])

    def every(self) -> Iterator[str]:
        """Yield the values in the order of their numbers."""
        return (self.values[number] for number in range(len(self.values)))

    @property
    def said(self) -> Numbers:
        """For every item, whether it says anything."""
        return np.diff(self.starts) > 0

    @property
    def firsts(self) -> Numbers:
        """For every item, the number of the first value that it says; -1 where it says none."""
        there = self.said
        found = np.full(len(there), -1, np.int64)
        found[there] = self.numbers[self.starts[:-1][there]]
        return found

    def items(self, values: Numbers) -> Numbers:
        """Return the items that say one of some values, which are given by number; some may come twice."""
        stretches = [self.holders[int(self.held[it]) : int(self.held[it + 1])] for it in values.tolist()]
        return np.concatenate(stretches) if stretches else _NO_NUMBERS

    def passing(self, values: Numbers) -> Numbers:
        """Return for every item whether it says one of some values; of every value is given if it counts."""
        found = np.zeros(len(self.starts) - 1, np.bool_)
        found[self.holders[np.repeat(values, np.diff(self.held))]] = True
        return found


@dataclass(frozen=True, slots=True)
class Table:
    """The items of one list.

    Attributes:
        columns: by name of the facet, of those that any item says.
        orders: the items by name of the order, with "-" the last first.
    """

    ids: Register
    columns: Mapping[str, Column]
    orders: Mapping[str, Numbers]

    def __len__(self) -> int:
        return len(self.ids)

    def facets(self, identifier: str) -> Facets:
        """Return all that an item says; nothing of what is not in the list."""
        item = self.ids.find(identifier)
        return {} if item is None else self.said(item, self.columns)

    def said(self, item: int, facets: Iterable[str]) -> Facets:
        """Return what an item says of some facets, without those that it says nothing of."""
        there = ((name, self.columns[name].of(item)) for name in facets if name in self.columns)
        return {name: values for name, values in there if values}

    def having(self, facet: str, values: Iterable[str]) -> Numbers:
        """Return for every item whether it has one of some values."""
        return self.mask(self.holders(facet, values))

    def holders(self, facet: str, values: Iterable[str]) -> Numbers:
        """Return the items that have one of some values; some may come twice."""
        column = self.columns.get(facet)
        return _NO_NUMBERS if column is None else column.items(column.values.find_all(values))

    def mask(self, items: Numbers) -> Numbers:
        """Return for every item whether it is one of some."""
        found = np.zeros(len(self), np.bool_)
        found[items] = True
        return found


def make_table(facets: Mapping[str, Facets], orders: Mapping[str, Iterable[str]]) -> Table:
    """Return the table of items.

    Args:
        facets: of each item what it says, by facet.
        orders: the items in each order.
    """
    ids = sorted(facets, key=str.encode)
    item = {identifier: number for number, identifier in enumerate(ids)}
    names = dict.fromkeys(name for identifier in ids for name in facets[identifier])
    return Table(
        make_register(ids),
        {name: _column([facets[identifier].get(name, ()) for identifier in ids]) for name in names},
        {name: np.array([item[each] for each in order], np.int32) for name, order in orders.items()},
    )


def make_register(texts: Iterable[str]) -> Register:
    """Return a register of different texts, which are sorted by their bytes."""
    known = list(texts)
    digests = np.fromiter(map(_digest, known), np.uint64, len(known))
    places = np.argsort(digests, kind="stable").astype(np.int32)
    return Register(pack(known), digests[places], places)


def _column(said: list[tuple[str, ...]]) -> Column:
    values = sorted({value for each in said for value in each}, key=str.encode)
    code = {value: number for number, value in enumerate(values)}
    counts = np.fromiter(map(len, said), np.int64, len(said))
    numbers = np.array([code[value] for each in said for value in each], np.int32)
    items = np.repeat(np.arange(len(said), dtype=np.int32), counts)
    by_value = np.argsort(numbers, kind="stable")
    return Column(
        make_register(values),
        _starts(counts),
        numbers,
        _starts(np.bincount(numbers, minlength=len(values))),
        items[by_value],
    )


def _starts(counts: Numbers) -> Numbers:
    found = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=found[1:])
    return found


def _digest(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


PARTS = ("starts", "numbers", "held", "holders")
"""The arrays of a column beside its register."""


def to_arrays(table: Table) -> dict[str, Numbers]:
    """Return all arrays of a table by names that `from_arrays` knows."""
    found = _of_register("ids", table.ids)
    for name, column in table.columns.items():
        found |= _of_register(f"column/{name}/values", column.values)
        found |= {f"column/{name}/{part}": getattr(column, part) for part in PARTS}
    return found | {f"order/{name}": order for name, order in table.orders.items()}


def from_arrays(arrays: Mapping[str, Numbers]) -> Table:
    """Return the table of some arrays.

    Raises:
        KeyError: one is not there.
    """
    names = dict.fromkeys(map(itemgetter(1), (it.split("/") for it in arrays if it.startswith("column/"))))
    return Table(
        _to_register("ids", arrays),
        {
            name: Column(
                _to_register(f"column/{name}/values", arrays),
                *(arrays[f"column/{name}/{part}"] for part in PARTS),
            )
            for name in names
        },
        {name.removeprefix("order/"): array for name, array in arrays.items() if name.startswith("order/")},
    )


def _of_register(name: str, register: Register) -> dict[str, Numbers]:
    return {
        f"{name}/content": register.texts.content,
        f"{name}/starts": register.texts.starts,
        f"{name}/digests": register.digests,
        f"{name}/places": register.places,
    }


def _to_register(name: str, arrays: Mapping[str, Numbers]) -> Register:
    content, starts, digests, places = (
        arrays[f"{name}/{part}"] for part in ("content", "starts", "digests", "places")
    )
    return Register(Texts(content, starts), digests, places)
