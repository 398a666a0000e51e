"""Everything that the service can say of a mistake has its French, and nothing else is kept.

The sentences are found in the source: a new one without its French fails here before anybody
reads it. What is found is where problems are made, so a sentence cannot hide in a format string.
"""

import ast
import json
from http import HTTPStatus
from pathlib import Path
from string import Formatter

import pytest

from features.phrase import Phrase
from serving.edge.problem import KINDS, completed_body
from serving.french import catalogue, in_words

ROOT = Path(__file__).parents[3]
SPEAKING = [
    *(ROOT / "serving").rglob("*.py"), *(ROOT / "features" / "fields").glob("*.py"),
    *(ROOT / "features" / "crm").glob("*.py"), ROOT / "models" / "portfolio" / "capacity.py",
    ROOT / "reports" / "plan" / "planning.py",
    *(ROOT / "features" / f"{name}.py" for name in ("errors", "facts", "override")),
    ROOT / "features" / "written_record.py", ROOT / "features" / "policy" / "waivers.py",
]  # fmt: skip
SILENT = {  # these speak to who starts the service or makes keys, in a terminal
    "serving/keys/store.py", "serving/keys/bind.py", "serving/edge/settings.py",
    "serving/settings.py",
    "serving/bento.py", "serving/bootstrap.py", "serving/decision_log/migration.py",
    "serving/decision_log/standing.py", "serving/decision_log/steps.py",
    "serving/decision_log/replay.py", "serving/decision_log/log.py",
    "serving/decision_log/settings.py", "serving/decision_log/database.py", "serving/metrics.py",
}  # fmt: skip
NAMES = {"what", "hint", "title", "template", "BROKEN", "OUR_FAULT", "HOW", "EXAMPLE"}
CALLS = {  # which arguments of a call are told to people
    "Phrase": (0,), "WrongFactError": (0, 1), "RequestError": (1,), "RefusedError": (1,),
    "_add": (1, 2), "add": (1, 2), "_refused": (1, 2), "_unreadable": (0, 1), "_unknown": (0,),
    "_not_read": (1,), "_nothing_before": (0,), "LaterError": (0,), "__init__": (0, 1),
}  # fmt: skip
OF_HTTP = {HTTPStatus(status).phrase for status in (*KINDS, 410)} | {
    "Content Too Large", "Unprocessable Content",  # as newer versions of Python say
}  # fmt: skip


def parts_of(template):
    return sorted((name, spec) for _, name, spec, _ in Formatter().parse(template) if name)


def spoken(tree):
    """Yield every expression whose text is told to people."""
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg in NAMES:
            yield node.value
        elif isinstance(node, ast.Assign):
            yield from assigned(node)
        elif isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            yield from (
                node.args[place] for place in CALLS.get(name, ()) if place < len(node.args)
            )


def assigned(node):
    for target in node.targets:
        if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
            for one, value in zip(target.elts, node.value.elts, strict=True):
                if getattr(one, "id", "") in NAMES:
                    yield value
        elif getattr(target, "id", "") in NAMES:
            yield node.value


def texts(value):
    """Yield the texts that an expression may be, and None for one that hides its words."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value
    elif isinstance(value, ast.IfExp):
        yield from [*texts(value.body), *texts(value.orelse)]
    elif isinstance(value, ast.Tuple):
        yield from (text for one in value.elts for text in texts(one))
    elif isinstance(value, ast.JoinedStr | ast.BinOp):
        yield None


def sentences(files):
    for file in files:
        name = str(file.relative_to(ROOT))
        if name not in SILENT:
            for value in spoken(ast.parse(file.read_text(encoding="utf-8"))):
                yield from ((name, value.lineno, text) for text in texts(value))


SENTENCES = [one for one in sentences(SPEAKING) if one[2] != ""]


def test_no_sentence_hides_in_a_format_string():
    assert not [(name, line) for name, line, text in SENTENCES if text is None]


def test_every_sentence_has_its_french_with_the_same_parts():
    missing = sorted({text for _, _, text in SENTENCES if text is not None} - set(catalogue()))
    assert not missing
    for english, french in catalogue().items():
        assert parts_of(english) == parts_of(french), english
        assert french != english


def test_the_catalogue_keeps_nothing_that_is_no_longer_said():
    said = {text for _, _, text in SENTENCES} | OF_HTTP | {"Error"}
    assert not sorted(set(catalogue()) - said)


@pytest.mark.parametrize("status", [*KINDS, 410])
def test_an_error_of_the_framework_has_a_french_title(status):
    data = json.loads(completed_body(b"<html>", "text/html", status, "r1", "fr"))
    assert data["title"] == catalogue()[HTTPStatus(status).phrase] == data["detail"]
    assert data["status"] == status


def test_what_people_wrote_is_shown_as_they_wrote_it():
    name = "a {b} ; c : 'd'"
    phrase = Phrase("the policy has no field '{name}'", name=name)
    assert in_words(phrase, "fr") == f"la politique n'a pas de champ «\xa0{name}\xa0»"
    assert in_words(phrase, "en") == f"the policy has no field '{name}'"
    assert type(in_words(phrase, "en")) is str


def test_a_sentence_without_french_is_told_in_english():
    assert in_words("nobody ever said this", "fr") == "nobody ever said this"
    assert in_words(Phrase("nor {this}", this="this"), "fr") == "nor this"


def test_the_search_sees_a_sentence_that_hides():
    tree = ast.parse('what = f"{x} is odd"; hint = "a" if x else "b"; add("k", "c" + d, e)')
    assert [list(texts(one)) for one in spoken(tree)] == [[None], ["a", "b"], [None], []]
