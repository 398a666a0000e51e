"""Who was champion before: the seat is given, taken back, and never forgotten.

The alias is what answers; the history is a note beside it, written after the alias. If the process
dies between the two, the history lacks its last champion, which the next step puts right.
"""

import json

from features.errors import RegistryError, did_you_mean
from models.registry import Published, Registry

HISTORY = "qualifox.champions"


def champions(registry: Registry, name: str) -> list[str]:
    """Return the numbers of the versions that were champion in turn, the present one last."""
    history = [str(one) for one in json.loads(registry.notes(name).get(HISTORY, "[]"))]
    present = registry.find(name)
    if present is None:
        return history
    if present.number in history:  # those after it were rolled back
        return history[: len(history) - history[::-1].index(present.number)]
    return [*history, present.number]


def crown(registry: Registry, published: Published, *, provisional: bool = False) -> None:
    """Make a version the champion; nothing changes where it is already.

    ``provisional`` says that it proved nothing; that is noted before it answers.
    """
    if provisional != published.provisional:
        registry.mark_provisional(published, provisional=provisional)
    history = champions(registry, published.name)
    if history[-1:] != [published.number]:
        history.append(published.number)
    registry.name_it(published, "champion")
    registry.note(published.name, HISTORY, json.dumps(history))


def chosen_predecessor(registry: Registry, name: str, number: str | None = None) -> Published:
    """Return the version that a rollback gives the seat to: the champion before, or a chosen one.

    Raises
    ------
    RegistryError
        When there is no such model or version, or when nobody was champion before.
    """
    present = registry.get(name)
    known = {one.number: one for one in registry.versions(name)}
    if number is None:
        before = [one for one in champions(registry, name)[:-1] if one != present.number]
        if not before:
            hint = "--to VERSION chooses one; qualifox train makes others"
            raise RegistryError(f"'{name}' had no champion before version {present.number}\n"
                                f"  hint: {hint}")  # fmt: skip
        number = before[-1]
    if number not in known:
        hint = did_you_mean(number, known)
        raise RegistryError(f"'{name}' has no whole version {number}\n  hint: {hint}")
    return known[number]


def roll_back(registry: Registry, to: Published) -> Published:
    """Give the seat to a version, and return the champion that left it.

    The one that left is marked: no verdict given before brings it back by itself.
    """
    present = registry.get(to.name)
    if present.number == to.number:
        return present
    history = champions(registry, to.name)
    registry.mark_rolled_back(present, rolled_back=True)
    if to.rolled_back:
        registry.mark_rolled_back(to, rolled_back=False)
    registry.name_it(to, "champion")
    kept = history[: history.index(to.number)] if to.number in history else history
    registry.note(to.name, HISTORY, json.dumps([*kept, to.number]))
    return present
