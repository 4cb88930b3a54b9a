"""The README says how right the extraction is, and that is what is measured now."""

from collections.abc import Iterator

from kg.evaluation import SLOTS, Evaluation
from kg.evaluation.calibration import CALIBRATED, SURE, Bin, calibrate
from tests.conftest import ROOT
from tests.quality.floors import HELD_OUT, SETS

_TUNED = tuple(name for name in SETS if name not in HELD_OUT)
_COLUMNS = {"tuned": _TUNED, "held out": ("held_out",), "from outside": ("held_out_outside",)}


def test_the_readme_shows_the_figures_that_are_measured(evaluations: dict[str, Evaluation]) -> None:
    columns = [
        Evaluation(tuple(article for name in sets for article in evaluations[name].articles))
        for sets in _COLUMNS.values()
    ]
    section = _section()
    wanted = [*_slots(columns), "", *_confidences(columns)]
    shown = [line for line in section.splitlines() if line.startswith("|")]
    assert shown == [line for line in wanted if line], "put this in place:\n" + "\n".join(wanted)
    for evaluation in columns:
        assert f"{len(evaluation.articles)} " in section


def test_the_commands_that_measure_name_the_sets() -> None:
    commands = [line for line in _section().splitlines() if line.startswith("kg evaluate ")]
    assert {_sets(command) for command in commands} == set(_COLUMNS.values())


def _section() -> str:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    return readme.partition("## How right is it?\n")[2].partition("\n## ")[0]


def _sets(command: str) -> tuple[str, ...]:
    words = [word for word in command.split() if word.startswith("tests/quality/")]
    assert all((ROOT / word).is_dir() for word in words)
    return tuple(word.rpartition("/")[2] for word in words)


def _slots(columns: list[Evaluation]) -> Iterator[str]:
    yield _row("slot", *_COLUMNS)
    yield "|---|" + "---|" * len(columns)
    for slot in SLOTS:
        yield _row(slot, *(_figure(column.figures(slot).f1) for column in columns))
    yield _row("**core**", *(f"**{_figure(column.core)}**" for column in columns))


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _confidences(columns: list[Evaluation]) -> Iterator[str]:
    yield _row("confidence", *(cell for name in _COLUMNS for cell in (f"facts, {name}", "right")))
    yield "|---|" + "---|---|" * len(columns)
    bins = [{found.low: found for found in calibrate(each.verdicts(CALIBRATED))} for each in columns]
    for low in sorted({low for found in bins for low in found}, reverse=True):
        high = max(found[low].high for found in bins if low in found)
        name = f"above {SURE}" if low >= SURE else f"{low} to {high}"
        yield _row(name, *(cell for found in bins for cell in _cells(found.get(low))))


def _cells(found: Bin | None) -> tuple[str, str]:
    if found is None or found.share_right is None:
        return "0", "–"
    return f"{found.count:,}", f"{found.share_right:.1%}".replace("%", " %")
