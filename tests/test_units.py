import math
from typing import Any

import attrs
import pytest

from quotesmith.errors import OptionError
from quotesmith.extraction import ExtractionSettings
from quotesmith.speakers import SpeakerSettings
from quotesmith.speakers.settings import CastSettings, NameSettings


@pytest.mark.parametrize("settings", [CastSettings, ExtractionSettings, NameSettings, SpeakerSettings])
def test_values_have_their_units(settings: type[Any]) -> None:
    for field in attrs.fields(settings):
        for value in (math.nan, math.inf, "1", None, True) if field.name not in {"names", "cast"} else ():
            with pytest.raises(OptionError, match=rf"{settings.__name__}\.{field.name} must .*, not {value!r}"):
                settings(**{field.name: value})
    assert hash(settings()) == hash(settings())


@pytest.mark.parametrize(
    ("settings", "name", "value"),
    [
        (ExtractionSettings, "clause_score", 1.1),
        (ExtractionSettings, "min_turns", -1),
        (NameSettings, "max_person_tokens", 2.0),
        (SpeakerSettings, "turns_share", -0.1),
    ],
)
def test_values_out_of_their_range_are_refused(settings: type[Any], name: str, value: float) -> None:
    with pytest.raises(OptionError, match=f"not {value}"):
        settings(**{name: value})
