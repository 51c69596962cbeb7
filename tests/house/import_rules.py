"""Who may import whom (docs/decisions.md; the table is the project's most expensive decision to change)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tests.house.source import Source, package_of

BELOW_INVENTORY = {"config", "core", "printers", "inventory.catalogue"}

MAY_IMPORT = {
    "config": set[str](),
    "core": {"config"},
    "printers": {"config", "core"},
    "inventory.catalogue": {"config", "core"},
    "inventory": BELOW_INVENTORY,
    "signage_assets": BELOW_INVENTORY | {"inventory"},
    "pos": BELOW_INVENTORY | {"inventory", "signage_assets"},
    "province": BELOW_INVENTORY,
}

AT_THE_EDGE = {"web.py", "app.py", "cli.py"}


def import_table(source: Source) -> Iterator[str]:
    """A package imports only what stands below it in the table."""
    if source.package not in MAY_IMPORT:
        return
    for node, module in source.imports():
        wanted = package_of(module)
        if wanted in MAY_IMPORT and wanted not in {source.package, *MAY_IMPORT[source.package]}:
            yield source.says(node, f"{source.package} must not import {module}")


def is_at_the_edge(source: Source) -> bool:
    return "web" in source.path.parts or source.path.name in AT_THE_EDGE


def pages_on_top(source: Source) -> Iterator[str]:
    """Pages import the trade, never the reverse; only the app and the command put both together."""
    if not source.is_ours or is_at_the_edge(source):
        return
    for node, module in source.imports():
        if package_of(module) in MAY_IMPORT and "web" in module.split("."):
            yield source.says(node, f"{module} is a page; the trade knows nothing of pages")


def flask_at_the_edge(source: Source) -> Iterator[str]:
    """Flask is imported only in core/ and in web/, web.py, app.py, cli.py."""
    if not source.is_ours or source.package == "core" or is_at_the_edge(source):
        return
    for node, module in source.imports():
        if module.split(".")[0].startswith("flask"):
            yield source.says(node, "Flask belongs to web/, web.py, app.py, cli.py and core/")


def few_know_the_device(sources: Iterable[Source]) -> Iterator[str]:
    """The libraries that talk to printers are hidden behind few files: escpos behind two, barcode behind one."""
    allowed = {"escpos": 2, "barcode": 1}
    users: dict[str, set[str]] = {name: set() for name in allowed}
    for source in sources:
        for _, module in source.imports() if source.is_ours else ():
            users.get(module.split(".")[0], set()).add(str(source.path))
    for library, files in users.items():
        if len(files) > allowed[library]:
            yield f"{library} is imported in {len(files)} files, {allowed[library]} may: {', '.join(sorted(files))}"
