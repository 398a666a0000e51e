"""``qualifox keys``: who may ask the service, and what for."""

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Annotated

import typer

from features.errors import InputError, Problem, did_you_mean, printable
from qualifox.home import home_folder
from qualifox.options import JsonOption
from qualifox.terminal import out, print_json, say

if TYPE_CHECKING:
    from serving.keys.key import Key
    from serving.keys.principal import Scope

keys_commands = typer.Typer(
    help="The keys of the service: who may ask, and what for.", pretty_exceptions_enable=False
)


@keys_commands.callback()
def keys() -> None:
    """Create, list and revoke the keys of the service."""


@keys_commands.command()
def create(
    *,
    name: Annotated[str, typer.Option(help="Who will use it, like crm.")],
    scope: Annotated[
        list[str], typer.Option(help="score, read, outcome or admin; may be repeated.")
    ],
    expires: Annotated[
        str | None, typer.Option(help="The first day on which it is closed, like 2027-01-31.")
    ] = None,
    json: JsonOption = False,
) -> None:
    """Create a key and print it. It is shown this once; its hash alone is kept."""
    from serving.keys.store import KeyStore

    end = _moment(expires)
    key, token = KeyStore(home_folder()).create(
        name, _scopes(scope), now=datetime.now(UTC), expires_at=end
    )
    say(f"key {key.id} for {name} may: {', '.join(sorted(key.scopes))}")
    say("it is shown this once; send it as  authorization: Bearer <key>")
    if json:
        print_json({**_told(key), "key": token})
        return
    out.print(token, markup=False)


@keys_commands.command("list")
def list_(*, json: JsonOption = False) -> None:
    """List the keys; their secrets are kept nowhere."""
    from serving.keys.store import KeyStore

    found = KeyStore(home_folder()).kept()
    if json:
        print_json([_told(key) for key in found])
        return
    if not found:
        say("no key yet: the service answers on loopback only, without one")
    for key in found:
        scopes = ",".join(sorted(key.scopes))
        out.print(f"{key.id}  {_state(key):<24}  {scopes:<24}  {key.name}", markup=False)


@keys_commands.command()
def revoke(
    key: Annotated[str, typer.Argument(help="The key's id, as listed.")],
    *,
    json: JsonOption = False,
) -> None:
    """Close a key for good; a running service knows it within a second or two."""
    from serving.keys.store import KeyStore

    closed = KeyStore(home_folder()).revoke(key, now=datetime.now(UTC))
    say(f"key {closed.id} of {closed.name} is closed")
    if json:
        print_json(_told(closed))


def _scopes(names: list[str]) -> "list[Scope]":
    from serving.keys.principal import Scope

    strangers = [name for name in names if name not in set(Scope)]
    if strangers:
        raise InputError(
            [
                Problem(
                    where="--scope",
                    what=f"'{printable(name)}' is no scope",
                    hint=did_you_mean(name, Scope),
                )
                for name in strangers
            ]
        )
    return [Scope(name) for name in names]


def _moment(day: str | None) -> datetime | None:
    if day is None:
        return None
    try:
        return datetime.combine(date.fromisoformat(day), time(), UTC)
    except ValueError:
        what, hint = f"'{printable(day)}' is not a day", "write it like 2027-01-31"
        raise InputError([Problem(where="--expires", what=what, hint=hint)]) from None


def _told(key: "Key") -> dict[str, object]:
    told = key.to_data() | {"state": _state(key)}
    del told["sha256"]
    return told


def _state(key: "Key") -> str:
    if key.revoked_at is not None:
        return f"revoked {key.revoked_at.date()}"
    if not key.is_live(datetime.now(UTC)):
        return f"expired {key.expires_at:%Y-%m-%d}"
    return f"until {key.expires_at:%Y-%m-%d}" if key.expires_at else "live"
