"""``qualifox policy``: what there is to do with a policy file."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qualifox.options import AsOfOption, JsonOption, LanguageOption, chosen_day, chosen_language
from qualifox.policy_init import init
from qualifox.policy_pages import diff, schema, show
from qualifox.terminal import out, print_json, say

if TYPE_CHECKING:
    from datetime import date

    from features.lint import Finding
    from features.policy import Policy
    from features.table import DealTable
    from features.texts import Language

CHECK_FAILED = 1

policy_commands = typer.Typer(help="Work on the policy file.", pretty_exceptions_enable=False)


for command in (init, show, diff, schema):
    policy_commands.command()(command)


@policy_commands.callback()
def policy() -> None:
    """Work on the policy file: what was decided in advance."""


@policy_commands.command()
def check(
    file: Annotated[Path, typer.Argument(help="The policy file.")],
    *,
    deals: Annotated[
        str | None, typer.Option("--deals", help="Past deals, to hold the rules against.")
    ] = None,
    as_of: AsOfOption = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Let warnings fail the check too.")
    ] = False,
    json: JsonOption = False,
    language: LanguageOption = "en",
) -> None:
    """Find rules that are dead, contradictory, shadowed, double or out of what was seen."""
    from features.lint import lint_policy
    from features.policy import load_policy

    day, tongue, loaded = chosen_day(as_of), chosen_language(language), load_policy(file)
    table = None if deals is None else _past_deals(deals, loaded, day)
    findings = lint_policy(loaded, deals=table, as_of=day)
    counts = _counts(findings)
    if json:
        print_json(_summary(loaded, findings, counts, tongue))
    else:
        for finding in findings:
            out.print(finding.in_(tongue), markup=False)
    say(_in_words(file, findings, counts))
    if counts["error"] or (strict and counts["warning"]):
        raise typer.Exit(CHECK_FAILED)


def _past_deals(location: str, policy: "Policy", day: "date") -> "DealTable":
    from training.intake import read_deals

    return read_deals(location, policy, as_of=day, needs_outcome=False).table


def _counts(findings: "tuple[Finding, ...]") -> dict[str, int]:
    from features.lint import SEVERITIES

    severities = [finding.severity for finding in findings]
    return {severity: severities.count(severity) for severity in SEVERITIES}


def _summary(
    policy: "Policy",
    findings: "tuple[Finding, ...]",
    counts: dict[str, int],
    language: "Language",
) -> dict[str, Any]:
    return {
        "policy": policy.name,
        "fingerprint": policy.fingerprint,
        "errors": counts["error"],
        "warnings": counts["warning"],
        "notes": counts["note"],
        "findings": [finding.to_data(language) for finding in findings],
    }


def _in_words(file: Path, findings: "tuple[Finding, ...]", counts: dict[str, int]) -> str:
    if not findings:
        return f"{file}: nothing found"
    found = [f"{n} {word}{'s' if n > 1 else ''}" for word, n in counts.items() if n]
    return f"{file}: {', '.join(found)}; `qualifox explain {findings[0].code}` says more"
