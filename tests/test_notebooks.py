"""The examples run and do what they say; notebooks give, cell by cell, what is saved in them.

`python -m pytest tests/test_notebooks.py --update-golden` saves what they give now; look at the difference before you
keep it.
"""

import re
import subprocess
import sys
from difflib import SequenceMatcher, unified_diff
from pathlib import Path

import nbformat
import pytest

from tests.notebooks import EXAMPLES, NAMES, read_notebook, run_notebook, shown, write_notebook

MOST_BYTES = 300_000
MOST_OTHERS = 0.05
LEAST_COUNT = 10


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def difference(saved: nbformat.NotebookNode, run: nbformat.NotebookNode, name: str) -> str:
    """What differs between two runs of a notebook, as a unified diff; nothing where they agree.

    Processors round the network's sums differently, so of many quotes a few are others elsewhere: counts and scores may
    differ a little, and besides one line in twenty.
    """
    before = shown(saved).splitlines()
    now = with_near_lines(before, shown(run).splitlines())
    lines = list(unified_diff(before, now, f"{name}.ipynb", "now", lineterm="", n=2))
    changed = sum(line.startswith("-") for line in lines[2:])
    added = sum(line.startswith("+") for line in lines[2:])
    return "\n".join(lines) if max(changed, added) > MOST_OTHERS * len(before) else ""


def with_near_lines(before: list[str], now: list[str]) -> list[str]:
    """The lines of `now`, each that only has other numbers, near to those before, being the line before."""
    lines = list(now)
    for _, start, end, other_start, other_end in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
        if end - start == other_end - other_start:
            pairs = zip(before[start:end], now[other_start:other_end], strict=True)
            lines[other_start:other_end] = [old if is_near(old, new) else new for old, new in pairs]
    return lines


def is_near(before: str, now: str) -> bool:
    """Whether two lines say the same, but for counts from ten on and decimals that differ by a hundredth or two."""
    old, new = (re.split(r"(\d+(?:\.\d+)?)", line) for line in (before, now))
    return [" ".join(text.split()) for text in old[::2]] == [" ".join(text.split()) for text in new[::2]] and all(
        one == other or (("." in one) == ("." in other) and abs(float(one) - float(other)) <= slack(one))
        for one, other in zip(old[1::2], new[1::2], strict=True)
    )


def slack(number: str) -> float:
    """By how much it may differ: a score by .02, a count from ten on by one or two of a hundred."""
    if "." in number:
        return 0.0201
    return max(1.0, 0.02 * int(number)) if int(number) >= LEAST_COUNT else 0.0


@pytest.mark.model
@pytest.mark.usefixtures("nlp")
def test_notebook_gives_what_is_saved_in_it(name: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    saved = read_notebook(name)
    run = run_notebook(saved, tmp_path)
    if request.config.getoption("--update-golden"):
        write_notebook(name, run)
        saved = read_notebook(name)
    differs = difference(saved, run, name)
    if differs:
        pytest.fail(f"{name}.ipynb gives something else now; see --update-golden\n{differs}", pytrace=False)


def test_every_notebook_is_run() -> None:
    assert sorted(path.stem for path in EXAMPLES.rglob("*.ipynb")) == sorted(NAMES)


def test_saved_notebook_is_small_and_whole(name: str) -> None:
    notebook = read_notebook(name)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert (EXAMPLES / f"{name}.ipynb").stat().st_size < MOST_BYTES
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert notebook.cells[0].source.startswith("# ")
    assert "## error" not in shown(notebook)


def test_saved_notebook_shows_html_and_pictures_as_they_should_be(name: str) -> None:
    data = [output.data for cell in read_notebook(name).cells for output in cell.get("outputs", ()) if "data" in output]
    assert data
    for shape in data:
        assert "<script" not in shape.get("text/html", "")
        assert not shape.get("image/png") or shape["image/png"].startswith("iVBORw0KGgo")


def made_notebook(*outputs: nbformat.NotebookNode) -> nbformat.NotebookNode:
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 + 1", outputs=list(outputs))])


def test_another_output_or_sort_of_it_is_a_difference() -> None:
    two = made_notebook(nbformat.v4.new_output("execute_result", {"text/plain": "2"}))
    three = made_notebook(nbformat.v4.new_output("execute_result", {"text/plain": "3"}))
    assert difference(two, two, "sum") == ""
    assert difference(two, three, "sum").splitlines()[-2:] == ["-2", "+3"]
    plain = made_notebook(nbformat.v4.new_output("display_data", {"text/plain": "2"}))
    table = made_notebook(nbformat.v4.new_output("display_data", {"text/plain": "2", "text/html": "<table></table>"}))
    assert "+## text/html, text/plain" in difference(plain, table, "sum")
    printed = made_notebook(nbformat.v4.new_output("stream", name="stdout", text="2\n"))
    warned = made_notebook(nbformat.v4.new_output("stream", name="stderr", text="2\n"))
    assert difference(printed, warned, "sum")


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        pytest.param("883 quotes, 53 speakers", "881 quotes, 53 speakers", True, id="a-count"),
        pytest.param("name   99  0.96", "name  100  0.97", True, id="wider"),
        pytest.param("883 quotes", "803 quotes", False, id="far-from-it"),
        pytest.param("name 0.96", "name 0.90", False, id="another-score"),
        pytest.param("q3 Alice", "q4 Alice", False, id="small"),
        pytest.param("12 Alice", "12 King", False, id="other-words"),
        pytest.param("12", "12.0", False, id="another-sort"),
    ],
)
def test_counts_and_scores_may_differ_a_little(before: str, now: str, *, expected: bool) -> None:
    assert is_near(before, now) is expected


def test_few_other_lines_are_none() -> None:
    lines = [f"line {'x' * number}" for number in range(100)]
    saved = made_notebook(nbformat.v4.new_output("stream", name="stdout", text="\n".join(lines)))
    near = made_notebook(nbformat.v4.new_output("stream", name="stdout", text="\n".join(["x", *lines[1:]])))
    far = made_notebook(nbformat.v4.new_output("stream", name="stdout", text="\n".join(["x"] * 9 + lines[9:])))
    assert difference(saved, near, "lines") == ""
    assert difference(saved, far, "lines")


ROOT = Path(__file__).parents[1]


@pytest.mark.model
@pytest.mark.usefixtures("nlp")
def test_story_becomes_a_script_and_ssml_with_voices(tmp_path: Path) -> None:
    story = [tmp_path, "Marta=en-GB-SoniaNeural", "NARRATOR=en-GB-RyanNeural"]
    command = [sys.executable, "-W", "error", "examples/audiobook.py", "examples/ferry.txt", *map(str, story)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=300)
    assert "MARTA QUILL\n" in run.stdout
    script = (tmp_path / "ferry.script.txt").read_text(encoding="utf-8")
    assert "\n\nMARTA QUILL: It is,\n\nNARRATOR: said Marta.\n\n" in script
    voices = re.findall('<voice name="(.*?)">', (tmp_path / "ferry.ssml").read_text(encoding="utf-8"))
    assert set(voices) == {"en-GB-SoniaNeural", "en-GB-RyanNeural"}
