"""The file of keys: hashes only, for its owner only, changed by one process at a time."""

import json
import os
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from features.errors import InputError, Problem, QualifoxError, did_you_mean, printable
from models.lock import locked
from serving.keys.key import Key, new_key
from serving.keys.principal import Scope

FILE = "keys.json"
FORMAT = 1
LONGEST_NAME = 60


class KeysError(QualifoxError):
    """The file of keys cannot be used."""


@dataclass(frozen=True, slots=True)
class KeyStore:
    """The keys of a home folder.

    A revoked key stays in the file: it says who had one, and that there has been one at all.
    """

    home: Path

    @property
    def file(self) -> Path:
        """Where the keys are kept."""
        return self.home / FILE

    def kept(self) -> tuple[Key, ...]:
        """Return all keys, the revoked ones too.

        Raises
        ------
        KeysError
            When the file is damaged.
        """
        return read_keys(self.file)

    def create(
        self,
        name: str,
        scopes: Iterable[Scope],
        *,
        now: datetime,
        expires_at: datetime | None = None,
    ) -> tuple[Key, str]:
        """Add a key and return it with its token, which is kept nowhere.

        Raises
        ------
        InputError
            With every problem in what was asked for.
        """
        wanted = tuple(scopes)
        problems = [*_of_name(name), *_of_scopes(wanted), *_of_end(now, expires_at)]
        if problems:
            raise InputError(problems)
        key, token = new_key(name, wanted, now=now, expires_at=expires_at)
        self._change(lambda keys: (*keys, key))
        return key, token

    def revoke(self, key_id: str, *, now: datetime) -> Key:
        """Close a key for good and return it; one that is closed stays as it is.

        Raises
        ------
        InputError
            When there is no such key.
        """

        def closed(keys: tuple[Key, ...]) -> tuple[Key, ...]:
            if key_id not in {key.id for key in keys}:
                what, hint = f"there is no key '{printable(key_id)}'", _known(key_id, keys)
                raise InputError([Problem(where="key", what=what, hint=hint)])
            return tuple(
                replace(key, revoked_at=key.revoked_at or now) if key.id == key_id else key
                for key in keys
            )

        return next(key for key in self._change(closed) if key.id == key_id)

    def _change(self, change: Callable[[tuple[Key, ...]], tuple[Key, ...]]) -> tuple[Key, ...]:
        self.home.mkdir(parents=True, exist_ok=True)
        with locked(self.home, "keys"):
            keys = change(self.kept())
            _write(self.file, keys)
        return keys


def read_keys(file: Path) -> tuple[Key, ...]:
    """Return the keys of a file, none where there is no file.

    Raises
    ------
    KeysError
        When the file is damaged: nobody is let in by a file that cannot be read.
    """
    try:
        data = json.loads(file.read_bytes())
        keys = tuple(map(Key.from_data, data["keys"]))
        stated = data["format"]
    except FileNotFoundError:
        return ()
    except (OSError, KeyError, TypeError, ValueError) as error:
        hint = f"put {file.name} back from a copy, or move it away and create new keys"
        raise KeysError(f"{file}: cannot be read: {error!r}\n  hint: {hint}") from None
    if stated != FORMAT:
        raise KeysError(f"{file}: format {stated!r}; this Qualifox reads format {FORMAT}")
    return keys


def _write(file: Path, keys: tuple[Key, ...]) -> None:
    """Write the file whole or not at all; `mkstemp` makes it readable by its owner only."""
    text = json.dumps({"format": FORMAT, "keys": [key.to_data() for key in keys]}, indent=1)
    descriptor, draft = tempfile.mkstemp(dir=file.parent, prefix=".keys-")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as out:
            out.write(text + "\n")
            out.flush()
            os.fsync(out.fileno())
        Path(draft).replace(file)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def _of_name(name: str) -> list[Problem]:
    if name.strip() and name.isprintable() and len(name) <= LONGEST_NAME:
        return []
    what, hint = f"'{printable(name)}' is no name", f"up to {LONGEST_NAME} characters, like crm"
    return [Problem(where="--name", what=what, hint=hint)]


def _of_scopes(scopes: tuple[Scope, ...]) -> list[Problem]:
    if scopes:
        return []
    what = "a key without a scope may do nothing"
    return [Problem(where="--scope", what=what, hint=f"some of: {', '.join(Scope)}")]


def _of_end(now: datetime, expires_at: datetime | None) -> list[Problem]:
    if expires_at is None or expires_at > now:
        return []
    return [Problem(where="--expires", what="is past", hint="a later day")]


def _known(key_id: str, keys: tuple[Key, ...]) -> str:
    return did_you_mean(key_id, [key.id for key in keys])
