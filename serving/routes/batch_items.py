"""The items of a batch as bytes, and the counts and versions at their end.

Answers go in as the bytes that are kept, so that a repeated batch tells the same.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from features.texts import Language
from models.decision import Versions
from serving.edge.problem import problem_data
from serving.messages import RequestError
from serving.routes.deals_body import Problems

NDJSON = "application/x-ndjson"
UNUSABLE = "The facts cannot be used"
GONE = 410


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An answer as it is told; ``decision`` is its id in the log, None where there is no log."""

    answer: bytes
    versions: Mapping[str, str | None]
    decision: str | None = None
    is_new: bool = True


End = Told | Problems | RequestError
"""What became of a deal: its answer, what is wrong with it, or why it could not be kept."""
Ends = dict[int, End]


@dataclass(slots=True)
class Tally:
    """What a batch has told so far; ``request_id`` and ``language`` are those of this request."""

    request_id: str
    language: Language = "en"
    deals: int = 0
    answered: int = 0
    versions: list[Mapping[str, str | None]] = field(default_factory=list)

    def items(self, ends: Ends, *, asked: str) -> list[bytes]:
        """Return the items of some rows, in the order of the rows, and count them.

        ``asked`` is the id of the request that decided first: a repeated batch names it again.
        """
        return [self._item(row, ends[row], asked) for row in sorted(ends)]

    def summary(self, otherwise: Versions) -> dict[str, Any]:
        """Return the counts, and what answered; ``otherwise`` is what would have."""
        first, *others = self.versions or [versions_data(otherwise)]
        failed = self.deals - self.answered
        counts = {"deals": self.deals, "answered": self.answered, "failed": failed}
        told = {"counts": counts, "versions": dict(first)}
        return {**told, "other_versions": [dict(one) for one in others]} if others else told

    def _item(self, row: int, end: End, asked: str) -> bytes:
        self.deals += 1
        if not isinstance(end, Told):
            return written({"row": row, "problem": self._problem(end, asked)})
        self.answered += 1
        if end.versions not in self.versions:
            self.versions.append(end.versions)
        decision = "" if end.decision is None else f',"decision":"{end.decision}"'
        return f'{{"row":{row}{decision},"answer":'.encode() + end.answer + b"}"

    def _problem(self, end: Problems | RequestError, asked: str) -> dict[str, Any]:
        if not isinstance(end, RequestError):
            return problem_data(422, UNUSABLE, end, instance=asked, language=self.language)
        instance = asked if end.status == GONE else self.request_id
        return problem_data(
            end.status, end.title, end.problems, instance=instance, language=self.language
        )


def versions_data(versions: Versions) -> dict[str, str | None]:
    """Return what exactly answers, under the names of the answer."""
    return {
        "qualifox": versions.qualifox,
        "policy": versions.policy,
        "policy_version": versions.policy_version,
        "model": versions.model,
        "schema": versions.matrix_schema,
    }


def whole(items: Iterable[bytes], summary: bytes) -> bytes:
    """Return a body with all items and the counts."""
    return b'{"items":[' + b",".join(items) + b"]," + summary[1:]


def written(data: Any) -> bytes:
    """Return JSON as bytes, without blanks."""
    return json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
