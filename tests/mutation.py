"""Changes each threshold, and leaves out each repair, one at a time, and says which of these changes nothing notices.

Run as `python -m tests.mutation` for all, or with `--sample 20` for some; `--gold GOLD` also analyses articles of the
gold data and the examples, so that a change that no test notices may still show in what is found. A float is halved
and a whole number raised by one; a repair is taken out of its list. The package is copied and changed there, so that
nothing here is touched.
"""

import argparse
import ast
import gzip
import hashlib
import itertools
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import frozen

ROOT = Path(__file__).parents[1]
SETTINGS = ("extraction/settings.py", "speakers/settings.py")
REPAIRS = "extraction/assembler.py"
TESTS = ("tests/{room}", "tests/test_analysis.py", "tests/test_parsed_text.py")
KNOWN = ROOT / "tests" / "data" / "unnoticed.json"
"""Changes that nothing is expected to notice, each with the reason."""
_ARTICLES = 24
_LONGEST_RUN = 900


@frozen(order=True)
class Mutant:
    """One change of the source.

    Attributes:
        name: What is changed: a class and its field, or the list of repairs and the repair.
        path: The module, from the package's folder on.
        start: Where the replaced text begins, in characters.
        end: Where it ends.
        text: What takes its place.
    """

    name: str
    path: str
    start: int
    end: int
    text: str

    @property
    def room(self) -> str:
        """The room whose tests are to notice it."""
        return self.path.split("/")[0]

    def apply(self, folder: Path) -> None:
        """Write the changed module into a copy of the package."""
        source = (ROOT / "quotesmith" / self.path).read_text(encoding="utf-8")
        changed = source[: self.start] + self.text + source[self.end :]
        (folder / "quotesmith" / self.path).write_text(changed, encoding="utf-8")

    def undo(self, folder: Path) -> None:
        """Write the module as it is."""
        shutil.copyfile(ROOT / "quotesmith" / self.path, folder / "quotesmith" / self.path)


def find_mutants() -> list[Mutant]:
    """All mutants, in order of their names."""
    thresholds = (mutant for path in SETTINGS for mutant in _thresholds(path))
    return sorted(itertools.chain(thresholds, _repairs(REPAIRS)))


def _thresholds(path: str) -> Iterator[Mutant]:
    """One for each field with a number as its default, of the classes of a module of settings."""
    source = (ROOT / "quotesmith" / path).read_text(encoding="utf-8")
    for own in ast.parse(source).body:
        fields = own.body if isinstance(own, ast.ClassDef) else []
        for node in fields:
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
                value = _number(node.value)
                if value is not None:
                    assert isinstance(own, ast.ClassDef)
                    start, end = _place(source, node.value)
                    changed = repr(value + 1 if isinstance(value, int) or value == 0 else value / 2)
                    yield Mutant(f"{own.name}.{node.target.id}", path, start, end, changed)


def _number(node: ast.expr) -> int | float | None:
    try:
        value = ast.literal_eval(node)
    except ValueError:
        return None
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _repairs(path: str) -> Iterator[Mutant]:
    """One for each entry of the list of repairs."""
    source = (ROOT / "quotesmith" / path).read_text(encoding="utf-8")
    for node in ast.parse(source).body:
        if (
            isinstance(node, ast.AnnAssign)
            and isinstance(node.value, ast.Tuple)
            and ast.unparse(node.target) == "REPAIRS"
        ):
            for entry in node.value.elts:
                start, end = _place(source, entry)
                assert isinstance(entry, ast.Call)
                # Its comma goes too: a tuple may not begin with one.
                end = source.index(",", end) + 1
                yield Mutant(f"without {ast.literal_eval(entry.args[0])}", path, start, end, "")


def _place(source: str, node: ast.expr) -> tuple[int, int]:
    """Where a node stands, in characters."""
    lines = source.splitlines(keepends=True)

    def offset(line: int, column: int) -> int:
        return sum(map(len, lines[: line - 1])) + len(lines[line - 1].encode()[:column].decode())

    return offset(node.lineno, node.col_offset), offset(node.end_lineno or 0, node.end_col_offset or 0)


