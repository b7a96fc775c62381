"""A pytest plugin (`-p tests.golden_files`): the fixture `golden` holds text to a file in tests/golden.

Run pytest with `--update-golden` to write what the code gives now; look at the difference before you keep it.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """A check that a text is, character by character, that of the golden file of that name."""

    def check(text: str, name: str) -> None:
        path = FOLDER / name
        if request.config.getoption("--update-golden"):
            path.write_bytes(text.encode())
        assert path.read_bytes().decode() == text, f"{name} differs; see --update-golden"

    return check
