"""Every cause and bearer of a claim has its word on the page."""

from inventory.consignment.loss_cause import Bearer, ClaimCause
from inventory.web.consignment.claims import BEARER_NAMES, CAUSE_NAMES


def test_every_cause_and_bearer_has_a_word():
    assert set(CAUSE_NAMES) == set(ClaimCause)
    assert set(BEARER_NAMES) == set(Bearer)
