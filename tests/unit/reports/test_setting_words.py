"""Settings are written as the policy means them, and words of files stay as they are."""

from reports.setting_words import SettingWriter

SPACE = "\N{NO-BREAK SPACE}"


def test_what_is_not_given_says_so(machines):
    assert SettingWriter(machines, "en").setting("fields", "amount", "cost", None) == "not given"
    assert SettingWriter(machines, "fr").whole("economics", "margin", None) == "non précisé"


def test_a_column_that_is_called_like_a_type_stays_as_it_is(machines):
    """ "date" is a type of the policy and a usual header: only the type is translated."""
    writer = SettingWriter(machines, "fr")
    assert writer.setting("deals", "as_of", "column", "date") == "date"
    assert writer.setting("fields", "amount", "column", "number") == "number"
    assert writer.setting("fields", "amount", "type", "number") == "nombre"


def test_settings_that_name_fields_show_their_labels(machines):
    writer = SettingWriter(machines, "en")
    assert writer.setting("fields", "coverage", "of", "budget") == "“Budget”"
    assert writer.setting("fields", "days_left", "start", "as_of") == "as_of"
    assert writer.setting("fields", "amount", "max", 5e6) == "€5,000,000"


def test_nested_data_is_one_line(machines):
    writer = SettingWriter(machines, "fr")
    told = writer.plain({"column": "Status", "won": ["a", "b"], "open": [], "ok": True})
    assert told == "colonne Status, gagnée a et b, ok oui"
