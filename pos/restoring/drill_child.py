"""Does one restore drill in a process of its own, at low priority.

`python -m pos.restoring.drill_child` reads an order as one line of JSON and answers with a result or a refusal as
another. The passphrase comes through its input and stands nowhere else.
"""

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from core.columns import iso_instant
from core.errors import RuleBroken
from pos.backups.child import NICE
from pos.data_folder import DataFolder
from pos.restoring.drill import try_restore
from pos.restoring.drill_result import DrillResult


def told(result: DrillResult) -> dict[str, Any]:
    """A result as plain values."""
    return asdict(result) | {"made_at": iso_instant(result.made_at) if result.made_at else None}


def main() -> None:
    """One order, one answer."""
    os.nice(NICE)
    order = json.loads(sys.stdin.readline())
    folder, backup = DataFolder(Path(order["folder"])), Path(order["backup"])
    try:
        said = told(try_restore(folder, backup, passphrase=order["passphrase"], by=order["by"]))
    except RuleBroken as refused:
        values = {name: str(value) for name, value in refused.values.items()}
        said = {"refused": type(refused).__name__, "values": values}
    sys.stdout.write(json.dumps(said) + "\n")


if __name__ == "__main__":
    main()
