import pytest

from quotesmith.marks.contexts import Context, context_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('"Go', Context.OPENING, id="start"),
        pytest.param(' "Go', Context.OPENING, id="after-space"),
        pytest.param('("Go', Context.OPENING, id="after-bracket"),
        pytest.param('—"Go', Context.OPENING, id="after-dash"),
        pytest.param(' "—and', Context.OPENING, id="before-dash"),
        pytest.param(' "...and', Context.OPENING, id="before-omission"),
        pytest.param(' "[Go', Context.OPENING, id="before-bracket"),
        pytest.param('go"', Context.CLOSING, id="end"),
        pytest.param('go" he', Context.CLOSING, id="before-space"),
        pytest.param('go", he', Context.CLOSING, id="before-comma"),
        pytest.param('go"—he', Context.CLOSING, id="before-dash-after-words"),
        pytest.param('was—" he', Context.CLOSING, id="after-dash-before-space"),
        pytest.param('a"b', Context.UNCLEAR, id="inside-word"),
        pytest.param('a " b', Context.UNCLEAR, id="between-spaces"),
        pytest.param('a—"—b', Context.UNCLEAR, id="between-dashes"),
        pytest.param('"', Context.UNCLEAR, id="alone"),
    ],
)
def test_neighbours_tell_the_context(text: str, expected: Context) -> None:
    place = text.index('"')
    assert context_of(text, place, place + 1) is expected
