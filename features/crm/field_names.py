"""What a CRM calls each field of a policy: the mapping made for training, used to score.

The policy says which column of an export each field is; the preset says what the CRM calls that
column in its API and in each language. Together they say what to look for in a record, so nobody
maps anything twice. ``deals: {api: {...}}`` in the policy names what neither of them can know.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from features.crm.preset import ColumnNames, Preset, Target, named_preset
from features.headers import normal
from features.policy import Policy

MOST_MAPPINGS = 32


@dataclass(frozen=True, slots=True)
class FieldNames:
    """What one field may be called in a record, the name that counts most first.

    Each group is of names that mean the same; the first group whose entry has a value counts.
    ``custom`` is the name of a field that the company made, without what the API adds to it, and
    ``own`` the policy's own name, None where the CRM has another field of that name.
    """

    groups: tuple[tuple[str, ...], ...]
    custom: str | None = None
    own: str | None = None
    observed: tuple[tuple[str, ...], ...] = ()

    @property
    def usual(self) -> str:
        """The name to tell people."""
        return self.groups[0][0]


@dataclass(frozen=True, slots=True)
class CrmMapping:
    """What one CRM calls the fields of one policy, and the id of a deal."""

    preset: Preset
    fields: dict[str, FieldNames]
    id: FieldNames


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a mapping is made of; equal policies have equal fingerprints."""

    fingerprint: str
    preset: str
    policy: Policy = field(compare=False)


def crm_mapping(policy: Policy, preset: str) -> CrmMapping:
    """Return what the CRM of a preset calls the fields of a policy.

    Raises
    ------
    InputError
        When there is no such preset.
    """
    return _mapping(_Asked(policy.fingerprint, named_preset(preset).preset, policy))


@lru_cache(maxsize=MOST_MAPPINGS)
def _mapping(asked: _Asked) -> CrmMapping:
    preset, policy = named_preset(asked.preset), asked.policy
    return CrmMapping(
        preset=preset,
        fields={name: _names_of(name, policy, preset) for name in policy.asked},
        id=FieldNames(groups=tuple(_id_groups(policy, preset))),
    )


def _names_of(name: str, policy: Policy, preset: Preset) -> FieldNames:
    asked = policy.fields[name]
    said = (policy.deals.api or {}).get(name)
    chosen = asked.column or policy.deals.columns.get(name)
    groups: list[tuple[str, ...]] = [(said,)] if said else []
    if chosen:
        groups += _same_column(chosen, preset)
    else:
        groups.append((name,))
        groups += [entry.names for entry in preset.targets.get(name, ())]  # type: ignore[call-overload]
    # What the CRM itself calls so may be another field than the column that was chosen.
    same = {normal(one) for group in groups for one in group}
    foreign = normal(name) not in same and normal(name) in map(normal, preset.column_names())
    observed = _same_column(asked.observed_column, preset) if asked.observed_column else []
    return FieldNames(
        groups=tuple(dict.fromkeys(groups)),
        custom=squashed(chosen or name),
        own=None if foreign else name,
        observed=tuple(observed),
    )


def _same_column(header: str, preset: Preset) -> list[tuple[str, ...]]:
    """Return a header of an export, and all that the preset knows the same column by."""
    wanted = normal(header)
    same = [
        entry for entry in _entries(preset) if wanted in {normal(known) for known in entry.names}
    ]
    return [(header,), *(entry.names for entry in same)]


def _entries(preset: Preset) -> Iterator[ColumnNames]:
    for entries in preset.targets.values():
        yield from entries


def _id_groups(policy: Policy, preset: Preset) -> Iterator[tuple[str, ...]]:
    target: Target = "deal_id"
    if policy.deals.id is not None:
        yield from _same_column(policy.deals.id, preset)
    yield from (entry.names for entry in preset.targets.get(target, ()))
    if preset.record.id is not None:
        yield (preset.record.id,)


def squashed(name: str) -> str:
    """Return a name as a custom field's API name has it: without marks, case and spaces.

    >>> squashed("Décideur identifié"), squashed("Decision_Maker")
    ('decideuridentifie', 'decisionmaker')
    """
    return normal(name).replace(" ", "")
