"""What became, or would become, of each row of a list of goods."""

from __future__ import annotations

import enum
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field

from core.errors import RuleBroken


class Standing(enum.StrEnum):
    """What a row means for the shop."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


_LOOKED_AT = (Standing.REFUSED, Standing.CHANGED, Standing.NEW, Standing.SAME)


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence with its values as they are shown; kept untranslated, so that both languages can show it.

    `column` is the column it is about, if it is about one.
    """

    message: str
    values: dict[str, str] = field(default_factory=dict)
    column: str | None = None

    @classmethod
    def of(cls, trouble: RuleBroken, *, column: str | None = None) -> Said:
        """The sentence of a broken rule."""
        return cls(trouble.message, {name: str(value) for name, value in trouble.shown().items()}, column)

    def sentence(self, translate: Callable[[str], str]) -> str:
        """The sentence in the language that `translate` gives."""
        return translate(self.message) % self.values if self.values else translate(self.message)


@dataclass(slots=True)
class Outcome:
    """One row: where it stands, what it enters or changes, and what the manager should know.

    Of a long list a part is `entered` while the rest waits.
    """

    row: int
    name: str
    standing: Standing = Standing.SAME
    did: list[Said] = field(default_factory=list)
    notes: list[Said] = field(default_factory=list)
    entered: bool = False

    @property
    def waits(self) -> bool:
        """Whether there is something of it to enter."""
        return self.standing in (Standing.NEW, Standing.CHANGED) and not self.entered

    @property
    def urgency(self) -> int:
        """What a manager looks at first: what is left out, what changes, what is new."""
        return _LOOKED_AT.index(self.standing)

    def refuse(self, why: Said) -> None:
        """Nothing of the row is entered."""
        self.standing, self.did, self.notes = Standing.REFUSED, [], [why]

    def change(self, message: str, **values: object) -> None:
        """Say what the row enters; a row that was the same becomes a change."""
        self.did.append(Said(message, {name: str(value) for name, value in values.items()}))
        if self.standing is Standing.SAME:
            self.standing = Standing.CHANGED

    def note(self, message: str, **values: object) -> None:
        """Say what the manager should know."""
        self.notes.append(Said(message, {name: str(value) for name, value in values.items()}))


def counts(outcomes: Sequence[Outcome]) -> dict[str, int]:
    """How many rows stand where."""
    found = Counter(one.standing.value for one in outcomes)
    return {standing.value: found[standing.value] for standing in Standing}


def as_text(outcomes: Sequence[Outcome]) -> str:
    """The outcomes as they are kept with the draft."""
    return json.dumps([asdict(one) for one in outcomes], ensure_ascii=False, sort_keys=True)


def from_text(text: str) -> list[Outcome]:
    """The outcomes that a draft keeps."""
    return [
        Outcome(
            row=one["row"],
            name=one["name"],
            standing=Standing(one["standing"]),
            did=[Said(**said) for said in one["did"]],
            notes=[Said(**said) for said in one["notes"]],
            entered=one["entered"],
        )
        for one in json.loads(text)
    ]


def fingerprint(text: str) -> str:
    """A mark of what was shown: what is entered must be what was looked at."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
