"""History on a page: changes of a row in the words of the screen, and no silent overwriting of what others changed.

A page shows `{{ history(changes, words) }}` of history.html; `words` says for each kind of record what its fields and
acts are called. A form that corrects a row carries `{{ seen(row.record_seq) }}`; its view asks `refuse_stale` first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from core.columns import read_instant
from core.database import db
from core.errors import RuleBroken
from core.i18n import N_, gettext, written_day, written_instant
from core.journal.history import Change
from core.journal.record import Kind
from core.money import Money
from core.staff import Staff
from core.web.forms import Form, read_whole

SEEN_FIELD = "seen"
NOTHING = "–"


class ChangedMeanwhile(RuleBroken):
    """Two people had the same row open; the second must not undo the first unseen."""

    message = N_("%(who)s changed this at %(time)s, while your page was open: %(what)s. What you sent was not taken. "
                 "Reload the page, look at it, and enter yours again.")  # fmt: skip


def said_plainly(value: Any) -> str:
    """A value as it stands; nothing is a dash."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list):
        return ", ".join(map(str, value)) or NOTHING
    return NOTHING if value is None or value == "" else str(value)


def said_as_day(value: str | None) -> str:
    """A day of a record."""
    return written_day(date.fromisoformat(value)) if value else NOTHING


def said_as_instant(value: str | None) -> str:
    """An instant of a record, in Viet Nam's time."""
    return written_instant(read_instant(value)) if value else NOTHING


def said_as_money(value: int | None) -> str:
    """An amount of a record."""
    return NOTHING if value is None else str(Money(value))


@dataclass(frozen=True, slots=True)
class Label:
    """What a field is called (marked with N_) and how its value is said.

    Of a `hidden` field the record holds a salted hash only: history says that it changed, not what it was.
    """

    name: str
    say: Callable[[Any], str] = said_plainly
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """What the records of one kind are called: their fields in the order of the screen, and their acts.

    Fields without a label are not shown. A record without an act is called by the act None; where that has no name
    either, it entered the row or corrected it.
    `about` names the row where a page shows the history of several.
    """

    fields: Mapping[str, Label | str]
    acts: Mapping[str | None, str] = field(default_factory=dict)
    about: Callable[[Change], str] = lambda change: ""

    def label(self, name: str) -> Label:
        """The label of a field."""
        found = self.fields[name]
        return found if isinstance(found, Label) else Label(found)

    def act(self, change: Change) -> str:
        """What was done, in the language of the screen."""
        if change.act in self.acts:
            return gettext(self.acts[change.act])
        return gettext("Corrected") if change.before or not change.after else gettext("Entered")


WordsByKind = Mapping[Kind, Words]


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field that a change speaks of; `before` is empty for what was told for the first time."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One change as a page shows it."""

    seq: int
    at: datetime
    who: str
    act: str
    about: str
    fields: tuple[FieldRow, ...]


def history_rows(changes: Iterable[Change], words: WordsByKind) -> list[HistoryRow]:
    """Changes in the words of the screen; for the template of history.html."""
    found = list(changes)
    names = staff_names(change.by for change in found)
    return [_row(change, words[change.kind], names) for change in found]


def staff_names(codes: Iterable[str | None]) -> dict[str | None, str]:
    """The names of people by their codes; what nobody did, the shop's computer did."""
    wanted = set(codes)
    rows = db.session.execute(select(Staff.code, Staff.name).where(Staff.code.in_(wanted - {None})))
    return {code: str(code) for code in wanted} | dict(rows.all()) | {None: gettext("the shop's computer")}


def _row(change: Change, words: Words, names: dict[str | None, str]) -> HistoryRow:
    fields = tuple(_fields(change, words))
    return HistoryRow(change.seq, change.at, names[change.by], words.act(change), words.about(change), fields)


def _fields(change: Change, words: Words) -> Iterator[FieldRow]:
    first = not change.before
    for name in words.fields:
        if name not in change.after or (first and change.after[name] in (None, "", False)):
            continue
        label, before, after = words.label(name), change.before.get(name), change.after[name]
        if label.hidden:
            yield FieldRow(gettext(label.name), "", _hidden(before, after))
        else:
            said = label.say(before) if name in change.before else ""
            yield FieldRow(gettext(label.name), said, label.say(after))


def _hidden(before: str | None, after: str | None) -> str:
    if not after:
        return gettext("removed")
    return gettext("changed") if before else gettext("entered")


def refuse_stale(record_seq: int, form: Form, changes: Callable[[], Iterable[Change]], words: WordsByKind) -> None:
    """Refuse a form about a row that somebody changed after the form was drawn, and say what changed.

    `record_seq` is the row's own; `changes` gives its history when it is needed.
    """
    seen = read_whole(form, SEEN_FIELD, most=10**15)
    if record_seq == seen:
        return
    missed = [change for change in changes() if change.seq > seen]
    rows = history_rows(missed, words)
    what = "; ".join(_sentence(row) for row in rows)
    who, time = (rows[0].who, rows[0].at) if rows else (NOTHING, NOTHING)
    raise ChangedMeanwhile(who=who, time=time, what=what)


def _sentence(row: HistoryRow) -> str:
    said = ", ".join(
        f"{one.name} {one.before} → {one.after}" if one.before else f"{one.name} {one.after}" for one in row.fields
    )
    return f"{row.about or row.act}: {said}" if said else row.act
