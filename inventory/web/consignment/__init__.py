"""Pages of consignment: agreements with producers, their consents to markdowns, goods to fetch, claims."""

from flask import Blueprint

from core.i18n import N_
from core.web.shell import STOCK, MenuItem
from inventory.web.consignment import agreement_acts, agreements, consents, goods_to_fetch

MENU = (MenuItem("agreements.index", N_("Consignment agreements"), "", STOCK, in_bar=False),)
BLUEPRINTS: tuple[Blueprint, ...] = (agreements.bp, agreement_acts.bp, goods_to_fetch.bp, consents.bp)
