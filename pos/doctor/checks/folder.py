"""Does the folder belong to one user alone, with all that is in it?"""

from collections.abc import Iterator
from pathlib import Path

from core.i18n import gettext
from pos.doctor.doctor import Finding, Patient, bad, ok, warn

_SECRET = ("terminal.key", "secret.key", "backup.key", "network/authority.pem", "network/pages.pem")
_OPEN = 0o077


def folder_is_closed(patient: Patient) -> Iterator[Finding]:
    """Others cannot read keys and books, and no file belongs to somebody else, such as root after a command by sudo."""
    folder = patient.folder.path
    if not folder.is_dir():
        yield bad(
            gettext("There is no folder %(folder)s.", folder=folder),
            gettext("Give the folder of the shop with --data."),
        )
        return
    troubles = [*_open_to_others(folder), *_of_others(folder)]
    yield from troubles or [ok(gettext("The folder %(folder)s is closed to other users.", folder=folder))]


def _open_to_others(folder: Path) -> Iterator[Finding]:
    is_open = bool(folder.stat().st_mode & _OPEN)
    for name in _SECRET:
        if (folder / name).exists() and (folder / name).stat().st_mode & _OPEN:
            yield bad(
                gettext("Other users of this machine can read %(file)s.", file=folder / name),
                gettext("Type: %(command)s", command=f"chmod 600 '{folder / name}'"),
            )
    if is_open:
        yield warn(
            gettext("Other users of this machine can look into %(folder)s.", folder=folder),
            gettext("Type: %(command)s", command=f"chmod 700 '{folder}'"),
        )


def _of_others(folder: Path) -> Iterator[Finding]:
    owner = folder.stat().st_uid
    strange = next((file for file in sorted(folder.rglob("*")) if file.lstat().st_uid != owner), None)
    if strange is not None:
        yield bad(
            gettext("%(file)s belongs to another user than its folder: the shop may not write it.", file=strange),
            gettext("Type: %(command)s", command=f"sudo chown -R {folder.owner()}: '{folder}'"),
        )
