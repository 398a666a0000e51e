"""Somebody decided otherwise than was recommended, and says why."""

from starlette.requests import Request
from starlette.responses import Response

from features.errors import InputError, Problem
from features.override import SETTINGS, Override, override_of
from features.phrase import Phrase
from serving.decision_log.records import OverrideRecord
from serving.decision_log.tables import LONGEST_ID
from serving.keys.principal import Scope
from serving.messages import read_object
from serving.routes.asking import answered, asker_of, kept, require, unusable
from serving.routes.decisions import row_data
from serving.routes.outcomes import fits_an_id


async def override(request: Request) -> Response:
    """Keep an override; who changes their mind writes another."""
    require(request, Scope.OUTCOME)
    body = await request.body()
    asker = asker_of(request, body)
    try:
        said = _override(read_object(body))
    except InputError as error:
        raise unusable(error) from None
    earlier, written = await kept(request, OverrideRecord(asker=asker, override=said))
    if earlier is not None:
        data = row_data(earlier)
        return answered({name: data[name] for name in ("at", *sorted(SETTINGS))}, written)
    data = said.to_data()
    shown = {name: data[name] for name in sorted(SETTINGS)}
    return answered({"at": asker.at.isoformat(), **shown}, written)


def _override(written: dict[str, object]) -> Override:
    said = override_of(written)
    texts = {"override.by": said.by, "override.why": said.why}
    problems = [
        Problem(where=where, what="holds a NUL, which no text has", hint="leave it out")
        for where, text in texts.items()
        if "\0" in text  # PostgreSQL cannot keep it
    ]
    if not fits_an_id(said.deal):
        hint = Phrase("a text of up to {most} characters", most=LONGEST_ID)
        problems.append(Problem(where="override.deal", what="is not an id", hint=hint))
    if problems:
        raise InputError(problems)
    return said
