"""Names in a row, as a sentence can carry them."""

from collections.abc import Sequence

from features.texts import Text

MOST_NAMES = 6


def listed(names: Sequence[str]) -> Text:
    """Return names separated by commas, the last of many only counted.

    >>> listed(["a", "b"]).en, listed(list("abcdefgh")).fr
    ('a, b', 'a, b, c, d, e, f et 2 de plus')
    """
    shown, more = ", ".join(names[:MOST_NAMES]), len(names) - MOST_NAMES
    if more <= 0:
        return Text(en=shown, fr=shown)
    return Text(en=f"{shown} and {more} more", fr=f"{shown} et {more} de plus")
