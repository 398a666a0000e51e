"""Who asks: by key, or from this machine while there has never been a key."""

from starlette.types import Scope as Connection

from features.errors import Problem
from features.phrase import Phrase
from serving.edge.problem import RefusedError
from serving.keys.bind import is_loopback
from serving.keys.keyring import Keyring
from serving.keys.principal import LOCAL, NOBODY, Principal, Scope

HOW = "send the header  authorization: Bearer <key>; create one: qualifox keys create"


class Door:
    """Lets in who has a key with the scope that is needed.

    Without a key only this machine is let in, and only while there has never been one. Both ends
    of the connection are looked at, whatever address the service was told that it has, and the
    name it was asked by: a page in a browser on this machine could reach it by a name of its own.
    """

    def __init__(self, keyring: Keyring, *, loopback_without_key: bool = True) -> None:
        self._keyring, self._is_open = keyring, loopback_without_key

    def principal(self, connection: Connection, scope: Scope | None) -> Principal:
        """Return who asks for something that needs a scope; None is for everybody.

        Raises
        ------
        RefusedError
            401 without a live key, 403 where it lacks the scope.
        """
        if scope is None:
            return NOBODY
        principal = self._known(connection)
        if not principal.may(scope):
            what = Phrase("this key may not {scope}", scope=str(scope))
            hint = Phrase("create one with --scope {scope}", scope=str(scope))
            problem = Problem(where="authorization", what=what, hint=hint)
            raise RefusedError(403, "The key does not allow this", [problem])
        return principal

    def _known(self, connection: Connection) -> Principal:
        given = _values(connection, b"authorization")
        if not given:
            return self._without_key(connection)
        kind, _, token = given[0].partition(" ")
        found = None
        if len(given) == 1 and kind.lower() == "bearer":
            found = self._keyring.principal_of(token.strip())
        if found is None:
            raise _unknown("this is no live key")
        return found

    def _without_key(self, connection: Connection) -> Principal:
        if not (self._is_open and self._keyring.is_empty and _is_local(connection)):
            raise _unknown("a key is needed")
        hosts = _values(connection, b"host")
        if len(hosts) != 1 or not is_loopback(_name_of(hosts[0])):
            hint = "ask 127.0.0.1 or localhost, or create a key"
            problem = Problem(where="host", what="is not this machine", hint=hint)
            raise RefusedError(403, "Without a key only this machine may ask", [problem])
        return LOCAL


def _unknown(what: str) -> RefusedError:
    problem = Problem(where="authorization", what=what, hint=HOW)
    headers = {"www-authenticate": 'Bearer realm="qualifox"'}
    return RefusedError(401, "The request needs a key", [problem], headers=headers)


def _is_local(connection: Connection) -> bool:
    ends = (connection.get("client"), connection.get("server"))
    return all(end is not None and is_loopback(str(end[0])) for end in ends)


def _values(connection: Connection, wanted: bytes) -> list[str]:
    return [value.decode("latin-1") for name, value in connection["headers"] if name == wanted]


def _name_of(host: str) -> str:
    """Return a host without its port.

    >>> [_name_of(host) for host in ("localhost:3000", "[::1]:3000", "127.0.0.1")]
    ['localhost', '::1', '127.0.0.1']
    """
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]
