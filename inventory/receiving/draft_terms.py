"""On which terms the lines of a delivery come: those of the agreement in force, or what was typed for this delivery."""

from core.clock import today
from core.errors import RuleBroken
from core.i18n import N_
from inventory.catalogue.price import price_on
from inventory.catalogue.producer import Producer
from inventory.consignment.agreed_terms import AgreedTerms, terms_for
from inventory.consignment.agreement import agreement_in_force
from inventory.consignment.agreement_table import Agreement
from inventory.lot import Terms, TermsKind
from inventory.receiving.delivery_draft_table import DeliveryDraft, DeliveryDraftLine


class TermsMissing(RuleBroken):
    """A line without its price cannot be settled later."""

    message = N_("%(product)s has no cost or delivery price yet. Type what the producer gets for one on its line.")


class CommissionMissing(RuleBroken):
    """Consigned on commission, but nobody said how much."""

    message = N_("The commission is missing. Type the percentage that stays with the shop.")


class NoAgreement(RuleBroken):
    """Terms cannot be taken from an agreement that is not there."""

    message = N_("No agreement with %(producer)s is in force today. Write it down first, or type the terms here.")


class NotInAgreement(RuleBroken):
    """The agreement says nothing of these goods."""

    message = N_("The agreement with %(producer)s does not name %(product)s. Agree on its terms first, or type the "
                 "terms of this delivery.")  # fmt: skip


def agreement_for(producer: Producer) -> Agreement | None:
    """The agreement under which a producer delivers today, or None."""
    return agreement_in_force(producer, today())


def agreed_terms(line: DeliveryDraftLine) -> AgreedTerms | None:
    """What the agreement says of a line, by its selling price; None where terms are typed, or nothing is agreed."""
    if not line.draft.agreed:
        return None
    agreement = agreement_for(line.draft.supplier)
    if agreement is None:
        return None
    price = line.price or price_on(line.product, today())
    return terms_for(agreement, line.product, today(), price=price)


def need_agreed_terms(line: DeliveryDraftLine) -> AgreedTerms:
    """What the agreement says of a line, or the sentence that it says nothing."""
    producer = line.draft.supplier
    if agreement_for(producer) is None:
        raise NoAgreement(producer=producer.name)
    found = agreed_terms(line)
    if found is None:
        raise NotInAgreement(producer=producer.name, product=line.product.name)
    return found


def known_terms(line: DeliveryDraftLine) -> Terms | None:
    """The terms of a line as far as they are known yet, for the page."""
    draft = line.draft
    if draft.agreed:
        found = agreed_terms(line)
        return found.terms if found is not None else None
    if draft.terms is TermsKind.COMMISSION:
        return Terms.on_commission(draft.commission) if draft.commission is not None else None
    if line.amount is None:
        return None
    return Terms.bought(line.amount) if draft.terms is TermsKind.BOUGHT else Terms.at_delivery_price(line.amount)


def terms_of(line: DeliveryDraftLine) -> Terms:
    """The terms that a line is received under, or the sentence that says what is missing."""
    if line.draft.agreed:
        return need_agreed_terms(line).terms
    found = known_terms(line)
    if found is None:
        raise (
            CommissionMissing() if line.draft.terms is TermsKind.COMMISSION else TermsMissing(product=line.product.name)
        )
    return found


def is_consigned(draft: DeliveryDraft) -> bool:
    """Whether the goods stay the producer's."""
    return draft.agreed or draft.terms is not TermsKind.BOUGHT