class Laboratory:
    """A copy of the package and its tests, in which mutants are tried."""

    def __init__(self, folder: Path, gold: Path | None) -> None:
        self.folder = folder
        self._gold = gold
        ignored = shutil.ignore_patterns("__pycache__", "weights")
        shutil.copytree(ROOT / "quotesmith", folder / "quotesmith", ignore=ignored)
        shutil.copytree(ROOT / "tests", folder / "tests", ignore=ignored)
        for name in ("pyproject.toml", "README.md", "docs", "examples", "quotesmith/weights"):
            (folder / name).symlink_to(ROOT / name)
        self._unchanged = None if gold is None else self._digest()

    def is_noticed(self, mutant: Mutant) -> bool:
        """Whether a test fails with the mutant, or, where there is gold data, something else is found."""
        mutant.apply(self.folder)
        try:
            return self._tests_fail(mutant.room) or (self._unchanged is not None and self._digest() != self._unchanged)
        finally:
            mutant.undo(self.folder)

    def tests_pass(self) -> bool:
        """Whether the tests pass with nothing changed: else they could notice nothing."""
        return not any(self._tests_fail(room) for room in sorted({mutant.room for mutant in find_mutants()}))

    def _tests_fail(self, room: str) -> bool:
        tests = [path.format(room=room) for path in TESTS]
        command = ["-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-m", "not gold", *tests]
        return self._run(command).returncode != 0

    def _digest(self) -> str:
        """A digest of all that is found in some articles."""
        run = self._run(
            ["-m", "tests.mutation", "--digest", *([] if self._gold is None else ["--gold", str(self._gold)])]
        )
        # A mutant may crash the analysis, which is noticed too.
        return run.stdout if run.returncode == 0 else f"crashed: {run.stderr[-200:]}"

    def _run(self, arguments: Sequence[str]) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONPATH": str(self.folder), "PYTHONDONTWRITEBYTECODE": "1"}
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=_LONGEST_RUN,
        )


def found_digest(gold: Path) -> str:
    """A digest of what is found in articles of PolNeAR dev and in the examples."""
    import quotesmith

    with gzip.open(gold / "polnear" / "dev.gold.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in itertools.islice(lines, _ARTICLES)]
    texts += [path.read_text(encoding="utf-8") for path in sorted((ROOT / "examples").rglob("*.txt"))]
    found = hashlib.blake2b(digest_size=16)
    for document in quotesmith.pipe(texts):
        found.update(json.dumps(document.to_dict(), sort_keys=True).encode("utf-8", "surrogatepass"))
    return found.hexdigest()


def main() -> int:
    """Try the mutants, print each that nothing notices, and give the number of those not known before."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__.splitlines()[0])
    parser.add_argument("--sample", type=int, help="how many to try; all without it")
    parser.add_argument("--seed", type=int, default=0, help="which sample")
    parser.add_argument("--gold", type=Path, help="the folder of the gold corpora")
    parser.add_argument("--digest", action="store_true", help="print a digest of what is found, and nothing else")
    options = parser.parse_args()
    if options.digest:
        print(found_digest(options.gold))
        return 0
    mutants = find_mutants()
    if options.sample is not None:
        mutants = random.Random(options.seed).sample(mutants, min(options.sample, len(mutants)))
    known = json.loads(KNOWN.read_text(encoding="utf-8"))
    unnoticed = []
    with tempfile.TemporaryDirectory() as folder:
        laboratory = Laboratory(Path(folder) / "copy", options.gold)
        if not laboratory.tests_pass():
            print("the tests fail with nothing changed: mend that first")
            return 1
        for mutant in mutants:
            noticed = laboratory.is_noticed(mutant)
            print(f"{'noticed  ' if noticed else 'UNNOTICED'} {mutant.name}", flush=True)
            unnoticed += [] if noticed else [mutant.name]
    new = [name for name in unnoticed if name not in known]
    print(f"{len(unnoticed)} of {len(mutants)} unnoticed, {len(new)} of them not listed in {KNOWN.relative_to(ROOT)}")
    return len(new)


if __name__ == "__main__":
    raise SystemExit(main())
