"""What the roles are called on the screen."""

from core.i18n import N_

ROLE_NAMES = {"clerk": N_("Clerk"), "manager": N_("Manager"), "auditor": N_("Auditor"), "owner": N_("Owner")}
