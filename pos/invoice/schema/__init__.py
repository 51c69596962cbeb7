"""Our own schema of a message of invoices, and the look at a message by it before it leaves the shop."""

from __future__ import annotations

import functools
from pathlib import Path

from lxml import etree

FILE = Path(__file__).with_name("till_invoices.xsd")


class NotInTheFormat(ValueError):
    """Our own mistake: a message that the tax office could not read never leaves the shop."""


@functools.cache
def _schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(FILE))


def need_the_format(message: etree._Element) -> None:
    """NotInTheFormat, with the first thing that is wrong, unless a message is as the schema says."""
    schema = _schema()
    if not schema.validate(message):
        raise NotInTheFormat(str(schema.error_log.last_error))
