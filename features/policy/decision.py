"""Where a deal is worth its effort: thresholds, grades, and the share kept to test knockouts."""

from typing import Annotated, TypeAlias

from pydantic import Field, StringConstraints, field_validator, model_validator

from features.fields.base import shown
from features.policy.parts import Part, Share

GradeName: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=20)]


class GoAt(Part):
    """Where a deal is worth its effort: a win probability, an expected value, or both.

    ``points`` count while there is no model.
    """

    p_win: Share | None = None
    expected_value: float | None = Field(default=None, allow_inf_nan=False)
    points: float | None = Field(default=None, allow_inf_nan=False)

    @model_validator(mode="after")
    def _at_least_one(self) -> "GoAt":
        if self.p_win is None and self.expected_value is None:
            raise ValueError(
                "there is no threshold; give p_win (0 to 1), expected_value (money), or both"
            )
        return self


class Grade(Part):
    """A grade, from a win probability on; from ``points`` on while there is no model."""

    grade: GradeName
    p_win: Share
    points: float | None = Field(default=None, allow_inf_nan=False)


class Exploration(Part):
    """The share of refused deals worked all the same, so that testable knockouts stay testable."""

    share: Annotated[float, Field(ge=0, le=0.5)]
    most_hours: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    seed: int = 0


class DecisionBlock(Part):
    """The decision block of the policy. ``grades`` go from the best to the last."""

    go_at: GoAt
    grades: Annotated[tuple[Grade, ...], Field(strict=False)] = ()
    exploration: Exploration | None = None

    @field_validator("grades")
    @classmethod
    def _grades_fall(cls, grades: tuple[Grade, ...]) -> tuple[Grade, ...]:
        names = [grade.grade for grade in grades]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"{shown(name)} is given twice; keep one of them")
        for measure in ("p_win", "points"):
            limits = [getattr(grade, measure) for grade in grades]
            given = [limit for limit in limits if limit is not None]
            if given and len(given) < len(limits):
                raise ValueError("some grades have points; give points for all, or for none")
            if given != sorted(set(given), reverse=True):
                raise ValueError(
                    f"the {measure} of the grades do not fall; "
                    f"grades go from the best to the last, each from lower {measure} on"
                )
        return grades

    def grade_at(self, p_win: float | None, points: float) -> str | None:
        """Return the grade of a deal, None where it has none.

        >>> block = DecisionBlock(
        ...     go_at=GoAt(p_win=0.3),
        ...     grades=[Grade(grade="A", p_win=0.5), Grade(grade="B", p_win=0)],
        ... )
        >>> block.grade_at(0.6, 0.0), block.grade_at(0.4, 0.0)
        ('A', 'B')
        """
        for grade in self.grades:
            at = grade.p_win if p_win is not None else grade.points
            have = p_win if p_win is not None else points
            if at is not None and have >= at:
                return grade.grade
        return None
