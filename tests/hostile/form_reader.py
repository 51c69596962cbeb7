"""The forms of the shop's pages as a browser finds them: addresses, fields, what stands in them; and the links."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

MARKS = {"csrf_token", "key"}


@dataclass
class Form:
    """One form of a page; a button may send the same fields to another address."""

    address: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)
    required: set[str] = field(default_factory=set)


class PageReader(HTMLParser):
    """Reads a page: `forms`, `links`, and every tag and attribute name that occurs."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self.links: set[str] = set()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self._open: list[Form] = []
        self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attributes}
        told = {name: value or "" for name, value in attributes}
        self.links |= {told[name] for name in ("href", "hx-get") if told.get(name, "").startswith("/")}
        if tag == "form":
            self._open = [Form(told.get("action", ""), told.get("method", "get").lower())]
            self.forms += self._open
        for name in ("formaction", "hx-post"):
            if told.get(name):
                self._also(told[name])
        self._note_field(tag, told)

    def _also(self, address: str) -> None:
        """Another address that the fields of this form are sent to."""
        if address in {form.address for form in self._open}:
            return
        form = self._open[0] if self._open else Form("", "post")
        self.forms.append(Form(address, "post", form.fields, form.files, form.required))

    def _note_field(self, tag: str, told: dict[str, str]) -> None:
        name = told.get("name")
        if tag == "option":
            self._note_option(told)
        if not name or not self._open:
            return
        if "required" in told:
            self._open[0].required.add(name)
        kind = "textarea" if tag == "textarea" else told.get("type", "text")
        if tag == "select":
            self._select = name
            self._open[0].fields.setdefault(name, "")
        elif tag in ("input", "textarea", "button"):
            if kind == "file":
                self._open[0].files.add(name)
            elif kind not in ("radio", "checkbox") or "checked" in told or name not in self._open[0].fields:
                self._open[0].fields[name] = told.get("value", "")

    def _note_option(self, told: dict[str, str]) -> None:
        """The chosen option of a list is its value, else the first that is one."""
        if self._select and self._open and ("selected" in told or not self._open[0].fields.get(self._select)):
            self._open[0].fields[self._select] = told.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = []
        elif tag == "select":
            self._select = ""
