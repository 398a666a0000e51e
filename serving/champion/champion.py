"""The champion of one worker: what answers, what answered before, and who is in its shadow.

A thread of its own looks at the pointer once a second, loads beside, and swaps by assigning one
attribute. A request reads `current` once. What cannot be loaded is refused, and told; what
answered goes on answering.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, TypeAlias

from features.errors import ArtifactError
from serving.champion.held import Serving, load_tried
from serving.champion.places import Places
from serving.champion.pointer import Pointer, Tried, read_pointer
from serving.champion.record import TrialRecord, content_digest
from serving.champion.roll import WorkerNote
from serving.champion.whole_file import Stamp, stamp_of

logger = logging.getLogger("qualifox.serving")

LOOK_SECONDS = 1.0
LONGEST_STOP_SECONDS = 5.0
LOOKS_BETWEEN_TRIES = 30
"""A version that was refused is looked at again so rarely: a copy may have been under way."""

Kind: TypeAlias = Literal["swapped", "refused", "challenger", "challenger_refused"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChampionEvent:
    """What the metrics and the log hear of; ``reason`` says why where something was refused."""

    kind: Kind
    version: str | None
    number: str | None
    reason: str = ""


Listener: TypeAlias = Callable[[ChampionEvent], None]


class Champion:
    """What this process holds; `current` is None until something sound was loaded."""

    def __init__(self, pointer: Path | None = None, first: Serving | None = None) -> None:
        self.places = None if pointer is None else Places(pointer)
        self.current = first
        self.before: Serving | None = None
        self.challenger: Serving | None = None
        self.refused: ChampionEvent | None = None
        self.listeners: list[Listener] = []
        self._seen: Stamp | None = None
        self._told: list[ChampionEvent] = []
        self._wait = 0
        self._one_at_a_time = threading.Lock()
        self._woken, self._stopped = threading.Event(), threading.Event()
        self._note = None if self.places is None else WorkerNote(self.places.workers)

    @property
    def is_ready(self) -> bool:
        """Whether there is a qualifier that has answered."""
        return self.current is not None

    def start(self) -> None:
        """Follow the pointer from now on, in a thread of its own."""
        self._tell_roll()
        if self.places is not None:
            threading.Thread(target=self._follow, name="champion", daemon=True).start()

    def stop(self) -> None:
        """Stop following, and leave the roll."""
        self._stopped.set()
        self._woken.set()
        if self._one_at_a_time.acquire(timeout=LONGEST_STOP_SECONDS):
            self._one_at_a_time.release()  # a look that was under way has written its last note
        if self._note is not None:
            self._note.leave()

    def wake(self) -> None:
        """Look at the pointer now instead of within a second."""
        self._woken.set()

    def look(self) -> None:
        """Hold what the pointer names; nothing happens while it stays the same."""
        if self.places is None:
            return
        with self._one_at_a_time:
            stamp = stamp_of(self.places.pointer)
            self._wait -= 1
            same = stamp == self._seen and self._wait != 0
            if stamp is None or same or self._stopped.is_set():
                return
            self._seen, self._wait = stamp, -1
            if not self._hold_what_is_named(self.places):
                self._wait = LOOKS_BETWEEN_TRIES
            self._tell_roll()

    def _follow(self) -> None:
        while not self._stopped.is_set():
            try:
                self.look()
            except Exception:
                logger.exception("the pointer could not be followed")
            self._woken.wait(LOOK_SECONDS)
            self._woken.clear()

    def _hold_what_is_named(self, places: Places) -> bool:
        """Return whether everything that the pointer names is held now."""
        try:
            pointer = read_pointer(places.pointer)
        except ArtifactError as error:
            self._refuse("refused", None, str(error))
            return False
        if pointer is None:
            return True
        held = self._hold_champion(pointer, places)
        return self._hold_challenger(pointer.challenger, places) and held

    def _hold_champion(self, pointer: Pointer, places: Places) -> bool:
        named = pointer.champion
        current = self.current
        if current is not None and current.version == named.version:
            if current.number != named.number:
                self._seat(replace(current, number=named.number))
            return True
        serving = self._loaded(named, places, "refused")
        if serving is None and current is None and pointer.before is not None:
            # Nothing answers yet: what answered before is better than nothing.
            fallback = self._loaded(pointer.before, places, "refused")
            if fallback is not None:
                self._seat(fallback)
        if serving is None:
            return False
        self.before, self.refused = current, None
        self._seat(serving)
        return True

    def _hold_challenger(self, named: Tried | None, places: Places) -> bool:
        held = self.challenger
        if named is None or (held is not None and held.version == named.version):
            self.challenger = None if named is None else held
            return True
        loaded = self._loaded(named, places, "challenger_refused")
        self.challenger = loaded
        if loaded is not None:
            self._tell(_event("challenger", loaded))
        return loaded is not None

    def _loaded(self, named: Tried, places: Places, kind: Kind) -> Serving | None:
        """Return a version, from memory where it is there; None where it is refused."""
        for held in (self.before, self.challenger, self.current):
            if held is not None and held.version == named.version:
                return replace(held, number=named.number)
        folder = places.folders / named.folder
        try:
            trial = TrialRecord(places.trials).verdict(content_digest(folder))
            if trial is not None and trial.outcome == "sound":
                return load_tried(folder, named, trial.golden)
            reason = "these files have not passed a trial"
            reason += f": {trial.reason}" if trial is not None else ""
        except (ArtifactError, OSError, MemoryError) as error:
            reason = (str(error) or repr(error)).splitlines()[0][:300]
        self._refuse(kind, named, reason)
        return None

    def _seat(self, serving: Serving) -> None:
        self.current = serving  # the swap: requests before it keep what they have read
        self._tell(_event("swapped", serving))

    def _refuse(self, kind: Kind, named: Tried | None, reason: str) -> None:
        """Tell why something is not held, once; it is looked at again now and then."""
        event = ChampionEvent(
            kind=kind,
            version=named.version if named else None,
            number=named.number if named else None,
            reason=reason,
        )
        if kind == "refused":
            self.refused = event
        if event not in self._told:
            self._told = [*self._told[-9:], event]
            self._tell(event)

    def _tell(self, event: ChampionEvent) -> None:
        say = logger.warning if event.reason else logger.info
        said = f"{event.kind}: version {event.number} ({(event.version or 'none')[:16]})"
        say("%s %s", said, event.reason)
        for listener in self.listeners:
            try:
                listener(event)
            except Exception:
                logger.exception("a listener to the champion failed")

    def _tell_roll(self) -> None:
        if self._note is None:
            return
        self._note.write(
            {
                "version": self.current.version if self.current else None,
                "number": self.current.number if self.current else None,
                "policy": self.current.policy if self.current else None,
                "before": self.before.version if self.before else None,
                "challenger": self.challenger.version if self.challenger else None,
                "refused": None
                if self.refused is None
                else {"version": self.refused.version, "reason": self.refused.reason},
            }
        )


def _event(kind: Kind, serving: Serving) -> ChampionEvent:
    return ChampionEvent(kind=kind, version=serving.version, number=serving.number)
