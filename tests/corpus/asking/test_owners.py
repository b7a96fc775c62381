"""Where quotes stand that are in use."""

import gc

import pytest

from quotesmith.corpus.asking.owners import Finding, Owners
from quotesmith.errors import NameNotFoundError
from quotesmith.records import Quote


def finding(number: int) -> Finding:
    return Finding(
        number, 0, f"d{number}", None, None, None, None, "q0", "direct", "speech", "asserted", 1, 1, ["Ann"], [], "Go"
    )


def quote() -> Quote:
    return Quote("q0", "direct", [(0, 2)], "Go")


def test_equal_quotes_of_two_documents_are_told_apart() -> None:
    owners, one, other = Owners(), quote(), quote()
    owners.add(one, finding(1))
    owners.add(other, finding(2))
    assert one == other
    assert (owners[one].document, owners[other].document) == ("d1", "d2")


def test_quote_that_nobody_keeps_is_forgotten() -> None:
    owners = Owners()
    kept = owners.add(quote(), finding(1))
    for number in range(100):
        owners.add(quote(), finding(number))
    gc.collect()
    assert len(owners) == 1
    assert owners[kept].number == 1


@pytest.mark.parametrize("other", [quote(), None, "q0"])
def test_what_was_not_given_is_an_error(other: object) -> None:
    owners = Owners()
    kept = owners.add(quote(), finding(1))
    with pytest.raises(NameNotFoundError, match="no quote that this corpus gave"):
        owners[other]
    assert kept.id == "q0"
