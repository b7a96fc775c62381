"""Sets that grow together as their members turn out to be one."""

from collections import defaultdict
from collections.abc import Hashable
from typing import Generic, TypeVar

_T = TypeVar("_T", bound=Hashable)


class Sets(Generic[_T]):
    """Disjoint sets; whoever isn't known is alone.

    Example:
        >>> sets = Sets[str]()
        >>> sets.join("a", "b")
        >>> sets.root("a") == sets.root("b"), sets.root("c")
        (True, 'c')
    """

    def __init__(self) -> None:
        self._parents: dict[_T, _T] = {}

    def add(self, member: _T) -> None:
        """Take in a member, alone unless it is known."""
        self._parents.setdefault(member, member)

    def root(self, member: _T) -> _T:
        """The member that stands for the set."""
        root = member
        while (parent := self._parents.get(root, root)) != root:
            root = parent
        while member != root:
            self._parents[member], member = root, self._parents[member]
        return root

    def join(self, one: _T, other: _T) -> None:
        """Make the sets of two members one, for which the first's stands."""
        self.add(one)
        self.add(other)
        self._parents[self.root(other)] = self.root(one)

    def groups(self) -> dict[_T, list[_T]]:
        """The members of each set, by the member that stands for it, in the order in which they were added."""
        found: dict[_T, list[_T]] = defaultdict(list)
        for member in self._parents:
            found[self.root(member)].append(member)
        return dict(found)
