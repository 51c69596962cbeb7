"""Do other tills and phones still trust the shop's certificate?"""

from collections.abc import Iterator

from core.clock import now
from core.i18n import gettext, written_day
from pos.doctor.doctor import Finding, Patient, bad, ok, unknown, warn
from pos.network.certificate_folder import CertificateUnreadable, certificates_of
from pos.network.joining import health_of, names_of


def other_devices_trust_us(patient: Patient) -> Iterator[Finding]:
    """The certificate is there, its days fit the clock, and the machine has an address to be found at."""
    if patient.settings is None:
        yield unknown(gettext("Whether other devices may open the shop cannot be told without its settings."))
        return
    if not patient.settings.server.network:
        yield ok(gettext("Only this computer opens the till; other devices are not served."))
        return
    try:
        health = health_of(certificates_of(patient.folder), now())
    except CertificateUnreadable as trouble:
        yield bad(str(trouble), gettext("Delete the file that is named and start the shop again."))
        return
    if health is None:
        yield unknown(
            gettext("There is no certificate for other devices yet."), gettext("Start the shop: it makes one.")
        )
    elif health.too_early:
        yield bad(
            gettext("The clock of this computer is behind the certificate: other devices refuse it."),
            gettext("Put the clock right, then start the shop again."),
        )
    elif health.ends_soon:
        yield warn(
            gettext("The certificate for other devices ends on %(day)s.", day=written_day(health.ends.date())),
            gettext("Look at the clock. If it is right, type: shop certificate renew"),
        )
    else:
        yield ok(
            gettext("The certificate for other devices is good until %(day)s.", day=written_day(health.ends.date()))
        )
    if not names_of(patient.settings.server):
        yield warn(
            gettext("This computer has no address in a private network."),
            gettext("Connect it to the shop's network by cable or Wi-Fi."),
        )
