"""What an index was made of, so that one of other tables is never taken for it."""

import hashlib
from pathlib import Path
from typing import Final

from quotesmith.corpus.settings import SETTINGS
from quotesmith.corpus.shards import MANIFEST, shard_places

FORMAT: Final = 3
"""The version of an index' files."""
INDEX: Final = "index"
"""The folder of a corpus that has it."""
REGISTRY: Final = "registry"


def covered(folder: Path) -> str:
    """Sixteen hexadecimal digits for what there is to index: the settings, the shards' manifests and the registry.

    The registry's tables count by size and time of writing, all else by what is in it.
    """
    found = hashlib.blake2b(str(FORMAT).encode(), digest_size=8)
    found.update((folder / SETTINGS).read_bytes())
    for place in shard_places(folder):
        found.update(place.name.encode() + (place / MANIFEST).read_bytes())
    for path in sorted((folder / REGISTRY).glob("*.parquet")):
        state = path.stat()
        found.update(f"{path.name} {state.st_size} {state.st_mtime_ns}".encode())
    return found.hexdigest()
