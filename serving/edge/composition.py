"""The guard as the environment says it: put around an application when a worker starts."""

from collections.abc import Mapping
from pathlib import Path

from starlette.types import ASGIApp

from serving.edge.door import Door
from serving.edge.guard import Edge, EdgeParts, Figures
from serving.edge.settings import EdgeSettings
from serving.keys.bind import require_keys
from serving.keys.keyring import Keyring
from serving.keys.store import FILE

HOME = "QUALIFOX_HOME"


def edge_of(app: ASGIApp, environment: Mapping[str, str], figures: Figures | None = None) -> Edge:
    """Return the guard around an application.

    Raises
    ------
    InputError
        Where a setting cannot be read, or somebody could ask without a key.
    KeysError
        Where the file of keys is damaged.
    """
    settings, keyring = EdgeSettings.of(environment), Keyring(keys_file(environment))
    is_open = settings.loopback_without_key
    require_keys(settings.listens_on, has_keys=not keyring.is_empty, is_open=is_open)
    door = Door(keyring, loopback_without_key=is_open)
    return Edge(app, EdgeParts(door=door, settings=settings, figures=figures))


def keys_file(environment: Mapping[str, str]) -> Path:
    """Return where the keys are; `qualifox serve` names the home folder to its workers.

    >>> keys_file({"QUALIFOX_HOME": "/srv/qualifox"}).as_posix()
    '/srv/qualifox/keys.json'
    """
    given = environment.get(HOME)
    shared = environment.get("XDG_DATA_HOME") or "~/.local/share"
    home = Path(given) if given else Path(shared) / "qualifox"
    return home.expanduser() / FILE
