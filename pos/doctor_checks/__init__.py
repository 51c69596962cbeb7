"""What the doctor looks at, in the order in which a person would put things right. A file for each noun."""

from pos.doctor import Check
from pos.doctor_checks.certificate import other_devices_trust_us
from pos.doctor_checks.database import database_answers
from pos.doctor_checks.settings import settings_can_be_read

CHECKS: tuple[Check, ...] = (
    settings_can_be_read,
    database_answers,
    other_devices_trust_us,
)
