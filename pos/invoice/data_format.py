"""An invoice in the data format of the tax office: `HDon` as QĐ 1271/QĐ-CT (30/5/2025) has it; docs/invoices.md
names the source of each element. Text is UTF-8, sums are whole đồng, numbers have a point, days are YYYY-MM-DD.
"""

from __future__ import annotations

from datetime import date

from lxml import etree

from config.reference.invoice_codes import invoice_code
from core.money import Money
from core.text import amount_in_words
from pos.invoice.document import MILLIONTHS, InvoiceDocument, InvoiceLine, Party, Related
from pos.invoice.invoice_qr import invoice_qr


def invoice_element(invoice: InvoiceDocument, place: int) -> etree._Element:
    """One invoice of a message; `place` tells it from the others for whoever signs."""
    whole = etree.Element("HDon")
    data = etree.SubElement(whole, "DLHDon", Id=f"HD{place}")
    data.append(_about(invoice))
    content = etree.SubElement(data, "NDHDon")
    content.append(_seller(invoice.seller))
    content.append(_buyer(invoice.buyer))
    goods = etree.SubElement(content, "DSHHDVu")
    for n, line in enumerate(invoice.lines, start=1):
        goods.append(_goods(line, n, invoice))
    content.append(_sums(invoice))
    _say(data, "DLQRCode", invoice_qr(invoice))
    _say(whole, "MCCQT", invoice.code)
    etree.SubElement(whole, "DSCKS")  # empty: a message from the till is signed as a whole
    return whole


def _about(invoice: InvoiceDocument) -> etree._Element:
    about, day = etree.Element("TTChung"), invoice.day
    _say(about, "PBan", _value("version", "message", day))
    _say(about, "THDon", invoice.form_name)
    _say(about, "KHMSHDon", invoice.form)
    _say(about, "KHHDon", invoice.series)
    _say(about, "SHDon", invoice.number)
    _say(about, "NLap", day.isoformat())
    _say(about, "DVTTe", "VND")
    _say(about, "TGia", 1)
    _say(about, "HTTToan", _value("payment", invoice.payment, day))
    if invoice.related is not None:
        about.append(_related(invoice.related, day))
    _others(about, {"SoBienLai": invoice.receipt, "NgayBan": invoice.sold.isoformat()})
    return about


def _related(related: Related, day: date) -> etree._Element:
    found = etree.Element("TTHDLQuan")
    _say(found, "TCHDon", _value("relation", related.relation, day))
    _say(found, "LHDCLQuan", _value("relation", "electronic", day))
    _say(found, "KHMSHDCLQuan", related.form)
    _say(found, "KHHDCLQuan", related.series)
    _say(found, "SHDCLQuan", related.number)
    _say(found, "NLHDCLQuan", related.day.isoformat())
    _say(found, "GChu", related.words)
    return found


def _seller(seller: Party) -> etree._Element:
    found = etree.Element("NBan")
    _say(found, "Ten", seller.name)
    _say(found, "MST", seller.tax_code)
    _say(found, "DChi", seller.address)
    _say(found, "SDThoai", seller.phone)
    _others(found, {"MaDDKD": seller.location_code, "TenDDKD": seller.location_name})
    return found


def _buyer(buyer: Party) -> etree._Element:
    found = etree.Element("NMua")
    _say(found, "Ten", buyer.name)
    _say(found, "MST", buyer.tax_code)
    _say(found, "DChi", buyer.address)
    _say(found, "SDThoai", buyer.phone)
    _say(found, "CCCDan", buyer.personal_id)
    return found


def _goods(line: InvoiceLine, n: int, invoice: InvoiceDocument) -> etree._Element:
    found = etree.Element("HHDVu")
    _say(found, "TChat", _value("nature", "goods", invoice.day))
    _say(found, "STT", n)
    _say(found, "MHHDVu", line.sku)
    _say(found, "THHDVu", line.name)
    _say(found, "DVTinh", line.unit)
    _say(found, "SLuong", decimals(line.quantity.thousandths, 1000))
    _say(found, "DGia", decimals(line.unit_price_millionths, MILLIONTHS))
    if line.discount:
        _say(found, "TLCKhau", decimals(line.discount_percent_ten_thousandths, 10_000))
        _say(found, "STCKhau", _dong(line.net_discount))
    _say(found, "ThTien", _dong(line.net))
    if invoice.shows_vat and line.rate is not None:
        _say(found, "TSuat", _value("rate", line.rate, invoice.day))
    return found


def _sums(invoice: InvoiceDocument) -> etree._Element:
    found = etree.Element("TToan")
    if invoice.shows_vat:
        rates = etree.SubElement(found, "THTTLTSuat")
        for total in invoice.rates:
            rate = etree.SubElement(rates, "LTSuat")
            _say(rate, "TSuat", _value("rate", total.rate, invoice.day))
            _say(rate, "ThTien", _dong(total.net))
            _say(rate, "TThue", _dong(total.vat))
        _say(found, "TgTCThue", _dong(invoice.net))
        _say(found, "TgTThue", _dong(invoice.vat))
    if invoice.discount:
        _say(found, "TTCKTMai", _dong(invoice.discount))
    _say(found, "TgTTTBSo", _dong(invoice.total))
    _say(found, "TgTTTBChu", words_of(invoice.total))
    return found


def words_of(total: Money) -> str:
    """The total in words with its unit, as a sentence begins."""
    words = amount_in_words(total)
    return f"{words[0].upper()}{words[1:]} đồng"


def decimals(number: int, unit: int) -> str:
    """A number of parts as the format writes it: a point, no zeros at the end.

    >>> decimals(850, 1000), decimals(-2000, 1000)
    ('0.85', '-2')
    """
    whole, part = divmod(abs(number), unit)
    sign = "-" if number < 0 else ""
    tail = f"{part:0{len(str(unit)) - 1}}".rstrip("0")
    return f"{sign}{whole}.{tail}" if tail else f"{sign}{whole}"


def _dong(amount: Money) -> str:
    return str(amount.dong)


def _others(parent: etree._Element, said: dict[str, str]) -> None:
    """What the format has no element of its own for, each with its name."""
    told = {name: value for name, value in said.items() if value}
    if not told:
        return
    others = etree.SubElement(parent, "TTKhac")
    for name, value in told.items():
        one = etree.SubElement(others, "TTin")
        _say(one, "TTruong", name)
        _say(one, "KDLieu", "string")
        _say(one, "DLieu", value)


def _say(parent: etree._Element, name: str, value: str | int) -> None:
    """An element with its text; none where nothing is known."""
    if value != "":
        etree.SubElement(parent, name).text = str(value)


def _value(what: str, key: str, day: date) -> str:
    return invoice_code(what, key, day).value
