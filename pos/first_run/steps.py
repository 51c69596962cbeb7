"""The questions of the first run, step by step, and how each step's answers are read."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.i18n import N_
from pos.founding.new_shop import READERS, NewShop, read_person, read_pin

Answers = Mapping[str, str]


@dataclass(frozen=True)
class Step:
    """One page of questions."""

    name: str
    title: str
    fields: tuple[str, ...]


SHOP, PLACE, OWNER, PERSON = "shop", "place", "owner", "person"
STEPS = (
    Step(SHOP, N_("The shop"), ("name", "address", "phone", "code", "registers")),
    Step(PLACE, N_("The place"), ("locality",)),
    Step(OWNER, N_("Owner and tax"), ("owner_kind", "tax_code", "tax_method")),
    Step(PERSON, N_("The first person"), ()),
)


def step_called(name: str) -> Step | None:
    """The step of this name."""
    return next((step for step in STEPS if step.name == name), None)


def next_open(answers: Answers) -> Step:
    """The first step that was not answered yet; the last one is answered by making the shop."""
    return next(step for step in STEPS if step.name == PERSON or any(field not in answers for field in step.fields))


def read_step(step: Step, form: Answers) -> dict[str, str]:
    """A step's answers as they are kept until the shop is made; RuleBroken for one that no shop can be made from."""
    return {field: str(READERS[field](form.get(field, ""))) for field in step.fields}


def shop_of(answers: Answers, form: Answers) -> NewShop:
    """The new shop from the answers kept and the last page's, which nobody keeps: it holds the PIN."""
    kept = {field: READERS[field](answers[field]) for step in STEPS for field in step.fields}
    person = read_person(form.get("person", ""))
    return NewShop(**kept, person=person, pin=read_pin(form.get("pin", ""), form.get("pin_again", "")))
