"""The lines that reports write below their rows: totals, confidentiality, copyright."""

import re

import pyarrow as pa

from features.errors import printable

MOST_LINES = 10
FEWEST_COLUMNS = 3
"""In a narrower table a row with only its first cell filled may well be a deal."""

_FOOTER = re.compile(
    r"grand totals?\b|total g[ée]n[ée]ral\b|totaux\b|gesamtsumme\b"
    r"|totals? \(\d[\d\s,.]* records?\)"
    r"|confidential information|informations? confidentielles?|copyright \(c\)|copyright ©",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"(sub)?totals?|sous-total|summe|somme|count|nombre", re.IGNORECASE)


def n_footer_rows(table: pa.Table) -> int:
    """Return how many rows at the end are no deals but the footer of a report.

    >>> texts = ["Acme", "Grand Totals (1 records)", "Copyright (c) 2026"]
    >>> n_footer_rows(pa.table({"a": texts, "b": ["1", None, None], "c": ["x", None, None]}))
    2
    """
    tail = table.slice(max(0, len(table) - MOST_LINES))
    rows = list(zip(*(column.to_pylist() for column in tail.columns), strict=True))
    count = 0
    for cells in reversed(rows):
        if not _is_footer(cells):
            return count
        count += 1
    return count if count < len(table) and count < MOST_LINES else 0


def footer_note(table: pa.Table, count: int) -> str:
    """Return the sentence that says which rows were dropped."""
    first = next((text for text in table.slice(len(table) - count, 1).to_pylist()[0].values()
                  if text is not None), "")  # fmt: skip
    rows = "1 row" if count == 1 else f"{count} rows"
    return f"{rows} at the end are a footer, and left out: '{printable(str(first))}'"


def _is_footer(cells: tuple[object, ...]) -> bool:
    filled = [cell for cell in cells if cell is not None]
    if not filled:
        return True
    first = str(filled[0])
    if _FOOTER.match(first) or (_TOTAL.fullmatch(first) and 2 * len(filled) <= len(cells)):
        return True
    return len(cells) >= FEWEST_COLUMNS and len(filled) == 1 and cells[0] is not None
