"""Hash trees as in RFC 6962: one root over many leaves, proofs of belonging, and the text of a checkpoint."""

import base64
import hashlib
from collections.abc import Iterable, Sequence

from core.journal.seal import SigningKey


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf: SHA-256 of 0x00 and the data (RFC 6962, 2.1)."""
    return hashlib.sha256(b"\x00" + data).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """A root that grows leaf by leaf and holds only the roots of its full subtrees."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """Take in the hash of one more leaf."""
        size, self.size = self.size, self.size + 1
        while size & 1:
            leaf = _node(self._peaks.pop(), leaf)
            size >>= 1
        self._peaks.append(leaf)

    @property
    def root(self) -> bytes:
        """The root over all leaves so far; of none, the hash of nothing."""
        if not self._peaks:
            return hashlib.sha256().digest()
        right = self._peaks[-1]
        for left in reversed(self._peaks[:-1]):
            right = _node(left, right)
        return right


def root(leaves: Iterable[bytes]) -> bytes:
    """The Merkle tree hash over leaf hashes, in the order given."""
    tree = Tree()
    for leaf in leaves:
        tree.add(leaf)
    return tree.root


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The hashes that lead from one leaf to the root, nearest first (RFC 6962, 2.1.1)."""
    if not 0 <= index < len(leaves):
        raise IndexError(f"No leaf {index} among {len(leaves)}")
    if len(leaves) == 1:
        return []
    half = _largest_power_below(len(leaves))
    if index < half:
        return [*inclusion_proof(leaves[:half], index), root(leaves[half:])]
    return [*inclusion_proof(leaves[half:], index - half), root(leaves[:half])]


def proves(leaf: bytes, index: int, size: int, proof: Sequence[bytes], expected: bytes) -> bool:
    """Whether a proof leads from a leaf at its place in a tree of a size to the expected root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = _node(step, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = _node(found, step)
        place, last = place >> 1, last >> 1
    return last == 0 and found == expected


def _largest_power_below(count: int) -> int:
    return 1 << (count - 1).bit_length() - 1


def checkpoint(origin: str, size: int, root_hash: bytes) -> str:
    """The text that states a tree's size and root (C2SP tlog-checkpoint): origin, size, root in base64."""
    return f"{origin}\n{size}\n{base64.b64encode(root_hash).decode()}\n"


def signed_checkpoint(text: str, name: str, key: SigningKey) -> str:
    """A checkpoint with its signature line as a C2SP signed note: name, then key id and signature in base64."""
    public = base64.b64decode(key.public)
    key_id = hashlib.sha256(name.encode() + b"\n\x01" + public).digest()[:4]
    line = base64.b64encode(key_id + key.sign_note(text.encode())).decode()
    return f"{text}\n\N{EM DASH} {name} {line}\n"
