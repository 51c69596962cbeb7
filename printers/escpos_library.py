"""The one door to python-escpos: only what the shop uses of it, imported without its side effects.

On import the library (3.1) makes a temporary folder and leaves it, reads its list of printers from
a pickle or from 100 kB of YAML, and sets up the root logger. Here it finds our own list, of one
printer that draws, the folder is taken away again, and the root logger stays as the app has set it.
"""

import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CAPABILITIES = Path(__file__).with_name("printer_capabilities.json")


@contextmanager
def _quiet_import() -> Iterator[None]:
    handlers, folder_before = logging.root.handlers[:], tempfile.tempdir
    with tempfile.TemporaryDirectory(prefix="shop-escpos-") as folder:
        os.environ |= {"ESCPOS_CAPABILITIES_PICKLE_DIR": folder, "ESCPOS_CAPABILITIES_FILE": str(CAPABILITIES)}
        tempfile.tempdir = folder
        try:
            yield
        finally:
            tempfile.tempdir = folder_before
            logging.root.handlers[:] = handlers
            del os.environ["ESCPOS_CAPABILITIES_PICKLE_DIR"], os.environ["ESCPOS_CAPABILITIES_FILE"]


with _quiet_import():
    from escpos.escpos import Escpos
    from escpos.exceptions import Error as EscposError
    from escpos.printer import Dummy, Network, Serial, Usb

__all__ = ["Dummy", "Escpos", "EscposError", "Network", "Serial", "Usb"]
