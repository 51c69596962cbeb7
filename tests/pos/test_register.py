import pytest

from core.database import transaction
from core.journal.history import history_of
from core.journal.record import Kind
from pos.receipt import receipt_of
from pos.register import (
    RegisterCodeTaken,
    RegisterNameMissing,
    WrongRegisterCode,
    add_register,
    all_registers,
    change_register,
    printer_at,
    register_by_code,
)
from pos.replay import verify_shop
from tests.factories import open_shift, receive, records, sell


def test_a_register_is_put_into_service_and_recorded(shop):
    with transaction():
        add_register(code=" 3 ", name="Quầy sân", by=shop.manager)

    assert register_by_code("3").name == "Quầy sân"
    told = {"code": "3", "name": "Quầy sân", "printer": None, "retired": None}
    assert records(Kind.REGISTER)[-1]["body"] == told
    assert [register.code for register in all_registers()] == ["1", "2", "3"]


def test_two_registers_cannot_share_a_code(shop):
    with pytest.raises(RegisterCodeTaken, match="Register 1 exists already"), transaction():
        add_register(code="1", name="Quầy khác", by=shop.manager)


def test_an_unknown_code_is_nobody(shop):
    assert register_by_code("9") is None


@pytest.mark.parametrize(
    ("code", "name", "trouble"),
    [("A1", "Quầy", WrongRegisterCode), ("", "Quầy", WrongRegisterCode), ("3", " \u200b", RegisterNameMissing)],
)
def test_a_register_needs_digits_and_a_name(shop, code, name, trouble):
    with pytest.raises(trouble), transaction():
        add_register(code=code, name=name, by=shop.manager)


def test_a_register_gets_another_name_and_its_papers_another_printer(shop):
    with transaction():
        change_register(shop.register, name="Quầy mật ong", printer="2", by=shop.manager)

    newest, before = history_of(Kind.REGISTER, code="1")
    assert newest.before == {"name": "Quầy 1", "printer": None}
    assert newest.after == {"name": "Quầy mật ong", "printer": "2"}
    assert before.after["name"] == "Quầy 1"
    assert verify_shop().clean


def test_the_same_again_is_no_change(shop):
    with transaction():
        change_register(shop.register, name=" Quầy  1", printer=None, by=shop.manager)

    assert len(history_of(Kind.REGISTER, code="1")) == 1


def test_papers_of_a_register_go_to_the_first_printer_while_its_own_is_out_of_use(shop):
    with transaction():
        change_register(shop.register, name="Quầy 1", printer="2", by=shop.manager)

    assert printer_at(shop.register) is None


def test_an_old_receipt_keeps_the_name_of_its_register(shop):
    receive(shop, "mật ong")
    open_shift(shop)
    sale = sell(shop, "mật ong")

    with transaction():
        change_register(shop.register, name="Quầy mật ong", printer=None, by=shop.manager)

    assert receipt_of(sale).register == "Quầy 1"
    assert receipt_of(sell(shop, "mật ong")).register == "Quầy mật ong"
