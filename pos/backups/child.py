"""Makes one backup in a process of its own, checking at low priority: the till keeps its interpreter and its turn.

`python -m pos.backups.child` reads an order as one line of JSON and answers with the outcome as another.
"""

import dataclasses
import json
import os
import sys
from pathlib import Path
from typing import Any

from core.backup_folder import KeepRules, Manifest, read_manifest
from core.backup_key import BackupKey
from pos.backups.backup import BackupRunning, Order, Outcome, Trouble, make_backup
from pos.data_folder import DataFolder

NICE = 10


def as_line(order: Order) -> str:
    """An order as the child reads it."""
    plain = {
        "folder": str(order.folder.path.resolve()),
        "tid": order.tid,
        "holder": order.holder,
        "place": str(order.place) if order.place else None,
        "key": dataclasses.asdict(order.key) if order.key else None,
        "rules": dataclasses.asdict(order.rules),
        "greeting": order.greeting,
    }
    return json.dumps(plain) + "\n"


def read_order(line: str) -> Order:
    """The order that `as_line` wrote."""
    plain = json.loads(line)
    return Order(
        folder=DataFolder(Path(plain["folder"])),
        tid=plain["tid"],
        holder=plain["holder"],
        place=Path(plain["place"]) if plain["place"] else None,
        key=BackupKey(**plain["key"]) if plain["key"] else None,
        rules=KeepRules(**plain["rules"]),
        greeting=plain["greeting"],
    )


def told(outcome: Outcome) -> dict[str, Any]:
    """An outcome as plain values, to be kept or sent."""
    plain = dataclasses.asdict(outcome)
    return plain | {name: _manifest_text(getattr(outcome, name)) for name in ("made", "placed")}


def _manifest_text(manifest: Manifest | None) -> str | None:
    return manifest.as_text() if manifest else None


def read_outcome(plain: dict[str, Any]) -> Outcome:
    """The outcome that `told` told of; ValueError, KeyError or TypeError for anything else."""
    manifests = {name: read_manifest(plain[name]) if plain[name] else None for name in ("made", "placed")}
    trouble = Trouble(plain["trouble"]) if plain["trouble"] else None
    return Outcome(**{**plain, **manifests, "trouble": trouble})


def main() -> None:
    """One order, one answer; no answer at all while another backup is being made."""
    order = dataclasses.replace(read_order(sys.stdin.readline()), after_copying=lambda: os.nice(NICE))
    try:
        outcome = make_backup(order)
    except BackupRunning:
        return
    sys.stdout.write(json.dumps(told(outcome)) + "\n")


if __name__ == "__main__":
    main()
