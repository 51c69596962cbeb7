"""Where a shop is restored on trial, and how nothing of that stays."""

import shutil
from pathlib import Path

from pos.data_folder import DataFolder


def trial_folder(folder: DataFolder) -> Path:
    """Where the shop is restored on trial."""
    return folder.backups / "drill"


def sweep_trial(folder: DataFolder) -> None:
    """Leave nothing of a trial, also of one that was cut off: it may hold what the backup keeps encrypted."""
    shutil.rmtree(trial_folder(folder), ignore_errors=True)
