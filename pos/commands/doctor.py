"""`shop doctor`: what is wrong, and what to do, in plain words."""

import sys

import click

from core.i18n import gettext
from pos.commands.language import ENGLISH_OPTION, spoken
from pos.data_folder import DataFolder
from pos.doctor.checks import CHECKS
from pos.doctor.doctor import Finding, Level, admit, examine

MARKS = {Level.OK: "✓", Level.UNKNOWN: "?", Level.WARN: "!", Level.BAD: "✗"}


@click.command()
@ENGLISH_OPTION
@click.pass_obj
def doctor(folder: DataFolder, english: bool) -> None:
    """Say what is wrong with this shop's machine and folder, and what to do; exit code 1 when something is bad.

    Changes nothing, and may be asked while the shop runs.

    \b
    Example: shop --data my-shop doctor
    """
    with spoken(english):
        findings = []
        for finding in examine(admit(folder), CHECKS):
            _show(finding)
            findings.append(finding)
        _sum_up([finding.level for finding in findings])
    if any(finding.level is Level.BAD for finding in findings):
        sys.exit(1)


def _show(finding: Finding) -> None:
    click.echo(f"{MARKS[finding.level]} {finding.said}")
    if finding.todo:
        click.echo(f"    → {finding.todo}")


def _sum_up(levels: list[Level]) -> None:
    counts = {"bad": levels.count(Level.BAD), "warn": levels.count(Level.WARN), "unknown": levels.count(Level.UNKNOWN)}
    if not any(counts.values()):
        click.echo(gettext("All is well."))
        return
    click.echo(gettext("Bad: %(bad)s. To be seen to: %(warn)s. Not known: %(unknown)s.", **counts))
