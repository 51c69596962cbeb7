"""Is there room on the shop's disk, and can it be written?"""

import os
from collections.abc import Iterator

from core.free_space import MEGABYTE, STOP_BELOW, WARN_BELOW, free_bytes
from core.i18n import gettext
from pos.doctor.doctor import Finding, Patient, bad, ok, warn


def disk_has_room(patient: Patient) -> Iterator[Finding]:
    """Short below 500 MB; below 100 MB the shop keeps what is left for selling."""
    folder = patient.folder.path
    if not folder.is_dir():
        return  # the check of the folder says so
    if os.statvfs(folder).f_flag & os.ST_RDONLY:
        yield bad(
            gettext("The disk of %(folder)s cannot be written.", folder=folder),
            gettext("It may be failing: copy the whole folder elsewhere, then have the machine looked at."),
        )
    left = free_bytes(folder)
    said = gettext("%(megabytes)s MB are left on the disk.", megabytes=left // MEGABYTE)
    todo = gettext("Delete what is not needed, or move old files to another disk. Leave the shop's folder as it is.")
    if left < STOP_BELOW:
        yield bad(said, todo)
    elif left < WARN_BELOW:
        yield warn(said, todo)
    else:
        yield ok(said)
