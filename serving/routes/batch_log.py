"""A batch and the decision log: what is kept of it already, and its decisions kept piece by piece.

Whatever was kept is told as it was told then; whatever was not is decided now. So a batch that
was cut off is completed by sending it again with its idempotency key, and no row counts twice.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from starlette.concurrency import run_in_threadpool

from features.texts import Language
from serving.decision_log.batch_rows import (
    KeptAnswer,
    KeptRow,
    kept_answers,
    kept_rows,
    row_key,
)
from serving.decision_log.canonical import new_id
from serving.decision_log.entry import Written
from serving.decision_log.errors import KeyUsedTwiceError, LaterError, UnreadableError
from serving.decision_log.log import DecisionLog
from serving.decision_log.records import Asker, DecisionRecord
from serving.envelope import facts_and_waivers
from serving.messages import RequestError
from serving.routes.batch_items import GONE, Ends, Told, versions_data
from serving.routes.batch_pieces import Answered, Piece

DELETED = "The decision of this row has been deleted"
ERASED = "The decision of this row has been erased"


@dataclass(slots=True, kw_only=True)
class BatchLog:
    """The rows of one batch in the log.

    ``kept`` are those that were there when it was looked at, ``head`` the one that was kept first.
    ``lost`` says why nothing more is kept: once a piece could not be, the rest is not decided,
    since it would wait as long again.
    """

    log: DecisionLog
    asker: Asker
    language: Language
    rows: int
    kept: dict[int, KeptRow] = field(default_factory=dict)
    head: KeptRow | None = None
    batch_id: str | None = None
    lost: RequestError | None = None

    async def look(self) -> None:
        """Look what is kept under the batch's idempotency key.

        Raises
        ------
        KeyUsedTwiceError
            When another request had this key.
        UnreadableError
            When the database does not say.
        """
        asker, key = self.asker, self.asker.idempotency_key
        if key is None:
            return
        ask = partial(kept_rows, self.log.reader, asker.key_id, key, asker.request_hash)
        self.kept = await run_in_threadpool(ask, rows=self.rows)
        self.head = next((one for one in self.kept.values() if one.is_head), None)
        if self.head is not None:
            self.batch_id, self.language = self.head.batch_id, self.head.language

    @property
    def asked(self) -> str:
        """The id of the request that decided first."""
        return self.asker.request_id if self.head is None else self.head.request_id

    @property
    def is_pruned(self) -> bool:
        """Whether the head is deleted: then what else is missing is deleted too, not undecided."""
        return bool(self.kept) and self.head is None

    async def told(self, rows: Iterable[int]) -> Ends:
        """Return what was told about rows that are kept."""
        return await self._as_it_was({row: self.kept[row].id for row in rows if row in self.kept})

    async def keep(self, piece: Piece) -> Ends:
        """Keep the decisions of a piece; say what may be told of each."""
        if self.is_pruned:
            return dict.fromkeys([one.row for one in piece.answered], RequestError(GONE, DELETED))
        waiting, ends = list(piece.answered), Ends()
        while waiting and self._lacks_head and self.lost is None:
            ends |= await self._lead(piece, waiting[0])
            if self.kept:  # another request with this key was quicker
                ends |= await self.told(one.row for one in waiting)
            waiting = [one for one in waiting if one.row not in ends]
        return ends | await self._keep([self._follower(piece, one) for one in waiting])

    @property
    def _lacks_head(self) -> bool:
        return self.asker.idempotency_key is not None and self.batch_id is None

    async def _lead(self, piece: Piece, one: Answered) -> Ends:
        """Keep the first decision of a batch by itself: who has it has the key."""
        record = self._record(piece, one, self.asker.idempotency_key)
        (end,) = await self.log.append_each([record])
        if isinstance(end, Written) and end.repeated:
            try:
                await self.look()
            except (KeyUsedTwiceError, UnreadableError) as error:
                self.lost = error
            return {}
        if isinstance(end, Written):
            self.batch_id = end.id
        return await self._settled([record], [end])

    async def _keep(self, records: Sequence[DecisionRecord]) -> Ends:
        if self.lost is not None:
            return {_row(one): self.lost for one in records}
        if not records:
            return {}
        return await self._settled(records, await self.log.append_each(records))

    def _follower(self, piece: Piece, one: Answered) -> DecisionRecord:
        key = self.asker.idempotency_key
        record = self._record(piece, one, None if key is None else row_key(key, one.row))
        self.batch_id = record.batch_id
        return record

    def _record(self, piece: Piece, one: Answered, key: str | None) -> DecisionRecord:
        facts, waivers = facts_and_waivers(one.given, piece.policy)
        record_id = new_id(piece.at)
        return DecisionRecord(
            id=record_id,
            asker=replace(self.asker, at=piece.at, idempotency_key=key),
            decision=one.decision,
            facts=facts,
            waivers=waivers,
            answer=one.answer,
            language=piece.language,
            latency_us=piece.share_us,
            batch_id=self.batch_id or record_id,
            batch_row=one.row,
        )

    async def _settled(
        self, records: Sequence[DecisionRecord], written: Sequence[Written | RequestError]
    ) -> Ends:
        """Say what may be told: what is kept now or was before, and of the rest why not."""
        ends, before = Ends(), dict[int, str]()
        for record, end in zip(records, written, strict=True):
            row, versions = _row(record), versions_data(record.decision.versions)
            if isinstance(end, LaterError | KeyUsedTwiceError):
                self.lost = end
            if isinstance(end, RequestError):
                ends[row] = end
            elif end.repeated:
                before[row] = end.id
            else:
                ends[row] = Told(answer=record.answer, versions=versions, decision=end.id)
        return ends | await self._as_it_was(before)

    async def _as_it_was(self, ids: Mapping[int, str]) -> Ends:
        """Return what was told about rows, by the ids of their decisions."""
        if not ids:
            return {}
        try:
            answers = await run_in_threadpool(kept_answers, self.log.reader, list(ids.values()))
        except UnreadableError as later:
            self.lost = later
            return dict.fromkeys(ids, later)
        return {row: _told(answers.get(one), one) for row, one in ids.items()}


def _told(kept: KeptAnswer | None, decision: str) -> Told | RequestError:
    if kept is None:
        return RequestError(GONE, DELETED)
    if kept.answer is None:
        return RequestError(GONE, ERASED)
    return Told(answer=kept.answer, versions=kept.versions, decision=decision, is_new=False)


def _row(record: DecisionRecord) -> int:
    return record.batch_row or 0
