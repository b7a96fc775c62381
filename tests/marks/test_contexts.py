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
        pytest.param('<p>"Go', Context.OPENING, id="after-tag-before-words"),
        pytest.param('<b>go</b>" he', Context.CLOSING, id="after-tag-before-space"),
        pytest.param('<b>go</b>", he', Context.CLOSING, id="after-tag-before-comma"),
        pytest.param('go"</p>', Context.CLOSING, id="after-words-before-tag"),
        pytest.param('he "<b>Go</b>', Context.OPENING, id="after-space-before-tag"),
        pytest.param('<b>go</b>"</p>', Context.CLOSING, id="before-end-tag"),
        pytest.param('<p>"<b>Go', Context.UNCLEAR, id="before-start-tag"),
        pytest.param('said&nbsp;"Go', Context.OPENING, id="after-space-entity"),
        pytest.param('go"&#160;he', Context.CLOSING, id="before-space-entity"),
        pytest.param('was&mdash;" he', Context.CLOSING, id="after-dash-entity-before-space"),
        pytest.param('he &amp;"go', Context.UNCLEAR, id="after-another-entity"),
    ],
)
def test_neighbours_tell_the_context(text: str, expected: Context) -> None:
    place = text.index('"')
    assert context_of(text, place, place + 1) is expected
