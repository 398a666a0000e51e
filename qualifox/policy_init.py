"""``qualifox policy init``: a policy drafted from an export, to be made one's own."""

import json as json_text
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from features.errors import InputError, Problem
from qualifox.options import (
    AsOfOption,
    JsonOption,
    QueryOption,
    SheetOption,
    SourceArgument,
    chosen_day,
    chosen_language,
)
from qualifox.policy_pages import write_whole
from qualifox.terminal import print_json, say

if TYPE_CHECKING:
    from training.policy_draft import PolicyDraft

MOST_NAMED = 8


def init(
    export: SourceArgument,
    *,
    out: Annotated[Path, typer.Option("--out", help="The file to write.")] = Path("policy.yaml"),
    preset: Annotated[
        str | None, typer.Option(help="The CRM that it comes from; recognised by default.")
    ] = None,
    outcome: Annotated[
        str | None, typer.Option(help="The column that says how deals ended.")
    ] = None,
    query: QueryOption = None,
    sheet: SheetOption = None,
    language: Annotated[
        str | None, typer.Option("--language", help="Of the remarks: en or fr; by default both.")
    ] = None,
    as_of: AsOfOption = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
    json: JsonOption = False,
) -> None:
    """Draft a policy from an export of deals: questions, answers, candidate criteria."""
    from training.policy_draft import draft_policy
    from training.policy_draft.names import safe_name
    from training.sources.location import read_source

    tongue = None if language is None else chosen_language(language)
    day = chosen_day(as_of)
    _refuse(out, force=force)
    raw = read_source(export, query=query, sheet=sheet)
    source = Path(raw.where.rstrip("/")).name.partition(".")[0] or "deals"
    draft = draft_policy(
        raw, name=safe_name(source, "policy"), title=source, as_of=day, preset=preset,
        outcome=outcome, language=tongue,
    )  # fmt: skip
    _write(draft, out)
    if json:
        print_json(_summary(draft, out))
    where = raw.where if "://" in export else export  # the one without a password
    for line in _told(draft, out, where, query=query, sheet=sheet):
        say(line)


def _refuse(out: Path, *, force: bool) -> None:
    what = hint = ""
    if out.is_dir():
        what, hint = "that is a folder", "name a file in it"
    elif out.exists() and not force:
        what, hint = "there is a file already", "--force replaces it, --out names another"
    if what:
        raise InputError([Problem(where=str(out), what=what, hint=hint)])


def _write(draft: "PolicyDraft", out: Path) -> None:
    """Write the schema, then the policy that names it: neither is ever there in half."""
    from features.policy.json_schema import policy_schema
    from features.policy.schema_line import with_schema_line

    place = out.with_name(f"{out.stem}.schema.json")
    schema = json_text.dumps(policy_schema(draft.policy), ensure_ascii=False, indent=1)
    write_whole(place, f"{schema}\n".encode())
    write_whole(out, with_schema_line(draft.text.encode(), place.name))


def _summary(draft: "PolicyDraft", out: Path) -> dict[str, object]:
    return {
        "file": str(out),
        "policy": draft.policy.name,
        "closed_deals": draft.closed_deals,
        "won": draft.won,
        "fields": [one.name for one in draft.fields],
        "used_by_model": [one.name for one in draft.fields if one.in_model],
        "criteria": draft.criteria,
        "kept_out": {one.header: one.why.en for one in draft.kept_out if one.why},
        "unsure_outcomes": list(draft.unsure_outcomes),
    }


def _told(
    draft: "PolicyDraft", out: Path, where: str, *, query: str | None, sheet: str | None
) -> list[str]:
    seen = sum(one.in_model for one in draft.fields)
    told = [
        f"draft: {out}, from {draft.closed_deals:,} closed deals, {draft.won:,} won",
        f"  {len(draft.fields)} fields, {seen} of them for the model",
        f"  {draft.criteria} candidate criteria, {len(draft.kept_out)} columns kept out",
    ]
    if draft.unsure_outcomes:
        words = ", ".join(f"'{word}'" for word in draft.unsure_outcomes[:MOST_NAMED])
        told.append(f"  say in the file what these outcomes mean, open until then: {words}")
    file, deals = shlex.quote(str(out)), f"--deals {shlex.quote(where)}"
    part = [f" --{name} {shlex.quote(given)}" for name, given in
            (("query", query), ("sheet", sheet)) if given]  # fmt: skip
    return [
        *told,
        "next: read it, then",
        f"  qualifox policy check {file}{'' if part else ' ' + deals}",
        f"  qualifox policy show {file}",
        f"  qualifox train --policy {file} {deals}{''.join(part)}",
    ]
