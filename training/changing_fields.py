"""Fields whose column goes on changing after a deal is qualified, and so is not what it was."""

from features.crm.preset import LeakClass
from features.policy import Policy
from training.deals_on_file import DealsOnFile


def changing_fields(deals: DealsOnFile, policy: Policy) -> tuple[str, ...]:
    """Return the fields to keep out of the win model: what is on file is their last value.

    The preset of the CRM says which columns change while a deal is worked. Those that a history
    turned back to the deal's event may stay, and those that the policy keeps with a reason.
    """
    columns, reading = deals.columns, deals.reading
    if columns.mapping is None or reading is None:
        return ()
    kept = {name for name, reason in policy.deals.keep.items() if reason.strip()}
    changing = {
        role.header
        for role in columns.mapping.roles(deals.raw.headers, reading.columns)
        if role.leak is LeakClass.CHANGES_LATER
    } - {*deals.rewound, *kept}
    return tuple(
        name
        for name, header in columns.fields.items()
        if header in changing and policy.fields[name].in_model
    )
