"""What no point takes from another: altered, strange, unfitting or twice used files; goods that may not be sold."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from core.database import db, transaction
from core.journal.seal import DOM, VerifyKey
from core.money import Money
from core.quantity import NONE, Quantity
from inventory.catalogue.eligibility import LotOnHold, Recalled
from inventory.catalogue.product import Product
from inventory.catalogue.recall import recall
from inventory.location import ON_THE_WAY, SHELF
from inventory.lot import Lot, Terms
from inventory.moving.arrival import (
    Accepted,
    DifferenceUnsaid,
    MoreThanSent,
    look_at,
    take_in,
)
from inventory.moving.move_slip import NotThatMuchThere, Portion, QuantityNotMoved
from inventory.moving.other_point import (
    FingerprintDiffers,
    OurOwnCard,
    PointUnknown,
    SameTerminalName,
    end_trust,
    own_card,
    point_of,
    read_card,
    trust_point,
)
from inventory.moving.signed_file import DOMAIN, FileUnreadable, SignatureWrong, SignedFile, sign_file
from inventory.moving.transfer import (
    AnswerOfAnother,
    ForAnotherPoint,
    TransferUnknown,
    send_goods,
    take_answer,
)
from inventory.moving.transfer_table import ArrivedTransfer
from inventory.tracing.hold import hold_lot
from tests.inventory.moving.points import at, know_each_other, points, sent, stock, taken

__all__ = ["points"]  # a fixture


# what is refused


def changed(line: str, old: str, new: str) -> str:
    assert old in line
    return line.replace(old, new, 1)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda line: changed(line, '\\"qty\\":10000', '\\"qty\\":90000'),
        lambda line: changed(line, '\\"to\\":\\"T-B\\"', '\\"to\\":\\"T-C\\"'),
        lambda line: changed(line, '\\"rate\\":2000', '\\"rate\\":9000'),
        lambda line: json.dumps({**json.loads(line), "s": "AAAA"}),
        lambda line: json.dumps({**json.loads(line), "s": ""}),
    ],
    ids=["quantity", "receiver", "terms", "signature", "no signature"],
)
def test_an_altered_file_is_refused(points, spoil) -> None:
    here, there, _ = points
    _, file = sent(here)

    with at(there), pytest.raises(SignatureWrong, match="T-A"):
        look_at(spoil(file))


@pytest.mark.parametrize(
    "data",
    [
        "", "{}", "[]", "null", "x" * 500_000, "\ufeff{}", '{"b": 1, "s": 2}', '{"b": "{}", "s": ""}', b"\xff\xfe\x00",
        '{"b": "{\\"kind\\":\\"transfer\\",\\"v\\":1}", "s": "AA"}',
        '{"b": "{\\"kind\\":\\"transfer\\",\\"v\\":2}", "s": "AA"}',
        '{"b": "{ \\"kind\\":\\"transfer\\",\\"v\\":1}", "s": "AA"}', "[" * 100_000,
    ],
    ids=lambda data: repr(data[:20]),
)  # fmt: skip
def test_anything_else_is_no_file_of_a_point(points, data) -> None:
    with at(points[1]), pytest.raises(FileUnreadable):
        look_at(data)


def test_a_file_for_another_point_and_one_of_a_stranger(points) -> None:
    here, there, stranger = points
    know_each_other(here, stranger)
    _, file = sent(here, to="T-C")
    with at(there), pytest.raises(ForAnotherPoint, match="T-C"):
        look_at(file)

    with at(there) as shop, transaction():
        end_trust(point_of("T-A"), by=shop.by)
    _, second = sent(here)
    with at(there), pytest.raises(PointUnknown, match="T-A"):
        look_at(second)


def test_an_answer_that_does_not_fit(points) -> None:
    here, there, stranger = points
    know_each_other(here, stranger)
    number, file = sent(here)
    with at(stranger):
        signed = json.loads(file)
        uid = json.loads(signed["b"])["uid"]
    for_us = {"kind": "answer", "uid": uid, "from": {"tid": "T-B", "name": "x"}, "to": "T-A", "day": "2026-11-22"}
    lines = [{"n": 1, "qty": 10_000, "why": ""}]
    hash_ = SignedFile(signed["b"], "", {}).hash
    cases = [
        (there, {**for_us, "file": "0" * 64, "lines": lines}, AnswerOfAnother),
        (there, {**for_us, "file": hash_, "lines": [{**lines[0], "qty": 10_001}]}, AnswerOfAnother),
        (there, {**for_us, "file": hash_, "lines": [{**lines[0], "qty": -1}]}, AnswerOfAnother),
        (there, {**for_us, "file": hash_, "lines": []}, AnswerOfAnother),
        (there, {**for_us, "file": hash_, "lines": lines, "uid": "another"}, TransferUnknown),
        (there, {**for_us, "file": hash_, "lines": lines, "to": "T-C"}, ForAnotherPoint),
        (stranger, {**for_us, "file": hash_, "lines": lines}, SignatureWrong),
        (stranger, {**for_us, "file": hash_, "lines": lines, "from": {"tid": "T-C", "name": "x"}}, AnswerOfAnother),
        (there, {**for_us, "file": hash_, "lines": [{"n": 1}]}, FileUnreadable),
    ]
    for signer, says, trouble in cases:
        with at(signer):
            answer = sign_file(says).line
        with at(here) as shop, pytest.raises(trouble), transaction():
            take_answer(answer, rest_is_lost=False, by=shop.by)
    assert stock(here, number) == {ON_THE_WAY: 10}


@pytest.mark.parametrize(
    ("one", "trouble"),
    [
        (Accepted(Quantity.of(11)), MoreThanSent),
        (Accepted(Quantity.of(9)), DifferenceUnsaid),
        (Accepted(NONE), DifferenceUnsaid),
        (Accepted(Quantity(500), "x"), QuantityNotMoved),
    ],
)
def test_what_cannot_be_taken_in(points, one: Accepted, trouble: type[Exception]) -> None:
    here, there, _ = points
    _, file = sent(here)

    with at(there) as shop, pytest.raises(trouble, match="Mật ong"), transaction():
        take_in(file, {1: one}, target=SHELF, by=shop.by)
    with at(there):
        assert db.session.scalars(select(ArrivedTransfer)).all() == []


def test_recalled_goods_are_not_taken_in(points) -> None:
    here, there, _ = points
    _, first = sent(here)
    taken(there, first)
    with at(there) as shop, transaction():
        recall(db.session.scalars(select(Product)).one(), lot_number=None, reason="vi sinh", issuer="Sở", by=shop.by)
    with at(here) as shop:
        lot = shop.receive(db.session.scalars(select(Product)).one(), 5)
        with transaction():
            again = send_goods([Portion(lot, Quantity.of(5))], source=SHELF, to=point_of("T-B"), by=shop.by)
        second = SignedFile(again.text, again.signature, {}).line

    with pytest.raises(Recalled):
        taken(there, second, 5)


def test_what_is_held_or_not_there_is_not_sent(points) -> None:
    with at(points[0]) as shop:
        lot = shop.receive(shop.product("Mật ong"), 5)
        with pytest.raises(NotThatMuchThere), transaction():
            send_goods([Portion(lot, Quantity.of(6))], source=SHELF, to=point_of("T-B"), by=shop.by)
        with transaction():
            hold_lot(lot, reason="chờ giấy", by=shop.by)
        with pytest.raises(LotOnHold), transaction():
            send_goods([Portion(lot, Quantity.of(1))], source=SHELF, to=point_of("T-B"), by=shop.by)


# keys


def test_a_card_is_believed_by_its_fingerprint_only(points) -> None:
    here, _, stranger = points
    with at(stranger):
        card = own_card().line
    with at(here) as shop:
        with pytest.raises(FingerprintDiffers), transaction():
            trust_point(read_card(card), last_group="0000", by=shop.by)
        with pytest.raises(OurOwnCard):
            read_card(own_card().line)
        with pytest.raises(SignatureWrong):
            read_card(changed(card, "Điểm T-C", "Điểm T-X"))
        with pytest.raises(PointUnknown):
            point_of("T-C")


def test_two_points_of_the_same_terminal_name_are_told_so(points) -> None:
    here, _, stranger = points
    with at(stranger):
        says = {**own_card().says, "tid": "T-A"}
        card = sign_file(says).line

    with at(here), pytest.raises(SameTerminalName):
        read_card(card)


def test_a_file_s_signature_never_passes_for_a_record(points) -> None:
    with at(points[0]):
        card = own_card()
        key = VerifyKey(card.says["pub"])

    assert key.accepts_file(DOMAIN, card.text.encode(), card.signature)
    assert not key.accepts(card.text.encode(), card.signature)
    assert DOMAIN != DOM


def test_goods_that_are_known_there_stay_one_product(points) -> None:
    here, there, _ = points
    with at(there) as shop:
        shop.product("Mật ong")  # of the same producer and name, entered there before
    _, file = sent(here, terms=Terms.bought(Money(50_000)))

    taken(there, file)

    with at(there):
        assert len(db.session.scalars(select(Product)).all()) == 1
        assert db.session.scalars(select(Lot)).one().owner_id is None
