from tests.steps import steps_of


def pairs(numbers: range) -> int:
    return sum(one < other for one in numbers for other in numbers)


def each(numbers: range) -> int:
    return sum(number < 5 for number in numbers)


def test_steps_are_the_same_each_time_and_tell_a_square_from_a_line() -> None:
    assert steps_of(pairs, range(20)) == steps_of(pairs, range(20))
    assert steps_of(pairs, range(200)) > 50 * steps_of(pairs, range(20))
    assert 5 * steps_of(each, range(20)) < steps_of(each, range(200)) < 12 * steps_of(each, range(20))
