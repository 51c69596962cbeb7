"""Does the shop begin with the machine?"""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from core.i18n import gettext
from pos.doctor.doctor import Finding, Patient, ok, unknown, warn
from pos.service.unit import UNIT_FILE


def begins_with_the_machine(patient: Patient) -> Iterator[Finding]:
    """Whether systemd has the shop as a service; a machine without it starts the shop by hand or otherwise."""
    program = shutil.which("systemctl")
    if program is None or not Path("/run/systemd/system").is_dir():
        yield unknown(gettext("Nothing is known of how the shop begins with this machine."))
        return
    asked = subprocess.run(  # noqa: S603  (no shell, our words)
        [program, "is-enabled", UNIT_FILE], check=False, capture_output=True, text=True
    )
    if asked.stdout.strip() == "enabled":
        yield ok(gettext("The shop begins with the machine."))
    else:
        yield warn(
            gettext("The shop does not begin with the machine."),
            gettext("Type: %(command)s", command=f"sudo shop --data '{patient.folder.path}' service install"),
        )
    if not patient.is_running:
        yield warn(
            gettext("The shop does not run just now."),
            gettext("Type: %(command)s", command=f"sudo systemctl restart {UNIT_FILE}"),
        )
