"""The facts of our own decision log."""

import pyarrow as pa

from training.history.decision_log import logged_facts
from training.sources.raw_table import RawTable

LOG = RawTable(table=pa.table({"facts": []}), where="log.csv", first_line=2)


def test_facts_become_texts_by_field():
    log = pa.array(['{"b": true, "a": "é"}', '{"a": null, "c": 1e3}', '{"b": false, "a": ""}'])
    facts, problems = logged_facts(LOG, log)
    assert not problems
    assert {name: texts.to_pylist() for name, texts in facts.items()} == {
        "a": ["é", None, None],
        "b": ["true", None, "false"],
        "c": [None, "1000.0", None],
    }


def test_what_is_no_object_is_told_with_its_line():
    _, problems = logged_facts(LOG, pa.array(["{}", "[1]", "{", None, "[" * 100_000]))
    assert [problem.where for problem in problems] == ["log.csv:3", "log.csv:4", "log.csv:5"]
    assert "not a JSON object" in problems[0].what
