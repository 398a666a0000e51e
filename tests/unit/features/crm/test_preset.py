import re

import pytest
import yaml
from pydantic import ValidationError

from features.crm.preset import FOLDER, fallback_preset, named_preset, parse_preset, presets
from features.errors import InputError
from features.headers import normal

EVERY = [*presets().values(), fallback_preset()]
BREAKABLE = re.compile(r" [;:?!»%](\W|$)|« ")


def test_there_is_a_preset_for_each_system():
    assert set(presets()) == {
        "salesforce", "hubspot", "dynamics", "pipedrive", "odoo", "zoho",
        "fivetran_salesforce", "fivetran_hubspot", "maven",
    }  # fmt: skip


@pytest.mark.parametrize("preset", EVERY, ids=lambda preset: preset.preset)
def test_a_preset_is_named_as_its_file_and_knows_an_outcome(preset):
    assert (FOLDER / f"{preset.preset}.yaml").exists()
    outcome = preset.outcome
    ways = (outcome.flags, outcome.status, outcome.archive, outcome.stage)
    assert any(ways) or preset is fallback_preset()
    assert set(preset.as_of) <= set(preset.targets)


@pytest.mark.parametrize("preset", EVERY, ids=lambda preset: preset.preset)
def test_no_name_stands_for_two_targets(preset):
    """Else a file could be mapped in two ways; both halves of a fallback may repeat a name."""
    seen: dict[str, str] = {}
    for target, entries in preset.targets.items():
        for name in {normal(name) for entry in entries for name in entry.names}:
            assert seen.setdefault(name, target) == target, name


@pytest.mark.parametrize("preset", EVERY, ids=lambda preset: preset.preset)
def test_no_usable_target_is_on_the_leak_list_by_a_loose_pattern(preset):
    for target in ("created_on", "source", "deal_type", "currency", "industry", "country"):
        for name in (n for entry in preset.targets.get(target, ()) for n in entry.names):
            for leaks in preset.leaks.values():
                assert not any(re.search(p, normal(name)) for p in leaks.patterns), name


@pytest.mark.parametrize("preset", EVERY, ids=lambda preset: preset.preset)
def test_french_keeps_its_signs_on_the_line(preset):
    texts = [preset.advice, preset.outcome.none_lost]
    texts += [part.reason for part in preset.outcome.left_out]
    for text in texts:
        assert not BREAKABLE.search(text.fr), text.fr
    assert BREAKABLE.search("des affaires : trois")  # the check does see one


def test_every_shipped_file_is_in_the_wheel_with_the_code(tmp_path):
    from hatchling.builders.wheel import WheelBuilder

    builder = WheelBuilder(str(FOLDER.parents[2]))
    shipped = {file.distribution_path for file in builder.recurse_included_files()}
    assert {f"features/crm/presets/{file.name}" for file in FOLDER.glob("*.yaml")} <= shipped
    assert "training/outcomes/words.yaml" in shipped


def test_an_unknown_preset_is_refused_with_the_nearest():
    with pytest.raises(InputError, match="did you mean 'salesforce'"):
        named_preset("salesforec")
    with pytest.raises(InputError):
        named_preset("plain_table")


@pytest.mark.parametrize(
    ("where", "value"),
    [
        (("targets", "amuont"), [{"en": ["Amount"]}]),
        (("targets", "amount"), []),
        (("targets", "amount"), [{"en": ["Amount"], "unsourced": ["Montant"]}]),
        (("targets", "amount"), [{}]),
        (("leaks", "L9"), {"names": ["x"]}),
        (("leaks", "L1"), {"patterns": ["("]}),
        (("leaks", "L1"), {"names": ["Probability"], "unsourced": ["Age"]}),
        (("outcome", "flags"), [{"won": {"api": ["IsWon"]}}]),
        (("advice",), {"en": "only English"}),
    ],
)
def test_the_schema_refuses_what_is_no_preset(where, value):
    data = yaml.safe_load((FOLDER / "salesforce.yaml").read_text(encoding="utf-8"))
    part = data
    for step in where[:-1]:
        part = part[step]
    part[where[-1]] = value
    with pytest.raises(ValidationError):
        parse_preset(yaml.safe_dump(data, allow_unicode=True).encode(), "broken.yaml")
