"""A till in a process of its own, told what to do over a pipe, so that a test can kill it, watch it or starve it.

Processes come from a fork server that has loaded the shop once: a new till is there in a tenth of a second.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

from core import database
from core.database import db
from core.errors import RuleBroken
from pos.basket import current_basket
from pos.data_folder import DataFolder
from pos.quote import quote
from tests.factories import Shop, cash, fill_basket, opened, pay, shop_settings

_PR_SET_PTRACER = 0x59616D61  # "Yama": whoever asks may watch this process, where the kernel wants to be told
_PR_SET_PTRACER_ANY = ctypes.c_ulong(-1)
forks = multiprocessing.get_context("forkserver")
forks.set_forkserver_preload([__name__, "pos.app"])

GOODS = (("mật ong", 3), ("chè Shan", 2), ("miến dong", 1))
HANDED_OVER = 600_000
"""What the customer hands over for GOODS: 550.000 and 50.000 back."""


class TillProcess:
    """The other end: `ask("sell", key)` gives what the till answered; a killed till answers with EOFError."""

    def __init__(self, process: ForkServerProcess, line: Connection) -> None:
        self.process = process
        self.line = line

    @property
    def pid(self) -> int:
        assert self.process.pid is not None
        return self.process.pid

    def tell(self, *words: object) -> None:
        """Ask without waiting for the answer."""
        self.line.send(words)

    def answer(self, seconds: float = 60) -> Any:
        """What it says next."""
        assert self.line.poll(seconds), "the till says nothing"
        return self.line.recv()

    def ask(self, *words: object) -> Any:
        """Ask and wait."""
        self.tell(*words)
        return self.answer()

    def end(self) -> None:
        """Kill it, as a power cut would, unless it is gone already."""
        self.process.kill()
        self.process.join()
        self.line.close()


@contextmanager
def till_process(folder: DataFolder, *, synchronous: int = 2) -> Iterator[TillProcess]:
    """A till on a folder, its connection open; killed at the end. `synchronous` 1 makes it a careless one."""
    ours, theirs = forks.Pipe()
    process = forks.Process(target=serve, args=(folder.path, theirs, synchronous), daemon=True)
    process.start()
    theirs.close()
    till = TillProcess(process, ours)
    try:
        assert till.answer() == "ready"
        yield till
    finally:
        till.end()


def serve(path: Path, line: Connection, synchronous: int) -> None:
    """What the process does: one act for each message, until it is killed or nobody speaks any more."""
    ctypes.CDLL(None).prctl(_PR_SET_PTRACER, _PR_SET_PTRACER_ANY, 0, 0, 0)
    database._PRAGMAS["synchronous"] = synchronous
    folder = DataFolder(path)
    with opened(folder, shop_settings()) as app:
        shop = Shop(app, folder)
        current_basket(shop.register)  # the connection is there, and what is compiled once is compiled
        db.session.rollback()
        line.send("ready")
        while True:
            try:
                act, *words = line.recv()
            except EOFError:
                os._exit(0)
            line.send(ACTS[act](shop, *words))


def in_words(act: Callable[[Shop, str], object]) -> Callable[[Shop, str], tuple[str, object]]:
    """An act whose refusal is an answer, too: "refused" and the sentence."""

    def answer(shop: Shop, key: str) -> tuple[str, object]:
        try:
            number = act(shop, key)
            return ("sold", number) if number else ("empty", None)
        except RuleBroken as broken:
            return "refused", broken.sentence()
        finally:
            db.session.remove()

    return answer


def sell(shop: Shop, key: str) -> object:
    """Sell what lies in the basket; the number of the sale, nothing when there is no basket."""
    basket = current_basket(shop.register)
    return pay(shop, basket, cash(HANDED_OVER), key=key).number if basket else None


def fill_and_sell(shop: Shop, key: str) -> object:
    """Put the goods into the basket and sell them: many transactions, one of them a sale."""
    basket = fill_basket(shop, *GOODS)
    return pay(shop, basket, cash(quote(basket).total.dong), key=key).number


ACTS: dict[str, Callable[..., object]] = {"sell": in_words(sell), "fill and sell": in_words(fill_and_sell)}
