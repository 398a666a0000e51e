"""Which line of a text file each row starts on, where rows and lines do not march together."""

import numpy as np
from numpy.typing import NDArray

_LINE_END, _RETURN, _QUOTE = ord("\n"), ord("\r"), ord('"')


def row_lines(body: memoryview, first_line: int) -> NDArray[np.int64]:
    r"""Return the line of each row that is not blank; ``body`` begins after the header.

    A line break inside quotes ends no row: those are the breaks after an odd number of quotes.

    >>> row_lines(memoryview(b'a,b\n\n"c\nd",e\nf,g'), 2).tolist()
    [2, 4, 6]
    """
    content = np.frombuffer(body, dtype=np.uint8)
    breaks = np.flatnonzero(content == _LINE_END)
    quotes = np.flatnonzero(content == _QUOTE)
    outside = np.searchsorted(quotes, breaks) % 2 == 0
    ends = breaks[outside]
    if len(content) and content[-1] != _LINE_END:
        ends = np.append(ends, len(content))
    starts = np.concatenate([[0], ends + 1])[: len(ends)]
    lengths = ends - starts
    only_return = (lengths == 1) & (content[np.minimum(starts, len(content) - 1)] == _RETURN)
    filled = starts[(lengths > 0) & ~only_return]
    lines: NDArray[np.int64] = np.searchsorted(breaks, filled).astype(np.int64) + first_line
    return lines


def n_lines(body: bytes, start: int) -> int:
    r"""Return how many lines there are from a byte on.

    >>> n_lines(b"a\nb\nc", 2)
    2
    """
    unfinished = start < len(body) and not body.endswith(b"\n")
    return body.count(b"\n", start) + unfinished
