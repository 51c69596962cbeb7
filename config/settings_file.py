"""Reads tables of TOML into frozen dataclasses: nothing unknown, nothing missing, nothing of the wrong type."""

from __future__ import annotations

import dataclasses
import tomllib
import typing
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")
Table = Mapping[str, Any]


class SettingsError(Exception):
    """The settings cannot be used; the sentence names the setting and the file."""

    def __init__(self, setting: str, source: str, trouble: str) -> None:
        super().__init__(f"Setting “{setting}” in {source}: {trouble}")
        self.setting = setting
        self.source = source
        self.field = setting.rpartition(".")[2]


class WrongValue(ValueError):
    """A value of the right type that breaks a rule of its section."""

    def __init__(self, field: str, rule: str) -> None:
        super().__init__(f"{field} {rule}")
        self.field = field


@dataclasses.dataclass(frozen=True)
class Layer:
    """A table of settings and where it was read."""

    source: str
    table: Table


def read_layer(path: Path) -> Layer:
    """One TOML file as a layer; a file that is no TOML stops the start."""
    try:
        return Layer(str(path), tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError("(all)", str(path), f"the file cannot be read: {error}") from error


def build(shape: type[T], layers: list[Layer]) -> T:
    """The settings that the layers give together; a later layer stands above an earlier one.

    Sections are laid over each other key by key, lists are replaced as a whole.
    """
    return _build_section(shape, layers, "")


def _build_section(shape: type[T], layers: list[Layer], at: str) -> T:
    hints = typing.get_type_hints(shape)
    for layer in layers:
        _refuse_unknown(layer, set(hints), at)
    may_be_left_out = {field.name for field in dataclasses.fields(shape) if field.default is not dataclasses.MISSING}
    values = {}
    for name, hint in hints.items():
        giving = _layers_with(name, layers)
        if giving or name not in may_be_left_out:
            values[name] = _build_value(hint, giving, _join(at, name), layers[0].source)
    try:
        return shape(**values)
    except ValueError as error:
        trouble = SettingsError(at or "(all)", layers[-1].source, str(error))
        trouble.field = getattr(error, "field", trouble.field)
        raise trouble from error


def _build_value(hint: Any, layers: list[Layer], at: str, asked_in: str) -> Any:
    if not layers:
        raise SettingsError(at, asked_in, "it is missing.")
    top = layers[-1]
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        for layer in layers:
            _refuse_other_type(layer.table, Mapping, at, layer.source)
        return _build_section(hint, layers, at)
    return _plain_value(hint, top.table, at, top.source)


def _plain_value(hint: Any, value: Any, at: str, source: str) -> Any:
    origin = typing.get_origin(hint)
    if origin is tuple:
        _refuse_other_type(value, (list, tuple), at, source)
        item = typing.get_args(hint)[0]
        return tuple(_list_item(item, one, f"{at}[{n}]", source) for n, one in enumerate(value))
    if origin is typing.Literal:
        choices = typing.get_args(hint)
        if value not in choices or type(value) is not type(choices[0]):
            raise SettingsError(at, source, f"{value!r} is not one of {', '.join(map(str, choices))}.")
        return value
    _refuse_other_type(value, hint, at, source)
    return _readable(value, at, source) if hint is str else value


def _readable(text: str, at: str, source: str) -> str:
    """Text in the one form it is kept in, on one line."""
    if any(unicodedata.category(character) == "Cc" for character in text):
        raise SettingsError(at, source, "it must be a single line without control characters.")
    return unicodedata.normalize("NFC", text)


def _list_item(hint: Any, value: Any, at: str, source: str) -> Any:
    return _build_value(hint, [Layer(source, value)], at, source)


def _layers_with(name: str, layers: list[Layer]) -> list[Layer]:
    return [Layer(layer.source, layer.table[name]) for layer in layers if name in layer.table]


def _refuse_unknown(layer: Layer, known: set[str], at: str) -> None:
    for name in layer.table:
        if name not in known:
            raise SettingsError(_join(at, str(name)), layer.source, "there is no such setting. Is it misspelt?")


_SAID = {str: "text in quotes", int: "a whole number", bool: "true or false", Mapping: "a section", list: "a list"}


def _refuse_other_type(value: Any, wanted: Any, at: str, source: str) -> None:
    fits = isinstance(value, wanted) and not (wanted is int and isinstance(value, bool))
    if not fits:
        said = _SAID[wanted[0] if isinstance(wanted, tuple) else wanted]
        raise SettingsError(at, source, f"it must be {said}, not {value!r}.")


def _join(at: str, name: str) -> str:
    return f"{at}.{name}" if at else name
