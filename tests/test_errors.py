import inspect

import pytest

from quotesmith import errors

CLASSES = [cls for _, cls in inspect.getmembers(errors, inspect.isclass) if issubclass(cls, errors.QuotesmithError)]


@pytest.mark.parametrize("cls", CLASSES)
def test_error_is_in_the_tree_that_the_module_draws(cls: type[errors.QuotesmithError]) -> None:
    assert cls.__name__ in str(errors.__doc__)


@pytest.mark.parametrize("cls", [cls for cls in CLASSES if cls is not errors.QuotesmithError])
def test_error_also_fits_a_builtin(cls: type[errors.QuotesmithError]) -> None:
    assert issubclass(cls, (TypeError, ValueError, ImportError, LookupError, RuntimeError))
