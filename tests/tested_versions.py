"""The versions of all packages that a release is tested with. Run as `python -m tests.tested_versions`; needs uv.

Writes `constraints/lowest.txt`, the oldest versions that `pyproject.toml` admits on the oldest Python, and
`constraints/newest.txt`, the newest on each Python, both for every system: `pip install -c` takes them.
"""

import subprocess
from pathlib import Path
from typing import Final

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "constraints"
EXTRAS: Final = ("corpus", "dev", "en", "html", "pandas", "parquet", "plots")
"""What the tests run with: no Ray, nothing that trains."""
OLDEST_PYTHON: Final = "3.11"
RESOLUTIONS: Final = {"lowest.txt": "lowest-direct", "newest.txt": "highest"}
"""How uv chooses versions for each file. Of packages that ours bring it takes the newest for both."""


def main() -> None:
    """Write both files anew.

    Raises:
        CalledProcessError: The packages that are asked for don't go together; uv has said which.
    """
    extras = [part for extra in EXTRAS for part in ("--extra", extra)]
    for name, resolution in RESOLUTIONS.items():
        options = ["--universal", "--python-version", OLDEST_PYTHON, "--resolution", resolution, "--upgrade"]
        target = [
            "--no-annotate",
            "--custom-compile-command",
            "python -m tests.tested_versions",
            "-o",
            f"constraints/{name}",
        ]
        command = ["uv", "pip", "compile", "--quiet", "pyproject.toml", *extras, *options, *target]
        subprocess.run(command, check=True, cwd=ROOT)


if __name__ == "__main__":
    main()
