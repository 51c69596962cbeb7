"""What settings are called on the screen, and what is said of one that cannot be taken."""

from core.i18n import N_

NAMES = {
    "name": N_("Name of the shop"),
    "code": N_("Number of the shop"),
    "address": N_("Address"),
    "phone": N_("Telephone"),
    "tax_code": N_("Tax code"),
    "location_code": N_("Code of the business location"),
    "locality": N_("Commune or ward"),
    "owner_kind": N_("Who runs the shop"),
    "tax_method": N_("How the tax is paid"),
    "language": N_("Language of the receipt"),
    "return_terms": N_("Words on bringing goods back"),
    "footer": N_("Last words"),
    "bin": N_("Bank"),
    "account": N_("Account number"),
    "holder": N_("Account holder"),
    "max_quantity": N_("Most of one kind on one line"),
    "in_store_prefix": N_("First digits of the shop's own numbers"),
    "weight_layouts": N_("Labels of the scale"),
    "prefix": N_("First two digits"),
    "item_digits": N_("Digits of the goods"),
    "value_digits": N_("Digits of the weight"),
    "unit": N_("One of the weight is"),
    "dots": N_("Width of the paper"),
}
RULES = {
    "name": N_("Type a name; it stands on every paper."),
    "code": N_("Type 1 to 6 digits."),
    "tax_code": N_("Type 10 digits, or 10 digits, a hyphen and 3 digits, or 12 digits; or leave it empty."),
    "locality": N_("Choose a commune or ward of today from the list."),
    "owner_kind": N_("Choose one from the list."),
    "tax_method": N_("Choose one from the list."),
    "language": N_("Choose one from the list."),
    "bin": N_("Choose the bank and type the account number, or leave both empty."),
    "account": N_("Type 1 to 19 letters and digits, without blanks."),
    "max_quantity": N_("Type a whole number from 1 to 1,000,000."),
    "in_store_prefix": N_("Type 2, or a number from 20 to 29."),
    "weight_layouts": N_("Two labels cannot begin with the same two digits. Give each its own."),
    "prefix": N_("It is 20 to 29, and the whole label has 13 or 8 digits with its check digit. Count the digits."),
    "item_digits": N_("Goods and weight need at least one digit each."),
    "value_digits": N_("Goods and weight need at least one digit each."),
    "unit": N_("Choose one from the list."),
    "dots": N_("Choose one from the list."),
}
CHOICES = {
    "owner_kind": {
        "cooperative": N_("Cooperative"),
        "company": N_("Company"),
        "household": N_("Household business"),
        "state": N_("State body or public unit"),
    },
    "tax_method": {
        "deduction": N_("VAT by deduction: the tax is shown on receipts"),
        "household": N_("Percent of turnover: no VAT is shown"),
        "below_threshold": N_("No VAT: turnover below the threshold"),
    },
    "language": {"vi": N_("Vietnamese"), "en": N_("English")},
    "unit": {"g": N_("1 gram"), "dag": N_("10 grams"), "kg": N_("1 kilogram")},
}
