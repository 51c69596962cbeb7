"""A verifier that shares no line of code with the shop: own JCS (RFC 8785), Ed25519 (RFC 8032, 6) and tree (RFC 6962).

Slow and plain on purpose. It reads an exported journal and knows the terminal's public key, nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

DOMAIN = b"ocop-pos/journal/v1\n"

# -- Ed25519

P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_M1 = pow(2, (P - 1) // 4, P)
Point = tuple[int, int, int, int]


def point_add(a: Point, b: Point) -> Point:
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    i, j, k, m = f - e, h - g, h + g, f + e
    return i * j % P, k * m % P, j * k % P, i * m % P


def point_mul(times: int, point: Point) -> Point:
    result: Point = (0, 1, 1, 0)
    while times:
        if times & 1:
            result = point_add(result, point)
        point, times = point_add(point, point), times >> 1
    return result


def recover_x(y: int, sign: int) -> int | None:
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if square == 0:
        return None if sign else 0
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * SQRT_M1 % P
    if (x * x - square) % P:
        return None
    return P - x if x & 1 != sign else x


def decompress(raw: bytes) -> Point | None:
    number = int.from_bytes(raw, "little")
    y = number & (1 << 255) - 1
    x = recover_x(y, number >> 255)
    return None if x is None else (x, y, 1, x * y % P)


BASE = decompress((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def signature_is_good(public: bytes, message: bytes, signature: bytes) -> bool:
    if len(public) != 32 or len(signature) != 64:
        return False
    a, r, s = decompress(public), decompress(signature[:32]), int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= Q:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % Q
    assert BASE is not None
    left, right = point_mul(s, BASE), point_add(r, point_mul(h, a))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


# -- JCS

SHORT = {8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r", 34: '\\"', 92: "\\\\"}


def jcs(value: Any) -> str:
    if value is None or value is True or value is False:
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return '"' + "".join(SHORT.get(ord(c)) or (f"\\u{ord(c):04x}" if ord(c) < 32 else c) for c in value) + '"'
    if isinstance(value, list):
        return "[" + ",".join(map(jcs, value)) + "]"
    keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
    return "{" + ",".join(jcs(key) + ":" + jcs(value[key]) for key in keys) + "}"


# -- trees


def tree_root(leaves: list[bytes]) -> bytes:
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + leaves[0]).digest()
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return hashlib.sha256(b"\1" + tree_root(leaves[:half]) + tree_root(leaves[half:])).digest()


# -- the journal


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


class Totals:
    def __init__(self) -> None:
        self.gross = self.refunded = self.sales = 0

    def after(self, record: dict[str, Any]) -> dict[str, int]:
        amount = record["body"].get("total", 0)
        if record["typ"] == "SALE":
            self.gross, self.sales = self.gross + amount, self.sales + 1
        if record["typ"] == "REFUND":
            self.refunded += amount
        return {"gross": self.gross, "ref": self.refunded, "net": self.gross - self.refunded, "n": self.sales}


class Slips:
    """Each producer's chain: a sale adds its lines (version 1), a refund takes them off (version 2, with its kind)."""

    def __init__(self) -> None:
        self.newest: dict[str, tuple[int, int, int, str]] = {}

    def after(self, record: dict[str, Any]) -> list[dict[str, Any]] | None:
        if record["typ"] not in ("SALE", "REFUND"):
            return None
        lines, told = record["body"]["lines"], []
        for own in sorted({line["own"] for line in lines if line.get("own") is not None}):
            told.append(self.add(own, [line for line in lines if line.get("own") == own], record))
        return told

    def add(self, own: str, lines: list[dict[str, Any]], record: dict[str, Any]) -> dict[str, Any]:
        tid = record["tid"]
        i, q, a, prev = self.newest.get(own) or (0, 0, 0, sha(DOMAIN + f"slip\n{tid}\n{own}".encode()))
        for line in lines:
            back = record["typ"] == "REFUND"
            q, a = q + (-line["qty"] if back else line["qty"]), a + (-line["due"] if back else line["due"])
        slip = {"v": 1, "tid": tid, "own": own, "i": i + 1, "prev": prev}
        slip |= {"seq": record["seq"], "lines": lines, "q": q, "a": a}
        if record["typ"] == "REFUND":
            slip |= {"v": 2, "k": "REFUND"}
        self.newest[own] = (i + 1, q, a, sha(jcs(slip).encode()))
        return {"own": own, "i": i + 1, "h": self.newest[own][3]}


def complaints(lines: Iterable[str], public: str) -> Iterator[str]:
    """What is wrong with an exported journal; nothing when it is whole."""
    prev, totals, slips = "", Totals(), Slips()
    for due, line in enumerate(lines):
        sealed = json.loads(line)
        data = sealed["b"].encode()
        record = json.loads(data)
        checks = {
            "bytes": jcs(record).encode() == data,
            "signature": signature_is_good(base64.b64decode(public), DOMAIN + data, base64.b64decode(sealed["s"])),
            "number": record["seq"] == due,
            "chain": record["prev"] == (prev or sha(DOMAIN + record["tid"].encode())),
            "totals": record["tot"] == totals.after(record),
            "slips": slips.after(record) == record["body"].get("slips"),
        }
        yield from (f"{due}: {name}" for name, good in checks.items() if not good)
        prev = sha(data)
