"""Made-up corpora of mentions in the folders and forms of the real ones."""

import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    content = text.encode()
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)


def write_rows(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    write(path, "\n".join(map(json.dumps, rows)))


GUM = """# begin document GUM_news_{}
0\tAnn\t(person-1-Ann_%28maid%29
1\tRoe\t(person-1-Ann_%28maid%29)
2\t's\tperson-1-Ann_%28maid%29)
3\tdog\t(animal-2)(time-3)
# end document
"""
MEANTIME = """#begin document (acme/1); part 000
acme/1\t0\t0\tAcme\t(cross_intra_ORG1)| (cross_intra_ORG1
acme/1\t0\t1\tBank\tcross_intra_ORG1)
acme/1\t0\t2\tgrew\t(cross_OTH3)

acme/1\t1\t0\tit\t(intra_ORG1) (intra_PRO4
"""
LITBANK = "T1\tPROP_PER 0 3\tAnn\nT2\tNOM_FAC 8 17\tthe house\nT3\tAnn-1 0 3\tAnn\n"


def write_mention_corpora(folder: Path) -> None:
    """Writes GUM, MEANTIME and LitBank."""
    write(folder / "gum" / "coref.conll.gz", "".join(GUM.format(number) for number in range(5)))
    write(folder / "meantime" / "meantime.conll.gz", MEANTIME)
    for name in ("1_a", "2_b", "2891_howards_end"):
        write(folder / "litbank" / "coref_brat" / f"{name}_brat.txt", "Ann saw the house .")
        write(folder / "litbank" / "coref_brat" / f"{name}_brat.ann", LITBANK)
