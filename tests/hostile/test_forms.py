"""Every form, every field, every text that means no good: refused with a sentence, or kept as it was typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from werkzeug.test import TestResponse

from core.staff import Role
from tests.factories import Shop
from tests.hostile.attack import (
    Target,
    complaints,
    complaints_of_page,
    find_targets,
    is_unchanged,
    send,
    texts_kept,
)
from tests.hostile.conftest import Saved
from tests.hostile.naughty import MARK, OWN, collected
from tests.pos.web.conftest import Screen

pytestmark = pytest.mark.slow


@pytest.fixture
def targets(owner: Screen, shop: Shop) -> list[Target]:
    return find_targets(owner, shop.app)


@pytest.mark.parametrize("texts", [lambda: OWN, collected], ids=["our own", "collected"])
def test_no_text_breaks_a_form_or_comes_to_life(
    texts: Callable[[], list[str]],
    owner: Screen,
    shop: Shop,
    saved: Saved,
    targets: list[Target],
    size: Callable[[str], int],
) -> None:
    found = []
    sent = Deal(texts(), size("X5"))
    for target in targets:
        saved.bring_back()
        owner.sign_in(Role.OWNER)
        found += attack(owner, shop, target, sent)

    assert not found, "\n".join(found)
    changing = {rule.endpoint for rule in shop.app.url_map.iter_rules() if "POST" in rule.methods}
    assert changing <= {target.endpoint for target in targets}
    assert len([target for target in targets if target.found_on]) > 30


class Deal:
    """Deals out so many texts for each field; over all fields every text has its turn."""

    def __init__(self, texts: list[str], count: int) -> None:
        self.texts, self.count, self.at = texts, min(count, len(texts)), 0

    def hand(self) -> list[str]:
        chosen = [self.texts[(self.at + step) % len(self.texts)] for step in range(self.count)]
        self.at += self.count
        return chosen


def attack(owner: Screen, shop: Shop, target: Target, sent: Deal) -> Iterator[str]:
    """Send the texts through each field of a form; what is wrong with the answers, and with what was kept."""
    for name in sorted(target.fields):
        for text in sent.hand():
            where = f"{target.endpoint} {name}={text[:60]!a}"
            before = texts_kept(shop) if MARK in text else set()
            try:
                answer = send(owner, target, name, text)
            except Exception as mistake:  # our own mistake, in testing mode
                yield f"{where}: {mistake!r}"
                continue
            target.answers.add(answer.status_code)
            yield from (f"{where}: {one}" for one in complaints(answer, text))
            if MARK in text:
                yield from (
                    f"{where}: kept as {ascii(one)[:120]}"
                    for one in texts_kept(shop) - before
                    if not is_unchanged(one, text)
                )
            if is_sign_in(answer):
                owner.sign_in(Role.OWNER)
    if target.found_on:
        page = owner.send("GET", target.found_on).get_data(as_text=True)
        yield from (f"{target.endpoint}, page {target.found_on} afterwards: {one}" for one in complaints_of_page(page))


def is_sign_in(answer: TestResponse) -> bool:
    """Whether nobody is signed in at this browser any more."""
    return "/sign-in" in answer.headers.get("Location", "") or "/sign-in" in answer.headers.get("HX-Redirect", "")
