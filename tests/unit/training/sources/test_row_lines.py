"""Lines of rows, as Python's own reader counts them."""

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from training.sources.row_lines import n_lines, row_lines

FEWER = settings(max_examples=settings().max_examples // 2)
ROWS = st.lists(st.lists(st.text('ab\n",', max_size=5), min_size=2, max_size=2), max_size=6)


@FEWER
@given(ROWS, st.booleans(), st.sampled_from(["\n", "\r\n"]))
def test_rows_start_where_python_says(rows, ends, ending):
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=ending).writerows(rows)
    written = text.getvalue() if ends else text.getvalue().removesuffix(ending)
    reader, starts, line = csv.reader(written.splitlines(keepends=True)), [], 2
    for row in reader:
        if row:
            starts.append(line)
        line = 2 + reader.line_num
    assert row_lines(memoryview(written.encode()), 2).tolist() == starts


def test_lines_are_counted_with_or_without_a_last_break():
    assert (n_lines(b"a\nb\n", 0), n_lines(b"a\nb", 0), n_lines(b"", 0), n_lines(b"a", 1)) == (
        2, 2, 0, 0,
    )  # fmt: skip
