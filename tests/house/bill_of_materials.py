"""The bill of materials: what a shop is made of, as CycloneDX JSON, for whoever looks for known weak spots.

Made from the lock by cyclonedx-py; licences are added, addresses and whatever differs by machine are left out.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.house.licences import licence_of
from tests.house.source import ROOT

FILE = ROOT / "docs" / "bill-of-materials.json"
TOOL = Path(sys.executable).with_name("cyclonedx-py")
# With the versions of the packages they were copied from: core/web/static/VENDOR.md, printers/fonts/README.md.
COPIED_IN = (
    ("htmx.org", "4.0.1", "0BSD"),
    ("@fontsource/be-vietnam-pro", "5.3.0", "OFL-1.1"),
    ("@expo-google-fonts/be-vietnam-pro", "0.4.1", "OFL-1.1"),
    ("@expo-google-fonts/noto-sans-mono", "0.4.2", "OFL-1.1"),
)


def bill() -> str:
    """The whole bill, the same for the same lock."""
    options = ["--short-PURLs", "--output-reproducible", "--pyproject", "pyproject.toml", "--sv", "1.6"]
    made = subprocess.run(
        [TOOL, "requirements", *options, "requirements.lock"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    whole = json.loads(made.stdout)
    root = whole["metadata"]["component"]
    libraries = [library(one) for one in whole["components"]]
    copied = [component(*one) for one in COPIED_IN]
    short = {
        "$schema": whole["$schema"],
        "bomFormat": whole["bomFormat"],
        "specVersion": whole["specVersion"],
        "version": 1,
        "metadata": {"component": {"bom-ref": "shop", **{key: root[key] for key in ("name", "version", "type")}}},
        "components": sorted([*libraries, *copied], key=lambda one: one["bom-ref"]),
    }
    return json.dumps(short, indent=1, ensure_ascii=False) + "\n"


def library(found: dict[str, Any]) -> dict[str, Any]:
    """One library of the lock."""
    return {**component(found["name"], found["version"], licence_of(found["name"])), "purl": found["purl"]}


def component(name: str, version: str, licence: str) -> dict[str, Any]:
    """One entry of the bill."""
    single = " " not in licence
    said = [{"license": {"id": licence}}] if single else [{"expression": licence}]
    return {"bom-ref": f"{name}@{version}", "type": "library", "name": name, "version": version, "licenses": said}


if __name__ == "__main__":
    FILE.write_text(bill(), encoding="utf-8")
