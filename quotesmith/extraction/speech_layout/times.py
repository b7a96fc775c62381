"""How times are written: in transcripts, above and before messages, and at the cues of subtitles."""

from typing import Final

_HALF_OF_DAY = r"(?:\s?[AaPp]\.?[Mm]\b\.?)?"
CLOCK_PATTERN: Final = rf"\d{{1,2}}:\d{{2}}(?::\d{{2}})?(?:[.,]\d{{1,3}})?{_HALF_OF_DAY}"
"""A time with colons: "9:02 PM", "00:01:07.250"."""
TIME_PATTERN: Final = rf"[\[(]?{CLOCK_PATTERN}(?:[ ]?(?:-->|-|–|—|to)[ ]?{CLOCK_PATTERN})?[\])]?"
"""One such time or two, perhaps in brackets: "[00:07 --> 00:09]"."""
SENT_PATTERN: Final = rf"\d{{1,2}}[:.]\d{{2}}(?:[:.]\d{{2}})?{_HALF_OF_DAY}"
"""When a message or a mail was sent; full stops may stand for colons there: "10.45"."""
SHOWN_PATTERN: Final = r"(?:\d{1,3}:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?"
"""When a cue of subtitles is shown or gone; its numbers may have one digit: "0:1:7.25"."""
