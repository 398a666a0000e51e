"""A stored decision made again: the same bytes, or what is missing to make them."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import orjson

from features.deal import Deal
from features.errors import InputError
from features.facts import deal_from_facts
from features.policy import Policy, waivers_of
from features.texts import Language
from models.decision import Decision
from models.qualifier import Qualifier
from models.version import CODE_VERSION
from reports.answer import answer
from serving.decision_log.stored import StoredDecision

Render: TypeAlias = Callable[[Decision, Policy, Language], bytes]
State: TypeAlias = Literal["same", "different", "missing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """One thing that is not at hand: ``what`` it is, and its fingerprint where it has one."""

    what: Literal["facts", "policy", "model", "schema", "code"]
    fingerprint: str | None = None

    def to_data(self) -> dict[str, str | None]:
        """Return it as plain data."""
        return {"what": self.what, "fingerprint": self.fingerprint}


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """What became of a replay.

    ``same``: the bytes are those that were sent. ``different``: they are not; ``changed`` names
    the parts of the answer, and ``missing`` what may be why. ``missing``: it could not be made.
    """

    state: State
    missing: tuple[Missing, ...] = ()
    changed: tuple[str, ...] = ()
    answer: bytes | None = None

    def to_data(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "state": self.state,
            "missing": [one.to_data() for one in self.missing],
            "changed": list(self.changed),
            "answer": None if self.answer is None else json.loads(self.answer),
        }


def rendered(decision: Decision, policy: Policy, language: Language) -> bytes:
    """Return an answer as the bytes that are sent."""
    return orjson.dumps(answer(decision, policy, language))


def replay(
    stored: StoredDecision,
    at_hand: Iterable[Qualifier],
    *,
    batch: Callable[[str], Sequence[StoredDecision]] = lambda _: (),
    render: Render = rendered,
) -> Replay:
    """Make a decision again from its facts, by the policy and the model that made it.

    Parameters
    ----------
    at_hand
        What could have answered; the one with the stored fingerprints is asked.
    batch
        Returns the decisions that were made together; asked only where the deal by itself is
        answered otherwise, since a draw with a cap of hours looks at all of them.
    """
    qualifiers = list(at_hand)
    qualifier = next((one for one in qualifiers if _made(one, stored)), None)
    missing = _what_is_missing(stored, qualifiers)
    if qualifier is None or stored.facts is None or stored.answer is None:
        return Replay(state="missing", missing=missing)
    try:
        made = _made_again(stored, [stored], qualifier, render)
        if made != stored.answer and stored.batch_id is not None:
            together = [one for one in batch(stored.batch_id) if one.facts is not None]
            if stored.id in {one.id for one in together}:
                made = _made_again(stored, together, qualifier, render)
    except InputError:
        # The facts were read once; if they cannot be read now, it is by another code.
        return Replay(state="missing", missing=missing or (_code(stored),))
    if made == stored.answer:
        return Replay(state="same", answer=made)
    return Replay(
        state="different", missing=missing, changed=_changed(stored.answer, made), answer=made
    )


def _made_again(
    stored: StoredDecision,
    together: Sequence[StoredDecision],
    qualifier: Qualifier,
    render: Render,
) -> bytes:
    decisions = qualifier.decide([_deal(one, qualifier.policy) for one in together])
    place = [one.id for one in together].index(stored.id)
    return render(decisions[place], qualifier.policy, stored.language)


def _deal(stored: StoredDecision, policy: Policy) -> Deal:
    return deal_from_facts(
        stored.facts or {},
        policy.fields,
        as_of=stored.as_of,
        deal_id=stored.deal_id,
        waivers=waivers_of(stored.waivers or None, policy),
    )


def _made(qualifier: Qualifier, stored: StoredDecision) -> bool:
    versions = qualifier.versions()
    return (versions.policy, versions.model, versions.matrix_schema) == (
        stored.policy,
        stored.model,
        stored.matrix_schema,
    )


def _what_is_missing(stored: StoredDecision, at_hand: Sequence[Qualifier]) -> tuple[Missing, ...]:
    held = [one.versions() for one in at_hand]
    missing = []
    if stored.facts is None or stored.answer is None:
        missing.append(Missing(what="facts"))
    if not any(_made(one, stored) for one in at_hand):
        if stored.policy not in {one.policy for one in held}:
            missing.append(Missing(what="policy", fingerprint=stored.policy))
        if stored.model not in {one.model for one in held}:
            missing.append(Missing(what="model", fingerprint=stored.model))
        if stored.matrix_schema not in {one.matrix_schema for one in held}:
            missing.append(Missing(what="schema", fingerprint=stored.matrix_schema))
        if not missing:  # each is held, but no two of them together
            missing.append(Missing(what="model", fingerprint=stored.model))
    if stored.code_version != CODE_VERSION:
        missing.append(_code(stored))
    return tuple(missing)


def _code(stored: StoredDecision) -> Missing:
    return Missing(what="code", fingerprint=stored.code_version)


def _changed(before: bytes, after: bytes) -> tuple[str, ...]:
    """Return the parts of the answer that differ, the order of its keys aside."""
    old, new = json.loads(before), json.loads(after)
    return tuple(sorted(key for key in {*old, *new} if old.get(key) != new.get(key)))
