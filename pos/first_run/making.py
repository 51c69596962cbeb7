"""The one act of the first run: make the shop, once, however often the button is pressed."""

import threading

from pos.data_folder import DataFolder
from pos.founding.new_shop import NewShop
from pos.founding.setting_up import set_up_shop


class Making:
    """The folder in which the shop is made, and whether that is done."""

    def __init__(self, folder: DataFolder) -> None:
        self.folder = folder
        self.made = threading.Event()
        self.name = ""
        self._one_at_a_time = threading.Lock()

    def make(self, new: NewShop) -> None:
        """Make the shop; a second press waits for the first and finds its shop."""
        with self._one_at_a_time:
            if not self.made.is_set():
                set_up_shop(self.folder, new)
                self.name = new.name
                self.made.set()
