"""The pointer file: which tried version every worker is to hold, moved atomically.

It lies beside the folders that it names: ``served/<policy>.json`` and ``served/<version>/``. Only
what has passed its trial is named there, and a worker asks for the verdict on the very bytes.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from features.errors import ArtifactError
from features.phrase import Phrase
from models.lock import locked
from serving.champion.whole_file import write_whole

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A version that has passed its trial.

    ``folder`` is a name beside the pointer, ``version`` the digest of the artifact's manifest,
    ``policy`` the fingerprint of its policy, and ``number`` what the registry calls it.
    """

    folder: str
    version: str
    policy: str
    number: str

    @staticmethod
    def of(data: Any) -> "Tried":
        """Return what `asdict` wrote; raises `ArtifactError` where it is something else."""
        try:
            texts = {key: data[key] for key in ("folder", "version", "policy", "number")}
        except (KeyError, TypeError) as error:
            raise ArtifactError(f"the pointer cannot be read: {error!r}") from None
        if not all(isinstance(text, str) for text in texts.values()):
            raise ArtifactError("the pointer cannot be read: its words are no texts")
        if Path(texts["folder"]).name != texts["folder"] or texts["folder"] in {"", ".", ".."}:
            raise ArtifactError("the pointer names a folder that does not lie beside it")
        return Tried(**texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """Who answers, who answered before, and who is scored in its shadow.

    ``held_back`` is the version that people took back here: the follower does not bring it again
    until the registry names another, or somebody asks for it. ``moved_at`` is for people.
    """

    champion: Tried
    before: Tried | None = None
    challenger: Tried | None = None
    held_back: str | None = None
    moved_at: str = ""

    def with_champion(self, tried: Tried, moved_at: str) -> "Pointer":
        """Return the pointer after a swap; the same version again keeps who was before."""
        same = tried.version == self.champion.version
        before = self.before if same else self.champion
        return replace(self, champion=tried, before=before, held_back=None, moved_at=moved_at)

    def rolled_back(self, moved_at: str) -> "Pointer":
        """Return the pointer with the version before in the seat; raises without one."""
        if self.before is None:
            raise ArtifactError(Phrase("there is no version before this one"))
        return replace(
            self,
            champion=self.before,
            before=self.champion,
            held_back=self.champion.version,
            moved_at=moved_at,
        )


def read_pointer(place: Path) -> Pointer | None:
    """Return the pointer, None where there is no file; raises `ArtifactError` where it is bad."""
    try:
        data = json.loads(place.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError) as error:
        raise ArtifactError(f"{place.name} cannot be read: {error}") from None
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise ArtifactError(f"{place.name} is no pointer of format {FORMAT}")
    found = {key: Tried.of(data[key]) for key in ("before", "challenger") if data.get(key)}
    held_back = data.get("held_back")
    return Pointer(
        champion=Tried.of(data.get("champion")),
        held_back=held_back if isinstance(held_back, str) else None,
        moved_at=str(data.get("moved_at", "")),
        **found,
    )


def move_pointer(place: Path, moved: Callable[[Pointer | None], Pointer | None]) -> Pointer | None:
    """Replace the pointer by what ``moved`` makes of it, one mover at a time; return it.

    ``moved`` returns None, or the pointer as it was, to leave it alone.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    with locked(place.parent, "pointer"):
        before = read_pointer(place)
        after = moved(before)
        if after is not None and after != before:
            write_whole(place, json.dumps({"format": FORMAT, **asdict(after)}, indent=1))
    return after
