"""Remembers the latest of many ids."""

from collections import OrderedDict

MOST = 10_000


class Recent:
    """A set of ids that forgets the oldest when it is full: nobody can fill the memory with them."""

    def __init__(self, most: int = MOST) -> None:
        """Empty; it holds `most` ids."""
        self._ids: OrderedDict[str, None] = OrderedDict()
        self._most = most

    def add(self, id: str) -> bool:
        """Put an id in; whether it is new."""
        if id in self._ids:
            return False
        self._ids[id] = None
        if len(self._ids) > self._most:
            self._ids.popitem(last=False)
        return True

    def discard(self, id: str) -> None:
        """Take an id out, if it is there."""
        self._ids.pop(id, None)
