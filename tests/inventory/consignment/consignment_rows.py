"""Rows of agreements and consents that the database takes, and what it refuses of them."""

from datetime import UTC, date, datetime

DAY, LATER = date(2026, 1, 1), date(2027, 1, 1)
NOW = datetime(2026, 11, 22, tzinfo=UTC)

GOOD: dict[str, dict[str, object]] = {
    "agreements": {"number": 1, "producer_id": 1, "paper": "1/2026", "point": "x", "first_day": DAY, "last_day": LATER,
                   "grace_days": 30, "rhythm": "batch", "batch_quantity": 1, "minimum_payout": 0, "payment_days": 15,
                   "notice_days": 60, "tax": "household", "note": "", "record_seq": 1},
    "agreement_terms": {"id": 1, "uid": "t", "agreement_number": 1, "first_day": DAY, "product_id": 1,
                        "group_code": None, "price_from": 0, "kind": "commission", "commission": 1500,
                        "delivery_price": None, "minimum_price": 1, "discount_share": 5000, "discount_limit": 2000,
                        "record_seq": 1, "line": 1},
    "agreement_losses": {"record_seq": 1, "cause": "theft", "agreement_number": 1, "first_day": DAY, "bearer": "shop"},
    "agreement_notices": {"record_seq": 1, "agreement_number": 1, "given_on": DAY, "given_by": "shop", "reason": "x"},
    "agreement_ends": {"agreement_number": 1, "last_day": DAY, "ended_by": "both", "reason": "x", "record_seq": 1},
    "lot_agreements": {"lot_id": 1, "terms_id": 1, "record_seq": 1},
    "markdown_consents": {"id": 1, "uid": "m", "producer_id": 1, "product_id": 1, "lot_id": 1, "price": 1,
                          "share": 5000, "first_day": DAY, "last_day": LATER, "reason": "x", "record_seq": 1},
    "markdown_consent_ends": {"consent_id": 1, "ended_at": NOW, "reason": "x", "record_seq": 1},
}  # fmt: skip

BAD: list[tuple[str, dict[str, object]]] = [
    ("agreements", {"last_day": date(2025, 12, 31)}),
    ("agreements", {"grace_days": -1}),
    ("agreements", {"payment_days": -1}),
    ("agreements", {"notice_days": 3651}),
    ("agreements", {"minimum_payout": -1}),
    ("agreements", {"rhythm": "year"}),
    ("agreements", {"rhythm": "month"}),  # and yet a quantity of a batch
    ("agreements", {"batch_quantity": None}),
    ("agreements", {"batch_quantity": 0}),
    ("agreements", {"tax": "none"}),
    ("agreements", {"producer_id": 9}),
    ("agreement_terms", {"group_code": "I"}),  # for one product and for a group
    ("agreement_terms", {"kind": "bought"}),
    ("agreement_terms", {"commission": None}),
    ("agreement_terms", {"delivery_price": 1}),  # beside a commission
    ("agreement_terms", {"commission": 10_001}),
    ("agreement_terms", {"kind": "delivery_price", "commission": None, "delivery_price": -1}),
    ("agreement_terms", {"price_from": -1}),
    ("agreement_terms", {"minimum_price": 0}),
    ("agreement_terms", {"discount_share": 10_001}),
    ("agreement_terms", {"discount_limit": -1}),
    ("agreement_terms", {"id": 2}),
    ("agreement_losses", {"cause": "rain"}),
    ("agreement_losses", {"bearer": "nobody"}),
    ("agreement_notices", {"given_by": "both"}),
    ("agreement_ends", {"ended_by": "nobody"}),
    ("agreement_ends", {"ended_by": "shop"}),  # a second end of the same agreement
    ("lot_agreements", {"terms_id": 1}),  # a second agreement of the same lot
    ("markdown_consents", {"price": 0}),
    ("markdown_consents", {"share": 10_001}),
    ("markdown_consents", {"last_day": date(2025, 12, 31)}),
    ("markdown_consents", {"reason": ""}),
    ("markdown_consents", {"lot_id": 9}),
    ("markdown_consent_ends", {"reason": ""}),
    ("markdown_consent_ends", {"consent_id": 1}),  # ended twice
]
