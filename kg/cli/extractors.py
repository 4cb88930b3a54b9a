"""The extractors that a command was asked to read with beside the rules."""

from __future__ import annotations

import argparse

from kg.extraction.extensions import NamedExtension, load_extractors
from kg.settings import Settings


def asked_for(arguments: argparse.Namespace) -> tuple[NamedExtension, ...]:
    """Return the extractors that ``--extractor`` names, else those of the setting ``KG_EXTRACTORS``.

    Raises:
        ExtensionError: one is unknown or cannot be opened.
    """
    return load_extractors(getattr(arguments, "extractors", None) or Settings.from_environment().extractors)
