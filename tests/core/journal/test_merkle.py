"""Trees as RFC 6962 builds them, proofs that hold for their leaf and for no other."""

from __future__ import annotations

import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.journal.merkle import checkpoint, inclusion_proof, leaf_hash, proves, root, signed_checkpoint
from core.journal.seal import SigningKey
from tests.core.journal import independent

# The eight leaves and the roots over 1 to 8 of them that RFC 6962 implementations test with
# (certificate-transparency, merkle_tree_test).
LEAVES = [bytes.fromhex(h) for h in ["", "00", "10", "2021", "3031", "40414243", "5051525354555657"]]
LEAVES.append(bytes.fromhex("606162636465666768696a6b6c6d6e6f"))
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


@pytest.mark.parametrize("count", range(1, 9))
def test_known_roots(count: int) -> None:
    assert root(map(leaf_hash, LEAVES[:count])).hex() == ROOTS[count - 1]


def test_the_root_over_nothing_is_the_hash_of_nothing() -> None:
    assert root([]) == hashlib.sha256(b"").digest()


@given(st.lists(st.binary(max_size=8), min_size=1, max_size=70))
def test_the_growing_tree_is_the_tree_by_its_definition(leaves: list[bytes]) -> None:
    assert root(map(leaf_hash, leaves)) == independent.tree_root(leaves)


@given(st.lists(st.binary(max_size=4), min_size=1, max_size=40, unique=True), st.data())
def test_a_proof_holds_for_its_leaf_at_its_place_and_for_nothing_else(leaves: list[bytes], data: st.DataObject) -> None:
    hashes = [leaf_hash(leaf) for leaf in leaves]
    place = data.draw(st.integers(0, len(leaves) - 1))
    other = data.draw(st.integers(0, len(leaves) - 1).filter(lambda n: n != place or len(leaves) == 1))
    proof = inclusion_proof(hashes, place)

    assert proves(hashes[place], place, len(leaves), proof, root(hashes))
    assert not proves(leaf_hash(b"another leaf"), place, len(leaves), proof, root(hashes))
    assert not proves(hashes[place], place, len(leaves), [*proof, hashes[0]], root(hashes))
    assert not proves(hashes[place], place, len(leaves) + 1, proof, leaf_hash(b"another root"))
    if len(leaves) > 1:
        assert not proves(hashes[other], place, len(leaves), proof, root(hashes))
        assert not proves(hashes[place], place, len(leaves), proof[:-1], root(hashes))


@pytest.mark.parametrize("place", [-1, 3])
def test_there_is_no_proof_for_a_leaf_that_is_not_there(place: int) -> None:
    with pytest.raises(IndexError):
        inclusion_proof([leaf_hash(b"a")] * 3, place)
    assert not proves(leaf_hash(b"a"), place, 3, [], leaf_hash(b"a"))


def test_a_checkpoint_is_a_signed_note_that_others_can_check() -> None:
    key = SigningKey.from_seed(b"k" * 32)
    text = checkpoint("ocop/T-1", 7, bytes(32))

    note = signed_checkpoint(text, "T-1", key)

    body, line = note.split("\n\n")
    dash, name, sealed = line.rstrip("\n").split(" ")
    raw, public = base64.b64decode(sealed), base64.b64decode(key.public)
    assert (body + "\n", dash, name) == (text, "\N{EM DASH}", "T-1")
    assert text == "ocop/T-1\n7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
    assert raw[:4] == hashlib.sha256(b"T-1\n\x01" + public).digest()[:4]
    assert independent.signature_is_good(public, text.encode(), raw[4:])
