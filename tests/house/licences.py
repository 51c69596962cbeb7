"""Under which licence each installed library comes, as its own metadata says it; one spelling (SPDX) for all."""

from __future__ import annotations

import re
from importlib.metadata import PackageMetadata, metadata

from tests.house.source import ROOT

# How libraries that do not use SPDX call their licence.
SPDX = {
    "Apache Software License": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "BSD": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "MIT license": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "PSFL": "PSF-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
# Those whose metadata says nothing, or only a part; read in their sources.
READ_BY_HAND = {
    "pypdfium2": "BSD-3-Clause AND Apache-2.0",
    "pyrage": "MIT",
    "pysqlite3": "Zlib",
    "qrcode": "BSD-3-Clause",
    "text-unidecode": "Artistic-1.0",
}
# What may be used beside our own code without asking anybody. LGPL: psycopg is loaded, not changed or linked in.
ACCEPTED = {
    *("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "MIT-0", "MIT-CMU", "PSF-2.0", "Zlib"),
    *("LGPL-3.0-only", "MPL-2.0", "Artistic-1.0", "OFL-1.1"),
}


def locked(lock: str) -> dict[str, str]:
    """The libraries of a lock with their versions."""
    return dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE))


def licence_of(library: str) -> str:
    """The SPDX expression of an installed library; KeyError when nobody knows it."""
    if library in READ_BY_HAND:
        return READ_BY_HAND[library]
    about = metadata(library)
    return about.get("License-Expression") or _spelt(about)


def _spelt(about: PackageMetadata) -> str:
    classifiers = [name.split(" :: ")[-1] for name in about.get_all("Classifier") or [] if name.startswith("License")]
    said = classifiers or [(about.get("License") or "").strip()]
    return " AND ".join(sorted({SPDX.get(name, name) for name in said}))


def parts(expression: str) -> set[str]:
    """The licences that an expression names."""
    return set(re.split(r" (?:AND|OR) ", expression))
