"""Comparing extracted facts with facts annotated by hand: figures, misses and calibration.

The package reads JSON of one format on both sides and knows nothing of how facts are extracted.
"""

from kg.evaluation.claims import SLOTS
from kg.evaluation.comparison import CORE, Evaluation, Fault, Figures, evaluate
from kg.evaluation.gold import GoldArticle, corpus_hash, read_gold

__all__ = [
    "CORE",
    "SLOTS",
    "Evaluation",
    "Fault",
    "Figures",
    "GoldArticle",
    "corpus_hash",
    "evaluate",
    "read_gold",
]
