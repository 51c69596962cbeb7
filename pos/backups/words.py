"""What is said of backups, on the page, in the foot bar, by the doctor and by the command: what is, and what to do."""

from datetime import timedelta

from config.settings import Settings
from core.i18n import N_, gettext, ngettext
from pos.backups.backup import Trouble

TROUBLES = {
    Trouble.DAMAGED: (
        N_("The last backup did not pass its check: the shop's own books may be damaged."),
        N_("Go on selling; call whoever looks after the shop, and keep every backup there is."),
    ),
    Trouble.NO_ROOM_HERE: (
        N_("There is no room on the shop's own disk to make a backup."),
        N_("Make room on the disk of the shop's computer."),
    ),
    Trouble.STOPPED: (
        N_("The last backup was broken off."),
        N_("The next one is tried by itself; make one now if you like."),
    ),
    Trouble.PLACE_MISSING: (
        N_("The second place of the backups is not there: perhaps the stick was pulled out."),
        N_("Put it in again; the backups go on by themselves."),
    ),
    Trouble.PLACE_FULL: (
        N_("The second place of the backups is full."),
        N_("Take a larger stick or disk, or keep fewer backups."),
    ),
    Trouble.PLACE_CLOSED: (
        N_("The second place of the backups cannot be written."),
        N_("Look whether the stick is locked or the folder belongs to somebody else."),
    ),
    Trouble.PLACE_UNSOUND: (
        N_("What was written to the second place does not read back the same."),
        N_("Take another stick or disk: this one is breaking."),
    ),
    Trouble.FILES_BROKEN: (
        N_("Photos or papers of the shop are missing or altered; the backup of the books is good."),
        N_("Type: shop files mend. It brings them back from the second place."),
    ),
}


def said_of(trouble: Trouble) -> str:
    """What is wrong, and what to do."""
    what, todo = TROUBLES[trouble]
    return f"{gettext(what)} {gettext(todo)}"


def written_age(age: timedelta) -> str:
    """How long ago, as people say it."""
    minutes = age // timedelta(minutes=1)
    if minutes < 60:
        return ngettext("%(num)d minute", "%(num)d minutes", minutes)
    if minutes < 48 * 60:
        return ngettext("%(num)d hour", "%(num)d hours", minutes // 60)
    return ngettext("%(num)d day", "%(num)d days", minutes // (24 * 60))


def written_size(size: int) -> str:
    """Megabytes, rounded up."""
    return f"{max(1, -(-size // 1_000_000))} MB"


def greeting(settings: Settings) -> str:
    """What lies beside the backups for whoever finds them."""
    sentences = (
        gettext("Backups of the shop “%(name)s”, terminal %(tid)s.", name=settings.shop.name, tid=settings.terminal.id),
        gettext("They are made and removed by the shop's program. Please leave them as they are."),
        gettext("To restore one: shop --data FOLDER restore FILE"),
        gettext("Files ending in .age are encrypted: open them with the passphrase and the file backup-key-….age."),
    )
    return "\r\n".join(sentences) + "\r\n"
