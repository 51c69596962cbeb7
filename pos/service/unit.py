"""What the machine is told about the shop's service, as text."""

import grp
from dataclasses import dataclass
from pathlib import Path

NAME = "ocop-shop"
UNIT_FILE = f"{NAME}.service"
_TEMPLATE = Path(__file__).with_name(UNIT_FILE)
# Printers: of the print service, on a serial line, on USB where udev gives them to a group.
_PRINTER_GROUPS = ("lp", "dialout", "plugdev")


@dataclass(frozen=True)
class Unit:
    """A service: which program serves which folder as which user."""

    program: Path
    data: Path
    user: str

    @property
    def text(self) -> str:
        """The unit file as systemd reads it."""
        places = {
            "@USER@": self.user,
            "@GROUPS@": " ".join(known_groups()),
            "@PROGRAM@": _argument(self.program),
            "@DATA_ARGUMENT@": _argument(self.data),
            "@DATA_PATH@": _quoted(self.data),
        }
        text = _TEMPLATE.read_text(encoding="utf-8")
        for place, value in places.items():
            text = text.replace(place, value)
        return text


def known_groups() -> list[str]:
    """Those of the printers' groups that this machine has; an unknown one would keep the service from starting."""
    names = {group.gr_name for group in grp.getgrall()}
    return [name for name in _PRINTER_GROUPS if name in names]


def _argument(path: Path) -> str:
    """A path in a command line, where a dollar sign would begin a variable."""
    return _quoted(path).replace("$", "$$")


def _quoted(path: Path) -> str:
    """A path in quotes, where a percent sign would begin a specifier."""
    text = str(path).replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{text}"'
