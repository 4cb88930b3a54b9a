"""``python -m kg`` and the command ``kg``."""

from __future__ import annotations

import sys

from kg.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(main())
