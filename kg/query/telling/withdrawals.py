"""What a withdrawal means, as JSON for who decides on it."""

from __future__ import annotations

from kg.graph.iris import slug_of
from kg.query.names import Names, local_name
from kg.query.telling.things import Json
from kg.withdrawal import Withdrawing


def withdrawing_json(withdrawing: Withdrawing, names: Names) -> Json:
    """Return what goes with a thing, what stays, and which addresses of articles hold its name."""
    spelt = slug_of(withdrawing.thing) if withdrawing.withdrawal.kind == "person" else ""
    return {
        "id": withdrawing.thing,
        "kind": withdrawing.withdrawal.kind,
        "name": names.label(withdrawing.thing, "vi"),
        "iris": list(withdrawing.iris),
        "articles": list(withdrawing.articles),
        "namesakes": [{"id": it, "name": names.label(it, "vi")} for it in withdrawing.namesakes],
        "named_by": [it for it in withdrawing.articles if spelt and f"-{spelt}-" in f"-{local_name(it)}-"],
    }
