"""The contract, tried for long: thousands of requests of every kind against a service over the seeds.

python -m tests.bench.contract                         100 made-up requests an operation
python -m tests.bench.contract --examples 1000         ten times as many
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from kg.__main__ import main as kg
from tests.api.contract_trial import try_contract
from tests.api.running import ROOT, TOKEN, running


def main() -> int:
    """Print what schemathesis found, and the faults in the service's own log; return 1 if there is any."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--examples", default=100, type=int, help="made-up requests an operation and phase")
    parser.add_argument("--seed", default=1, type=int, help="another gives other requests (default: 1)")
    parser.add_argument("--hours", default=4.0, type=float, help="when to give up")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        directory = Path(temporary)
        kg(["build", str(ROOT / "seeds"), "--store", str(directory / "store")])
        variables = {"KG_WRITE_TOKEN": TOKEN, "KG_BACKUP_DIRECTORY": str(directory / "backups")}
        options = ("--query-seconds", "5")
        with running(directory / "store", directory, *options, variables=variables) as service:
            tried = try_contract(
                service.address,
                directory,
                *("--max-examples", str(given.examples), "--seed", str(given.seed), "--continue-on-failure"),
                token=TOKEN,
                seconds=round(given.hours * 3600),
            )
            said = service.said.read_text(encoding="utf-8")
    faults = said.count("fault while")
    sys.stdout.write(f"{tried.stdout}\n{tried.stderr}\nfaults in the log: {faults}\n")
    return int(tried.returncode != 0 or faults > 0)


if __name__ == "__main__":
    sys.exit(main())
