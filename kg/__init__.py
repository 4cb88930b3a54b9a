"""yte-kg: a knowledge graph of Vietnam's local health sector, read from news articles."""

__version__ = "0.1.0"
