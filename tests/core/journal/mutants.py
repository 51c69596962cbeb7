"""Everything that can be done to a journal: each mutant with the fault that must be named."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from core.journal.export import Sealed
from core.journal.head import Head
from core.journal.record import canonical
from core.journal.seal import SigningKey, digest

Journal = list[Sealed]


@dataclass(frozen=True)
class Honest:
    """A whole journal, the heads remembered of it, its key, and a stranger's key."""

    records: Journal
    heads: list[Head]
    key: SigningKey
    stranger: SigningKey

    def first_head_from(self, place: int) -> int:
        return next(head.seq for head in self.heads if head.seq >= place)

    def has_head(self, place: int) -> bool:
        return self.first_head_from(place) == place


@dataclass(frozen=True)
class Mutant:
    sort: str
    records: Journal
    kinds: set[str]
    seq: int


def seal(record: dict[str, Any], key: SigningKey) -> Sealed:
    data = canonical(record)
    return Sealed(data.decode(), key.sign(data))


def edited(sealed: Sealed, chance: random.Random) -> dict[str, Any]:
    """The record with something else in its body; totals and all else left as they are."""
    record = json.loads(sealed.text)
    record["body"]["note"] = f"sửa {chance.randrange(10**6)}"
    return record


def edit_without_key(honest: Honest, place: int, chance: random.Random) -> Mutant:
    sealed = honest.records[place]
    changed = Sealed(canonical(edited(sealed, chance)).decode(), sealed.signature)
    return Mutant("edit", replaced(honest, place, changed), {"signature"}, place)


def edit_with_key(honest: Honest, place: int, chance: random.Random) -> Mutant:
    """By whoever holds the terminal: only the neighbours and the head file speak against it."""
    changed = seal(edited(honest.records[place], chance), honest.key)
    if honest.has_head(place):
        return Mutant("edit+re-sign", replaced(honest, place, changed), {"fork"}, place)
    return Mutant("edit+re-sign", replaced(honest, place, changed), {"chain"}, place + 1)


def edit_total_with_key(honest: Honest, place: int, chance: random.Random) -> Mutant:
    record = json.loads(honest.records[place].text)
    record["tot"]["gross"] += 1000
    return Mutant("totals+re-sign", replaced(honest, place, seal(record, honest.key)), {"totals"}, place)


def rewrite_from_here(honest: Honest, place: int, chance: random.Random) -> Mutant:
    """The holder of terminal and key remakes everything from a place on: only the head file knows better."""
    records = honest.records[:place]
    record = edited(honest.records[place], chance)
    renamed = {digest(honest.records[place].text.encode()): digest(canonical(record))}
    records.append(seal(record, honest.key))
    for sealed in honest.records[place + 1 :]:
        text = sealed.text
        for old, new in renamed.items():
            text = text.replace(old, new)
        renamed[digest(sealed.text.encode())] = digest(text.encode())
        records.append(Sealed(text, honest.key.sign(text.encode())))
    return Mutant("rewrite", records, {"fork"}, honest.first_head_from(place))


def delete(honest: Honest, place: int, chance: random.Random) -> Mutant:
    last = place == len(honest.records) - 1
    return Mutant("delete", replaced(honest, place), {"cut" if last else "gap"}, place)


def insert_with_key(honest: Honest, place: int, chance: random.Random) -> Mutant:
    more = seal(edited(honest.records[place], chance), honest.key)
    return Mutant("insert", replaced(honest, place, more, honest.records[place]), {"fork"}, place)


def insert_without_key(honest: Honest, place: int, chance: random.Random) -> Mutant:
    more = seal(edited(honest.records[place], chance), honest.stranger)
    return Mutant("insert", replaced(honest, place, more, honest.records[place]), {"signature"}, place)


def swap(honest: Honest, place: int, chance: random.Random) -> Mutant:
    place = min(place, len(honest.records) - 2)
    one, two = honest.records[place : place + 2]
    records = [*honest.records[:place], two, one, *honest.records[place + 2 :]]
    return Mutant("swap", records, {"gap"}, place)


def duplicate(honest: Honest, place: int, chance: random.Random) -> Mutant:
    twice = honest.records[place]
    return Mutant("duplicate", replaced(honest, place, twice, twice), {"repeat"}, place)


def truncate(honest: Honest, place: int, chance: random.Random) -> Mutant:
    return Mutant("truncate", honest.records[:place], {"cut"}, place)


def unsign(honest: Honest, place: int, chance: random.Random) -> Mutant:
    place = min(place, len(honest.records) - 2)  # of the last one see test_verify.py
    bare = Sealed(honest.records[place].text, None)
    return Mutant("signature taken off", replaced(honest, place, bare), {"signature"}, place)


def flip_bit(honest: Honest, place: int, chance: random.Random) -> Mutant:
    sealed = honest.records[place]
    if chance.random() < 0.2:
        changed = Sealed(sealed.text, flipped(sealed.signature or "", chance))
    else:
        changed = Sealed(flipped(sealed.text, chance), sealed.signature)
    return Mutant("bit flip", replaced(honest, place, changed), set(), place)


def flipped(text: str, chance: random.Random) -> str:
    data = bytearray(text.encode())
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return data.decode("utf-8", "surrogateescape")


def replaced(honest: Honest, place: int, *by: Sealed) -> Journal:
    return [*honest.records[:place], *by, *honest.records[place + 1 :]]


SORTS: list[Callable[[Honest, int, random.Random], Mutant]] = [
    edit_without_key,
    edit_with_key,
    edit_total_with_key,
    rewrite_from_here,
    delete,
    insert_with_key,
    insert_without_key,
    swap,
    duplicate,
    truncate,
    unsign,
    flip_bit,
]


def mutants(honest: Honest, count: int, chance: random.Random) -> Iterator[Mutant]:
    """Each sort at every record; what is missing to the count is bits flipped anywhere."""
    made = 0
    for place in range(len(honest.records)):
        for sort in SORTS:
            yield sort(honest, place, chance)
            made += 1
    for _ in range(made, count):
        yield flip_bit(honest, chance.randrange(len(honest.records)), chance)
