"""J1: the published vectors, made by the shop's code and by a verifier that shares none of it."""

from __future__ import annotations

import base64
import hashlib
import json
import random

import pytest
import rfc8785
from flask import Flask

from core.database import db
from core.journal.export import export_lines
from core.journal.merkle import checkpoint, leaf_hash, root
from core.journal.record import canonical, parse
from core.journal.seal import SigningKey, VerifyKey, current_terminal, digest, first_prev
from core.journal.slips import slip_after, zero_head
from tests.core.journal import independent
from tests.core.journal.story import tell

SEED = hashlib.sha256(b"ocop-pos golden terminal 1").digest()
PUBLIC = "szdyAbigBTLGZZ/WQxhg5d0qYFjZe0xHGCxp9PSjDPs="
GENESIS = (
    '{"body":{"pub":"szdyAbigBTLGZZ/WQxhg5d0qYFjZe0xHGCxp9PSjDPs="},"ep":0,"kid":"k1",'
    '"prev":"7692440869c77c3f67404d70afdc6e50e1aafc2ea5cd0cdf210218a32b2d7ad6","seq":0,"tid":"T-GOLD-1",'
    '"tot":{"gross":0,"net":0,"ref":0},"ts":"2026-11-22T01:00:00.000Z","typ":"GENESIS","v":1}'
)
SALE = (
    '{"body":{"lines":[{"amt":125000,"due":106250,"n":1,"own":"P-01","qty":1000,"sku":"8930000000017"}],'
    '"slips":[{"h":"f7fd603ec02bddb7fadca7325808e213aae4d68e3dbdac072f44eacf45aa1348","i":1,"own":"P-01"}]},'
    '"ep":0,"kid":"k1","prev":"ca42fd783217c027f70b7170fa941b218b353454f70a6c4b199a62c355cd648c","seq":1,'
    '"tid":"T-GOLD-1","tot":{"gross":125000,"net":125000,"ref":0},"ts":"2026-11-22T01:00:05.000Z","typ":"SALE","v":1}'
)
VECTORS = [
    (
        GENESIS,
        "ca42fd783217c027f70b7170fa941b218b353454f70a6c4b199a62c355cd648c",
        "q7nsKwkftP6sBfRe3MsNj3EYr4s61VN+InTYAfXGeX+ctCnfvFTCkTDvrbecyTsVqYGhNOYZl/pz1D5dD81ICg==",
    ),
    (
        SALE,
        "546d4375964ece040fbcd8cd82b3f0d4614658d8da973d909073b8de6944ce71",
        "P9hxem6rG0b8WVErBDAflNM7Gm6YtA2qSisw+JpO/hWrci8D73d2fp53O6xKiokfW0V+IWp/p15XfDCr6TkNBw==",
    ),
]
ROOT = "f10e8c74f23e29b5f834a58e0549dc2dc8631f5171f77bdb2f29447dcfe5204a"


@pytest.mark.parametrize(("text", "hash_", "signature"), VECTORS)
def test_the_shop_makes_the_bytes_the_hash_and_the_signature(text: str, hash_: str, signature: str) -> None:
    key = SigningKey.from_seed(SEED)
    data = canonical(json.loads(text))

    assert SEED.hex() == "ccc018d19894fbb00e8170d1855c3901b75519233ee6e3c84d3d03931c5c835e"
    assert data == text.encode()
    assert parse(text) == json.loads(text)
    assert digest(data) == hash_
    assert key.public == PUBLIC
    assert key.sign(data) == signature
    assert VerifyKey(PUBLIC).accepts(data, signature)


@pytest.mark.parametrize(("text", "hash_", "signature"), VECTORS)
def test_the_independent_verifier_agrees(text: str, hash_: str, signature: str) -> None:
    public, sealed = base64.b64decode(PUBLIC), base64.b64decode(signature)

    assert independent.jcs(json.loads(text)) == text
    assert rfc8785.dumps(json.loads(text)) == text.encode()
    assert independent.sha(text.encode()) == hash_
    assert independent.signature_is_good(public, independent.DOMAIN + text.encode(), sealed)
    assert not independent.signature_is_good(public, independent.DOMAIN + text.encode() + b" ", sealed)


def test_each_record_names_the_one_before_it() -> None:
    assert json.loads(GENESIS)["prev"] == first_prev("T-GOLD-1")
    assert json.loads(SALE)["prev"] == digest(GENESIS.encode())


def test_the_checkpoint_stands_over_both_records() -> None:
    found = root([leaf_hash(GENESIS.encode()), leaf_hash(SALE.encode())])

    assert found.hex() == ROOT
    assert independent.tree_root([GENESIS.encode(), SALE.encode()]).hex() == ROOT
    assert checkpoint("ocop/T-GOLD-1", 2, found) == f"ocop/T-GOLD-1\n2\n{base64.b64encode(found).decode()}\n"


def test_the_slip_in_the_sale_is_the_one_that_its_lines_make() -> None:
    body = json.loads(SALE)["body"]

    slip = slip_after(zero_head("T-GOLD-1", "P-01"), body["lines"], seq=1)

    assert slip["h"] == body["slips"][0]["h"]
    assert (slip["i"], slip["q"], slip["a"]) == (1, 1000, 106_250)


def test_a_journal_of_the_shop_passes_the_independent_verifier(core_app: Flask) -> None:
    tell(40)
    lines = list(export_lines(db.session()))
    key = current_terminal().key
    assert key is not None

    found = list(independent.complaints(lines, key.public))

    assert len(lines) == 40
    assert found == []


def test_the_independent_verifier_sees_a_change(core_app: Flask) -> None:
    tell(12)
    lines = list(export_lines(db.session()))
    key = current_terminal().key
    assert key is not None
    place = random.Random(3).randrange(1, 11)
    lines[place] = lines[place].replace('\\"ep\\":0', '\\"ep\\":1')

    found = list(independent.complaints(lines, key.public))

    assert found == [f"{place}: signature", f"{place + 1}: chain"]
