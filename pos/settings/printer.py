"""Printers of the shop: entered, changed, taken out of use and brought back; the print worker follows at once."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

from config.settings import PrinterSettings, SettingsError
from config.settings_file import Layer, build
from core import clock
from core.columns import iso_instant
from core.current_settings import settings_of_the_start
from core.database import db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import write_record
from core.journal.record import Kind
from core.staff import Staff
from core.text import clean
from pos.settings.change import WrongSetting
from pos.settings.in_force import put_changes_in_force_after_commit
from pos.settings.printer_table import Printer, all_printers
from printers.address_rules import check_printer_address

LONGEST_NAME, LONGEST_ADDRESS = 60, 200


class PrinterNameTaken(RuleBroken):
    """People tell printers apart by their names."""

    message = N_("There is a printer called “%(name)s” already. Choose another name.")


class PrinterRetired(RuleBroken):
    """Papers do not go there any more."""

    message = N_("The printer “%(name)s” is out of use. Bring it back first.")


class PrinterInUse(RuleBroken):
    """It need not be brought back."""

    message = N_("The printer “%(name)s” is in use already.")


@dataclass(frozen=True, slots=True)
class PrinterPlan:
    """What a person enters about a printer."""

    name: str
    role: str
    kind: str
    address: str
    dots: int = 576
    drawer: bool = False
    cut: bool = True
    language: str = "escpos"
    dpi: int = 203

    def table(self) -> dict[str, object]:
        """The plan as shop.toml would say it, cleaned."""
        return {
            "name": clean(self.name, limit=LONGEST_NAME),
            "role": self.role,
            "kind": self.kind,
            "address": clean(self.address, limit=LONGEST_ADDRESS),
            "dots": self.dots,
            "drawer": self.drawer,
            "cut": self.cut,
            "language": self.language,
            "dpi": self.dpi,
        }


def add_printer(plan: PrinterPlan, *, by: Staff | None) -> Printer:
    """Put a printer into use; `by` is None only for those that stood in shop.toml, and while a shop is set up."""
    entered = _checked(plan)
    printer = Printer(code=str(len(all_printers()) + 1), retired_at=None)
    _write(printer, entered, by)
    db.session.add(printer)
    db.session.flush()
    return printer


def change_printer(printer: Printer, plan: PrinterPlan, *, by: Staff) -> None:
    """Let a printer be reached otherwise, or be another one; papers that wait for it go there."""
    entered = _checked(plan, but=printer)
    if not printer.is_in_use:
        raise PrinterRetired(name=printer.name)
    if entered != _as_entered(printer):
        _write(printer, entered, by)


def retire_printer(printer: Printer, *, by: Staff) -> None:
    """Take a printer out of use; papers that wait for it stay, and can be sent to another."""
    if not printer.is_in_use:
        raise PrinterRetired(name=printer.name)
    printer.retired_at = clock.now()
    _write(printer, _as_entered(printer), by)


def bring_back_printer(printer: Printer, *, by: Staff) -> None:
    """Use a printer again that was taken out of use."""
    if printer.is_in_use:
        raise PrinterInUse(name=printer.name)
    entered = _as_entered(printer)
    _refuse_name_of(_others_in_use(printer), entered.name)
    check_printer_address(entered.kind, entered.address, settings_of_the_start().printing)
    printer.retired_at = None
    _write(printer, entered, by)


def take_over_printers() -> None:
    """The first start with printers in shop.toml: from now on they are changed on their page, not in the file."""
    if all_printers():
        return
    for given in settings_of_the_start().printers:
        plan = {field.name: getattr(given, field.name) for field in fields(PrinterPlan)}
        add_printer(PrinterPlan(**plan), by=None)


def _as_entered(printer: Printer) -> PrinterSettings:
    return replace(printer.as_settings(), code="")


def _checked(plan: PrinterPlan, *, but: Printer | None = None) -> PrinterSettings:
    try:
        entered = build(PrinterSettings, [Layer("the page", plan.table())])
    except SettingsError as trouble:
        raise WrongSetting(trouble.field) from trouble
    _refuse_name_of(_others_in_use(but), entered.name)
    check_printer_address(entered.kind, entered.address, settings_of_the_start().printing)
    return entered


def _others_in_use(but: Printer | None) -> list[Printer]:
    return [printer for printer in all_printers() if printer.is_in_use and printer is not but]


def _refuse_name_of(printers: Iterable[Printer], name: str) -> None:
    if any(printer.name.casefold() == name.casefold() for printer in printers):
        raise PrinterNameTaken(name=name)


def _write(printer: Printer, entered: PrinterSettings, by: Staff | None) -> None:
    """Put what was entered into the row and into the journal; the app follows after the commit."""
    printer.take(entered)
    retired = iso_instant(printer.retired_at) if printer.retired_at else None
    body = {"code": printer.code, **printer.fields(), "retired": retired}
    printer.record_seq = write_record(Kind.PRINTER, body, by=by).seq
    put_changes_in_force_after_commit()
