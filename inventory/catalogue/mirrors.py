"""The tables of the catalogue as the journal sees them, for `shop verify`."""

from sqlalchemy import case, func, select
from sqlalchemy.orm import aliased

from core.journal.replay import Mirror, Replay
from core.private_mark import FINGERPRINT_FROM
from inventory.catalogue.basis import Eligibility, EligibilityEnd
from inventory.catalogue.certificate import Certificate, CertificateWithdrawal
from inventory.catalogue.licence import Licence
from inventory.catalogue.price import Price
from inventory.catalogue.producer import Producer
from inventory.catalogue.product import Product
from inventory.catalogue.product_number import ProductNumber
from inventory.catalogue.recall import Recall, RecallLift
from inventory.catalogue.taken_back import TakenBack
from inventory.catalogue.tax import ProductTaxClass

MIRRORS = Replay()
_SAME_RECORD = ("record_seq",)

_licensed = aliased(Product)

MIRRORS.mirror(
    Mirror(
        "producers",
        select(
            Producer.code,
            Producer.uid,
            Producer.name,
            Producer.name_folded,
            Producer.form,
            Producer.province_id.label("province"),
            Producer.locality_id.label("locality"),
            Producer.old_commune,
            Producer.old_district,
            case((func.length(Producer.tax_code) == 12, None), else_=Producer.tax_code).label("tax_code"),
            func.substr(Producer.phone_mark, FINGERPRINT_FROM).label("phone"),
            func.substr(Producer.address_mark, FINGERPRINT_FROM).label("address"),
            func.substr(Producer.personal_mark, FINGERPRINT_FROM).label("personal"),
            Producer.retired_on.label("retired"),
            Producer.record_seq,
        ),
        key=("code",),
        appended=False,
    )
)
MIRRORS.mirror(
    Mirror(
        "products",
        select(
            Product.sku,
            Product.uid,
            Producer.code.label("producer"),
            Product.name,
            Product.name_folded,
            Product.search_exact,
            Product.search_folded,
            Product.pack,
            Product.unit,
            Product.unit_label.label("label"),
            Product.group_code.label("group"),
            Product.old_group_code.label("old_group"),
            Product.sell_within_days.label("within"),
            Product.service,
            Product.retired_on.label("retired"),
            Product.record_seq,
        ).join(Producer, Producer.id == Product.producer_id),
        key=("sku",),
        appended=False,
    )
)
MIRRORS.mirror(
    Mirror(
        "product_numbers",
        select(
            ProductNumber.number.label("no"),
            ProductNumber.kind,
            Product.sku,
            ProductNumber.pack,
            ProductNumber.withdrawn,
            ProductNumber.record_seq,
        ).join(Product, Product.id == ProductNumber.product_id),
        key=("no",),
        appended=False,
    )
)
MIRRORS.mirror(
    Mirror(
        "prices",
        select(Product.sku, Price.amount.label("price"), Price.first_day.label("from"), Price.record_seq).join(
            Product, Product.id == Price.product_id
        ),
        key=_SAME_RECORD,
    )
)
MIRRORS.mirror(
    Mirror(
        "product_tax_classes",
        select(
            Product.sku,
            ProductTaxClass.tax_class.label("class"),
            ProductTaxClass.first_day.label("from"),
            ProductTaxClass.record_seq,
        ).join(Product, Product.id == ProductTaxClass.product_id),
        key=_SAME_RECORD,
    )
)
MIRRORS.mirror(
    Mirror(
        "taken_back",
        select(
            TakenBack.what,
            Product.sku,
            TakenBack.first_day.label("from"),
            TakenBack.reason,
            TakenBack.record_seq,
        ).join(Product, Product.id == TakenBack.product_id),
        key=_SAME_RECORD,
    )
)
MIRRORS.mirror(
    Mirror(
        "certificates",
        select(
            Certificate.uid,
            Product.sku,
            Certificate.stars,
            Certificate.number.label("no"),
            Certificate.decision,
            Certificate.decision_date.label("decided"),
            Certificate.issuer,
            Certificate.first_day.label("from"),
            Certificate.last_day.label("until"),
            Certificate.struck,
            Certificate.record_seq,
        ).join(Product, Product.id == Certificate.product_id),
        key=("uid",),
        appended=False,
    )
)
MIRRORS.mirror(
    Mirror(
        "certificate_withdrawals",
        select(
            Certificate.uid,
            CertificateWithdrawal.from_day.label("from"),
            CertificateWithdrawal.decision,
            CertificateWithdrawal.reason,
            CertificateWithdrawal.record_seq,
        ).join(Certificate, Certificate.id == CertificateWithdrawal.certificate_id),
        key=_SAME_RECORD,
    )
)
MIRRORS.mirror(
    Mirror(
        "eligibilities",
        select(
            Eligibility.uid,
            Product.sku,
            Eligibility.basis_code.label("basis"),
            Eligibility.evidence,
            Eligibility.first_day.label("from"),
            Eligibility.last_day.label("until"),
            Eligibility.struck,
            Eligibility.record_seq,
        ).join(Product, Product.id == Eligibility.product_id),
        key=("uid",),
        appended=False,
    )
)
MIRRORS.mirror(
    Mirror(
        "eligibility_ends",
        select(
            Eligibility.uid,
            EligibilityEnd.last_day.label("until"),
            EligibilityEnd.reason,
            EligibilityEnd.record_seq,
        ).join(Eligibility, Eligibility.id == EligibilityEnd.eligibility_id),
        key=_SAME_RECORD,
    )
)
MIRRORS.mirror(
    Mirror(
        "licences",
        select(
            Licence.uid,
            Licence.kind,
            _licensed.sku,
            Licence.number.label("no"),
            Licence.issuer,
            Licence.first_day.label("from"),
            Licence.last_day.label("until"),
            Licence.struck,
            Licence.record_seq,
        ).outerjoin(_licensed, _licensed.id == Licence.product_id),
        key=("uid",),
        appended=False,
    )
)
MIRRORS.mirror(
    Mirror(
        "recalls",
        select(
            Recall.uid,
            Product.sku,
            Recall.lot_number.label("lot"),
            Recall.since,
            Recall.reason,
            Recall.issuer,
            Recall.record_seq,
        ).join(Product, Product.id == Recall.product_id),
        key=_SAME_RECORD,
    )
)
MIRRORS.mirror(
    Mirror(
        "recall_lifts",
        select(Recall.uid, RecallLift.since, RecallLift.reason, RecallLift.record_seq).join(
            Recall, Recall.id == RecallLift.recall_id
        ),
        key=_SAME_RECORD,
    )
)
