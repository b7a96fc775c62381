"""Builds the documentation site into build/site, strictly: `python -m tests.site_build`. A warning is an error."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def main() -> int:
    """Build the site and give mkdocs' exit status."""
    # Material's notice about its successor is no warning about our pages: docs/decisions/0016 speaks of it.
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
