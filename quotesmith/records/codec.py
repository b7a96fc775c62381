"""QuoteDocument <-> plain JSON data (schema 1), through cattrs."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar, get_args, get_origin

from cattrs import Converter, transform_error
from cattrs.errors import BaseValidationError, IterableValidationError, IterableValidationNote
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override
from cattrs.v import format_exception

from quotesmith.errors import FormatError, InvalidRecordError
from quotesmith.records.checks import shown
from quotesmith.records.documents import QuoteDocument
from quotesmith.records.spans import TextSpan
from quotesmith.records.types import (
    Act,
    Assertion,
    Candidate,
    Entity,
    EntityKind,
    Evidence,
    Gender,
    Mention,
    MentionForm,
    Quote,
    QuoteKind,
)

_Record = TypeVar("_Record")
SCHEMA = 1
_RECORD_NAMES: Mapping[type, str] = {Quote: "quote", QuoteDocument: "document"}
_FAULT_CHARACTERS = 1_000


def _structure_span(value: Any, _: Any) -> TextSpan:
    if not isinstance(value, list | tuple) or len(value) != 2:  # noqa: PLR2004 - a pair
        msg = f"a span must be [start, end], not {shown(value)}"
        raise InvalidRecordError(msg)
    return TextSpan(*value)


def _structure_text(value: Any, _: Any) -> str:
    if not isinstance(value, str):
        msg = f"expected a string, not {shown(value)}"
        raise InvalidRecordError(msg)
    return value


def _structure_flag(value: Any, _: Any) -> bool:
    if not isinstance(value, bool):
        msg = f"expected true or false, not {shown(value)}"
        raise InvalidRecordError(msg)
    return value


def _structure_score(value: Any, _: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        msg = f"expected a number, not {shown(value)}"
        raise InvalidRecordError(msg)
    if not 0 <= value <= 1:
        msg = f"a score must lie between 0 and 1, not {shown(value)}"
        raise InvalidRecordError(msg)
    return float(value)


def _is_tuple(kind: Any) -> bool:
    return get_origin(kind) is tuple


def _make_tuple_hook(kind: Any, converter: Converter) -> Callable[[Any, Any], tuple[Any, ...]]:
    """Structures a list up to its first fault; cattrs would collect the faults of all items, perhaps of millions."""
    item = get_args(kind)[0]
    structure: Callable[[Any, Any], Any] = converter.get_structure_hook(item)

    def structured(values: Any, _: Any) -> tuple[Any, ...]:
        if not isinstance(values, list | tuple):
            msg = f"expected a list, not {shown(values)}"
            raise InvalidRecordError(msg)
        items: list[Any] = []
        try:
            for value in values:
                items.append(structure(value, item))  # noqa: PERF401 - their number gives the place of a fault
        except (BaseValidationError, InvalidRecordError) as error:
            note = IterableValidationNote("", len(items), item)
            error.__notes__ = [*getattr(error, "__notes__", ()), note]
            msg = "an item is wrong"
            raise IterableValidationError(msg, [error], kind) from error
        return tuple(items)

    return structured


def _make_record_hook(record: type, converter: Converter, **renamed: Any) -> Callable[[Any, Any], Any]:
    structure: Callable[[Any, Any], Any] = make_dict_structure_fn(
        record, converter, _cattrs_forbid_extra_keys=True, **renamed
    )

    def structured(value: Any, kind: Any) -> Any:
        if not isinstance(value, Mapping):
            msg = f"expected a mapping, not {shown(value)}"
            raise InvalidRecordError(msg)
        return structure(value, kind)

    return structured


def _is_meta(kind: Any) -> bool:
    return bool(kind == Mapping[str, Any])


def _structure_meta(value: Any, _: Any) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        msg = f"expected a mapping, not {shown(value)}"
        raise InvalidRecordError(msg)
    return dict(value)


def _make_converter() -> Converter:
    converter = Converter(forbid_extra_keys=True)
    converter.register_unstructure_hook(TextSpan, lambda span: [span.start, span.end])
    converter.register_structure_hook(TextSpan, _structure_span)
    # cattrs would turn 3 into "3" and "no" into True: a file that is wrong must not be read as another.
    converter.register_structure_hook(str, _structure_text)
    converter.register_structure_hook(bool, _structure_flag)
    converter.register_structure_hook(float, _structure_score)
    converter.register_structure_hook_factory(_is_tuple, _make_tuple_hook)
    # meta is the caller's own JSON data: taken as it is.
    converter.register_structure_hook_func(_is_meta, _structure_meta)
    converter.register_unstructure_hook_func(_is_meta, dict)
    for record in (Candidate, Entity, Evidence, Mention):
        converter.register_structure_hook(record, _make_record_hook(record, converter))
    for choice in (Act, Assertion, EntityKind, Gender, MentionForm, QuoteKind):
        converter.register_unstructure_hook(choice, lambda member: member.value)
    # In JSON "source" holds the spans, for readers that don't follow ids; "source_mention" the id.
    source_key = override(rename="source_mention")
    converter.register_unstructure_hook(Quote, make_dict_unstructure_fn(Quote, converter, source=source_key))
    converter.register_structure_hook(Quote, _make_record_hook(Quote, converter, source=source_key))
    quotes_key = override(rename="quotes")
    converter.register_unstructure_hook(
        QuoteDocument, make_dict_unstructure_fn(QuoteDocument, converter, _quotes=quotes_key)
    )
    converter.register_structure_hook(QuoteDocument, _make_record_hook(QuoteDocument, converter, _quotes=quotes_key))
    return converter


_RECORD_CONVERTER = _make_converter()


def document_to_dict(document: QuoteDocument) -> dict[str, Any]:
    """Plain JSON data of schema 1: dicts, lists, strings, numbers, booleans and None."""
    data = {"schema": SCHEMA, **_RECORD_CONVERTER.unstructure(document)}
    for quote, row in zip(document.quotes, data["quotes"], strict=True):
        row["source"] = [[span.start, span.end] for span in document.source_spans(quote)]
    return data


def quote_from_dict(data: Mapping[str, Any]) -> Quote:
    """The quote of one of the rows under "quotes" in `document_to_dict`'s data; its ids aren't checked.

    Raises:
        FormatError: if it isn't one.
    """
    quote: Quote = _structured({key: value for key, value in data.items() if key != "source"}, Quote)
    return quote


def document_from_dict(data: object) -> QuoteDocument:
    """The document of `document_to_dict`'s data; equal to the one that was written.

    Raises:
        FormatError: if the data isn't schema 1, says which part of it, or contradicts itself.
    """
    if not isinstance(data, Mapping):
        msg = f"expected a mapping, as QuoteDocument.to_dict gives, not {type(data).__name__}"
        raise FormatError(msg)
    if "schema" not in data:
        msg = "not a quotesmith document: the key 'schema' is missing"
        raise FormatError(msg)
    # To Python, True is 1.
    if type(data["schema"]) is not int or data["schema"] != SCHEMA:
        msg = f"schema {shown(data['schema'])} is not known to this version, which reads schema {SCHEMA}"
        raise FormatError(msg)
    rows = data.get("quotes", [])
    if not isinstance(rows, list | tuple) or not all(isinstance(row, Mapping) for row in rows):
        msg = "'quotes' must be a list of mappings"
        raise FormatError(msg)
    plain = {key: value for key, value in data.items() if key != "schema"}
    plain["quotes"] = [{key: value for key, value in row.items() if key != "source"} for row in rows]
    return _checked(_structured(plain, QuoteDocument), rows)


def _structured(plain: dict[str, Any], record: type[_Record]) -> _Record:
    try:
        found: _Record = _RECORD_CONVERTER.structure(plain, record)
    except BaseValidationError as error:
        faults = "; ".join(transform_error(error, format_exception=_describe)).replace("$._quotes", "$.quotes")
        faults = faults.removesuffix(" @ $")
        msg = f"not a quotesmith {_RECORD_NAMES[record]}: {faults:.{_FAULT_CHARACTERS}}"
        raise FormatError(msg) from error
    except InvalidRecordError as error:
        msg = f"not a quotesmith {_RECORD_NAMES[record]}: {error!s:.{_FAULT_CHARACTERS}}"
        raise FormatError(msg) from error
    return found


def _describe(error: BaseException, kind: type | None) -> str:
    # Ours say what was found, and so does the ValueError of an enum; cattrs has only "invalid value" for both.
    return str(error) if isinstance(error, ValueError) else format_exception(error, kind)


def _checked(document: QuoteDocument, rows: Sequence[Mapping[str, Any]]) -> QuoteDocument:
    """The document, if its rows' `source` spans are those of the mentions they name."""
    for number, (quote, row) in enumerate(zip(document.quotes, rows, strict=True)):
        spans = [[span.start, span.end] for span in document.source_spans(quote)]
        given = row.get("source", spans)
        # To Python, False and 0.0 are 0.
        if given != spans or not all(type(offset) is int for span in given for offset in span):
            found, place = shown(given), f"$.quotes[{number}].source"
            msg = f"quote {quote.id} has source {found}, but its mention stands at {shown(spans)} @ {place}"
            raise FormatError(msg)
    return document
