"""Where listed forms of names begin in a row of words, however many and however long they are."""

from collections.abc import Iterable, Iterator, Sequence

ListedForm = tuple[str, ...]


class FormSearch:
    """Finds all forms at once, in time linear in the row and in what is found (Aho and Corasick 1975).

    A row is read from its last word to its first, so that a form ends, in the order of reading, where it begins.
    A state is the longest end of a form that the words just read are; its fallback is the next shorter one.
    """

    def __init__(self, forms: Iterable[ListedForm]) -> None:
        self._next: dict[tuple[int, str], int] = {}
        self._fallback = [0]
        # Of each state: the longest form that begins there, and the next shorter one; a form is known by its own state.
        self._longest = [0]
        self._lengths: dict[int, int] = {}
        # Level by level: a fallback is shorter than its state.
        growing = [(form, 0) for form in forms]
        length = 0
        while growing:
            length += 1
            grown = [(form, self._grow(state, form[-length])) for form, state in growing]
            self._lengths |= {state: length for form, state in grown if len(form) == length}
            growing = [(form, state) for form, state in grown if len(form) > length]
            for _, state in grown:
                self._longest[state] = state if state in self._lengths else self._longest[self._fallback[state]]

    def begun(self, words: Sequence[str]) -> list[int]:
        """For each word of the row, the state in which the reading is there, for `lengths`."""
        states: list[int] = []
        state = 0
        for word in reversed(words):
            state = self._after(state, word)
            states.append(state)
        states.reverse()
        return states

    def lengths(self, state: int) -> Iterator[int]:
        """The numbers of words of the forms that begin where the reading is in that state, the longest first."""
        form = self._longest[state]
        while form:
            yield self._lengths[form]
            form = self._longest[self._fallback[form]]

    def _grow(self, state: int, word: str) -> int:
        longer = self._next.get((state, word))
        if longer is None:
            longer = len(self._fallback)
            # The first word of all has nothing shorter.
            self._fallback.append(self._after(self._fallback[state], word) if state else 0)
            self._longest.append(0)
            self._next[state, word] = longer
        return longer

    def _after(self, state: int, word: str) -> int:
        while state and (state, word) not in self._next:
            state = self._fallback[state]
        return self._next.get((state, word), 0)
