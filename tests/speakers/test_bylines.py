import pytest

from quotesmith.records import EntityKind
from quotesmith.speakers.names.headlines import split_writers
from quotesmith.speakers.names.recognition import Name
from tests.docs import make_doc, parsed_text


def left(line: str, *more: str) -> list[str]:
    """The names left of a text whose first paragraph is `line`; its last two words are a name, and so are `more`."""
    words = line.split()
    rows = [f"{word} NNP dep {words[0]}" for word in words]
    body = "\n\n".join(f"{name} NNP ROOT -" for name in more)
    doc = make_doc("\n".join(rows) + ("\n\n" + body if more else ""))
    names = [Name(len(words) - 2, len(words), tuple(words[-2:]), (), EntityKind.PERSON)]
    for place, name in enumerate(more):
        start = len(words) + 2 * place + 1
        names.append(Name(start, start + 1, (name,), (), EntityKind.PERSON))
    about, writers = split_writers(names, parsed_text(doc))
    assert sorted([*about, *writers], key=lambda name: name.start) == names
    return [" ".join(name.words) for name in about]


@pytest.mark.parametrize("line", ["By JANE ROE", "By Ann Lee and Jane Roe", "Reporting by Jane Roe", "Photo: Jane Roe"])
def test_writer_is_nobody_of_the_text(line: str) -> None:
    assert left(line) == []


def test_writer_whom_the_text_names_is_kept() -> None:
    assert left("By Jane Roe", "Roe") == ["Jane Roe", "Roe"]


@pytest.mark.parametrize("line", ["By noon they met Jane Roe", "Meeting Jane Roe"])
def test_running_text_is_no_byline(line: str) -> None:
    assert left(line) == ["Jane Roe"]
