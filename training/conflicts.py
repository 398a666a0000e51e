"""Where closed deals say the opposite of what the policy says of a fact or a criterion."""

from collections.abc import Iterator

import numpy as np

from features.matrix_column import MatrixColumn
from features.policy import Policy
from features.texts import Text
from models.win_model import WinModel
from reports.review import ConflictKind, DirectionConflict


def direction_conflicts(model: WinModel, policy: Policy) -> tuple[DirectionConflict, ...]:
    """Return the directions that closed deals clearly contradict, the clearest first."""
    return tuple(sorted(_conflicts(model, policy), key=lambda one: -one.standard_errors))


def _conflicts(model: WinModel, policy: Policy) -> Iterator[DirectionConflict]:
    against, given_up = model.estimator.conflicts_, model.estimator.contradicted_
    for place in np.flatnonzero(against):
        column = model.schema.columns[place]
        yield DirectionConflict(
            id=column.field,
            kind=_kind(column),
            label=_label(column, policy),
            level=column.level if column.kind == "level" else None,
            given_up=bool(given_up[place]),
            standard_errors=float(against[place]),
        )


def _kind(column: MatrixColumn) -> ConflictKind:
    if column.kind == "criterion":
        return "criterion"
    return "track_record" if column.kind == "track" else "field"


def _label(column: MatrixColumn, policy: Policy) -> Text:
    if column.kind == "criterion":
        return next(one.label for one in policy.criteria if one.id == column.field)
    field = policy.fields[column.field]
    return Text(en=field.label_in(column.field, "en"), fr=field.label_in(column.field, "fr"))
