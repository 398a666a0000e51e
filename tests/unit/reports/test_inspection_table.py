import io

import pytest
from rich.console import Console

from features.texts import Text
from reports.inspection import (
    InspectedColumn,
    InspectedMonth,
    InspectedOutcome,
    InspectedWord,
    Inspection,
)
from reports.inspection_table import inspection_lines

LEAK = Text(en="known at close", fr="connu à la clôture")
FOUND = Inspection(
    where="deals.csv",
    deals=1200,
    preset="zoho",
    title="Zoho CRM",
    advice=Text(en="export all", fr="exportez tout"),
    candidates=(),
    columns=(
        InspectedColumn(
            header="Closing Date", role="target", target="closed_on", leak="L1", reason=LEAK
        ),
        InspectedColumn(header="[b]Budget[/b]", role="free", target=None, leak=None, reason=None),
    ),
    as_of=None,
    close_is_expected=True,
    outcome=InspectedOutcome(
        columns=("Stage",),
        how=Text(en="the words of 'Stage'", fr="les mots de Stage"),
        words=(InspectedWord(word="Closed Won", outcome="won", deals=500),),
        counts={"won": 500, "lost": 600, "no_decision": 0, "declined_by_us": 7, "open": 93},
        unrecorded=3,
        left_out=((Text(en="deleted", fr="supprimée"), 2),),
    ),
    months=(InspectedMonth(month="2026-03", deals=40, unrecorded=9),),
    rising=True,
    notes=("two footer rows were left out",),
    warnings=(),
    problems=(),
)


def shown(found, language):
    page = io.StringIO()
    console = Console(file=page, width=140, highlight=False)
    for line in inspection_lines(found, language):
        console.print(line, markup=False)
    return page.getvalue()


def test_everything_is_said_in_english():
    text = shown(FOUND, "en")
    for said in (
        "1,200\u00a0deals, as Zoho CRM exports them", "no column dates the day of decision",
        "'Closing Date' is the closing day of closed deals", "the words of 'Stage'",
        "500 won, 600 lost, 7 declined by us, 93 open", "3 without a recorded outcome",
        "set aside: 2 (deleted)", "Closed Won", "no (L1): known at close", "[b]Budget[/b]",
        "2026-03", "warning: ever more deals", "note: two footer rows", "advice: export all",
    ):  # fmt: skip
        assert said in text, said
    assert "no decision" not in text  # there is none, so it is not listed


def test_everything_is_said_in_french():
    text = shown(FOUND, "fr")
    for said in ("1\u202f200\u00a0affaires", "500 gagnées", "non (L1)\u00a0: connu à la clôture",
                 "mises à part\u00a0: 2 (supprimée)", "conseil\u00a0: exportez tout"):  # fmt: skip
        assert said in text, said


@pytest.mark.parametrize("language", ["en", "fr"])
def test_less_is_said_where_less_is_known(language):
    bare = FOUND.model_copy(
        update={
            "title": None,
            "outcome": None,
            "months": (),
            "rising": False,
            "close_is_expected": False,
        }
    )
    text = shown(bare, language)
    assert "Closed Won" not in text
    assert "2026-03" not in text
