import pytest

from core.database import transaction
from core.journal.record import Kind
from pos.register import RegisterCodeTaken, add_register, all_registers, register_by_code
from tests.factories import records


def test_a_register_is_put_into_service_and_recorded(shop):
    with transaction():
        add_register(code=" 3 ", name="Quầy sân", by=shop.manager)

    assert register_by_code("3").name == "Quầy sân"
    assert records(Kind.REGISTER)[-1]["body"] == {"code": "3", "name": "Quầy sân"}
    assert [register.code for register in all_registers()] == ["1", "2", "3"]


def test_two_registers_cannot_share_a_code(shop):
    with pytest.raises(RegisterCodeTaken, match="Register 1 exists already"), transaction():
        add_register(code="1", name="Quầy khác", by=shop.manager)


def test_an_unknown_code_is_nobody(shop):
    assert register_by_code("9") is None
