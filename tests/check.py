"""The one command: format, lint, types, layers, tests. Run as `python -m tests.check`."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
STEPS = (
    ("-m", "ruff", "format", "--check", "."),
    ("-m", "ruff", "check", "."),
    ("-m", "mypy"),
    ("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"),
    ("-m", "pytest"),
)


def main() -> int:
    """Run all steps, also after one has failed, and give the number that failed."""
    failed = []
    for step in STEPS:
        print(f"$ python {' '.join(step)}", flush=True)
        if subprocess.run([sys.executable, *step], cwd=ROOT, check=False).returncode != 0:
            failed.append(step[1])
    if failed:
        print(f"failed: {', '.join(failed)}", flush=True)
    return len(failed)


if __name__ == "__main__":
    raise SystemExit(main())
