"""From a version that the registry names to the seat: hashes, a trial, then the pointer."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from serving.champion.places import Places
from serving.champion.pointer import Pointer, Tried, move_pointer
from serving.champion.record import TrialRecord, content_digest
from serving.champion.trial import Trial, hold_trial
from serving.champion.whole_file import write_whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A version that somebody wants in a seat: where it lies, and what it should be."""

    folder: Path
    version: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """What became of the candidates: the pointer now, and why a candidate was refused."""

    pointer: Pointer | None
    moved: bool
    refused: str | None = None
    challenger_refused: str | None = None


def tried(candidate: Candidate, places: Places) -> tuple[Trial, Tried]:
    """Return the verdict on a candidate, held now or remembered, and what the pointer names."""
    record, digest = TrialRecord(places.trials), content_digest(candidate.folder)
    trial = record.verdict(digest)
    if trial is None:
        trial = record.note(digest, hold_trial(candidate.folder, candidate.version))
    named = Tried(
        folder=candidate.folder.name,
        version=candidate.version,
        policy=trial.policy,
        number=candidate.number,
    )
    return trial, named


def succeed(
    places: Places, champion: Candidate, challenger: Candidate | None = None, *, anew: bool = False
) -> Succession:
    """Try the candidates, and move the pointer to those that are sound.

    A version that was taken back stays so until another is named, or somebody asks ``anew``. A
    challenger that is bad is left out; a champion that is bad leaves everything as it was.
    """
    places.folders.mkdir(parents=True, exist_ok=True)
    trial, named = tried(champion, places)
    shadow_trial, shadow = (None, None) if challenger is None else tried(challenger, places)
    if shadow_trial is not None and shadow_trial.outcome != "sound":
        shadow = None
    before: list[Pointer | None] = []

    def moved(pointer: Pointer | None) -> Pointer | None:
        before.append(pointer)
        if trial.outcome != "sound":
            return None if pointer is None else replace(pointer, challenger=shadow)
        when = datetime.now(UTC).isoformat(timespec="seconds")
        if pointer is None:
            return Pointer(champion=named, challenger=shadow, moved_at=when)
        held_back = pointer.held_back == named.version and not anew
        if held_back or pointer.champion == named:
            return replace(pointer, challenger=shadow)
        return replace(pointer.with_champion(named, when), challenger=shadow)

    after = move_pointer(places.pointer, moved)
    return Succession(
        pointer=after,
        moved=after != before[0],
        refused=_why(trial),
        challenger_refused=_why(shadow_trial),
    )


def take_back(places: Places) -> Pointer | None:
    """Put the version before this one back into the seat, and hold this one back."""
    when = datetime.now(UTC).isoformat(timespec="seconds")
    return move_pointer(
        places.pointer, lambda pointer: None if pointer is None else pointer.rolled_back(when)
    )


def ring(places: Places) -> None:
    """Ask the follower to look at once; what was held back may come again."""
    places.folders.mkdir(parents=True, exist_ok=True)
    write_whole(places.bell, datetime.now(UTC).isoformat())


def _why(trial: Trial | None) -> str | None:
    return None if trial is None or trial.outcome == "sound" else trial.reason
