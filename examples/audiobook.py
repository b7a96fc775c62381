"""A story as a script, and as SSML with a voice for each character.

`python examples/audiobook.py examples/ferry.txt FOLDER Marta=en-GB-SoniaNeural NARRATOR=en-GB-RyanNeural` writes both
files, and prints how many words each of them says, so that you know whom to cast.
"""

import sys
from collections import Counter
from pathlib import Path

import quotesmith
from quotesmith.export import speaker_label


def main(story: str, folder: str, *pairs: str) -> None:
    """Write the script and the SSML of a story into the folder; a pair gives a speaker a voice."""
    doc = quotesmith.read(Path(story).read_text(encoding="utf-8"), id=Path(story).stem)
    words: Counter[str] = Counter()
    for segment in doc.segments():
        words[speaker_label(segment)] += len(" ".join(segment.words).split())
    for speaker, count in words.most_common():
        print(f"{count:5} {speaker}")
    doc.write(Path(folder) / f"{doc.id}.script.txt")
    doc.write(Path(folder) / f"{doc.id}.ssml", voices=dict(pair.split("=", 1) for pair in pairs) or None)


if __name__ == "__main__":
    main(*sys.argv[1:])
