"""A name is found as it is written, else as it reads; what is remembered changes nothing."""

from features.crm.entry_names import LARGEST_REMEMBERED, EntryNames, entry_names
from features.crm.field_names import FieldNames

NAMES = ("Amount", "amount", "Étape", "Etape", "new_stage", "__", "x" * 301)


def called(*group, custom=None, own=None, names=NAMES):
    return EntryNames(names, "^new_").called(FieldNames((group,), custom=custom, own=own))


def test_as_written_before_as_it_reads():
    assert called("amount") == (("amount",),)
    assert called("AMOUNT") == (("Amount", "amount"),)
    assert called("étape") == (("Étape", "Etape"),)


def test_a_company_s_own_field_and_the_policy_s_name_come_last():
    assert called("phase", custom="stage", own="amount") == ((), ("new_stage",), ("amount",))
    assert called("Étape", custom="stage") == (("Étape",),)


def test_a_name_of_signs_alone_or_too_long_is_nobody_s():
    assert called("--") == ((),)
    assert called("x" * 301) == (("x" * 301,),)
    assert called("X" * 301) == ((),)


def test_the_same_names_are_looked_through_once_and_huge_ones_are_not_kept():
    assert entry_names(NAMES, None) is entry_names(NAMES, None)
    assert entry_names(NAMES, None) is not entry_names(NAMES, "x")
    huge = ("x" * (LARGEST_REMEMBERED + 1),)
    assert entry_names(huge, None) is not entry_names(huge, None)
