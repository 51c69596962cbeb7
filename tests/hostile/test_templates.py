"""Every template of the shop, read as it stands: nothing that the content policy stops, nothing that is not escaped."""

from __future__ import annotations

import re

import pytest

from tests.house.source import Source, read_project

TEMPLATES = [source for source in read_project(".html") if source.is_ours]
STOPPED = re.compile(
    r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+\s*=|javascript:|hx-on|hx-vals=['\"]js:|<iframe|<object|<embed"
    r"|(?:src|href|action)=['\"]?(?:https?:)?//",
    re.IGNORECASE,
)
# Pictures that we draw ourselves (QR as SVG) are the only markup that is not escaped.
UNESCAPED = re.compile(r"\|\s*safe|autoescape\s+false|\bMarkup\(")
OURS = re.compile(r"\{\{\s*(?:\w+\.)?picture\|safe\s*\}\}")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: str(template.path))
def test_a_template_holds_nothing_inline_and_escapes_what_it_shows(template: Source) -> None:
    lines = [line for line in template.text.splitlines() if STOPPED.search(re.sub(r"\{%.*?%\}", "", line))]
    bare = [line for line in template.text.splitlines() if UNESCAPED.search(OURS.sub("", line))]

    assert lines == []
    assert bare == []


def test_the_rule_sees_what_it_looks_for() -> None:
    for planted in (
        "<script>x</script>",
        '<a style="x">',
        "<a onclick=x>",
        "<script src=//evil.example/x.js>",
        "<style>",
    ):
        assert STOPPED.search(planted), planted
    assert UNESCAPED.search(OURS.sub("", "{{ producer.name|safe }}"))
    assert not STOPPED.search('<script src="{{ asset(name) }}" defer></script><a href="/till">')
