"""The table of layouts in docs/how-to/transcripts.md, made of the table of families.

Run as `python -m tests.layout_table` after a change of the families.
"""

from pathlib import Path

from quotesmith.extraction.speech_layout.families import LAYOUT_FAMILIES

PAGE = Path(__file__).parents[1] / "docs" / "how-to" / "transcripts.md"
_OPENING, _CLOSING = "<!-- table: layouts -->\n", "<!-- end of the table -->"


def main() -> None:
    """Write the table into its page."""
    PAGE.write_text(with_layouts(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


def with_layouts(page: str) -> str:
    """The page with its table made of the families.

    Raises:
        ValueError: if the page has no place for it.
    """
    before, opening, rest = page.partition(_OPENING)
    _, closing, after = rest.partition(_CLOSING)
    if not opening or not closing:
        msg = f"{PAGE.name} has no place for the table of layouts"
        raise ValueError(msg)
    return "".join([before, opening, _table(), closing, after])


def _table() -> str:
    rows = [f'| `"{family.name}"` | {family.description} | {_code(family.example)} |' for family in LAYOUT_FAMILIES]
    return "\n".join(['| `meta["layout"]` | what it is | example |', "| --- | --- | --- |", *rows]) + "\n"


def _code(example: str) -> str:
    """The lines of an example that are not empty, as code in one cell."""
    lines = (line for line in example.splitlines() if line.strip())
    return "<br>".join(f"`{line.strip()}`" for line in lines)


if __name__ == "__main__":
    main()
