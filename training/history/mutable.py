"""Columns that go on changing after a deal is qualified, and so are not what they were."""

from collections.abc import Collection, Iterable
from fnmatch import fnmatchcase

from training.history.texts import header_key


def mutable_columns(
    headers: Iterable[str],
    changing: Collection[str],
    *,
    rewound: Collection[str] = (),
    confirmed: Collection[str] = (),
) -> tuple[str, ...]:
    """Return the columns to keep out of a model because they change after qualification.

    Parameters
    ----------
    changing
        The names that a preset gives to such columns, ``*`` standing for any characters; case,
        accents, blanks and underscores make no difference.
    rewound
        The columns that are as they were at the event: these may stay.
    confirmed
        The columns of which the policy says, with a reason, that they do not change.

    >>> mutable_columns(["Amount", "Industry", "num_notes"], ["amount", "num_*"])
    ('Amount', 'num_notes')
    >>> mutable_columns(["Amount", "num_notes"], ["amount", "num_*"], rewound=["Amount"])
    ('num_notes',)
    """
    patterns = ["*".join(header_key(part) for part in name.split("*")) for name in changing]
    fine = {*rewound, *confirmed}
    return tuple(
        header
        for header in headers
        if header not in fine
        and any(fnmatchcase(header_key(header), pattern) for pattern in patterns)
    )
