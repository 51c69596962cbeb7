"""What the doctor looks at, in the order in which a person would put things right. A file for each noun."""

from pos.doctor.checks.at_boot import begins_with_the_machine
from pos.doctor.checks.attached_files import files_are_whole
from pos.doctor.checks.backup import backups_are_young
from pos.doctor.checks.certificate import other_devices_trust_us
from pos.doctor.checks.changed_settings import pages_stand_above_the_file
from pos.doctor.checks.clock import clock_is_right
from pos.doctor.checks.database import database_answers
from pos.doctor.checks.disk import disk_has_room
from pos.doctor.checks.folder import folder_is_closed
from pos.doctor.checks.key import key_seals
from pos.doctor.checks.printer import printers_answer
from pos.doctor.checks.settings import settings_can_be_read
from pos.doctor.doctor import Check

CHECKS: tuple[Check, ...] = (
    folder_is_closed,
    disk_has_room,
    settings_can_be_read,
    pages_stand_above_the_file,
    database_answers,
    files_are_whole,
    key_seals,
    clock_is_right,
    printers_answer,
    backups_are_young,
    other_devices_trust_us,
    begins_with_the_machine,
)
