"""Whose deals they are: the log knows no customers, a file of deals does."""

import pyarrow as pa

from features.policy import Policy
from training.deals_columns import columns_of
from training.history.texts import texts_of
from training.sources.raw_table import RawTable


def accounts_of(raw: RawTable, policy: Policy) -> dict[str, str]:
    """Return the customer of each deal of a file, by its id; nothing where it names none."""
    columns = columns_of(raw, policy, [])
    if columns.id is None or columns.account is None:
        return {}
    ids, accounts = (_texts(raw.table.column(name)) for name in (columns.id, columns.account))
    return {deal: account for deal, account in zip(ids, accounts, strict=True) if deal and account}


def _texts(column: pa.ChunkedArray) -> list[str | None]:
    found: list[str | None] = texts_of(column).to_pylist()
    return found
