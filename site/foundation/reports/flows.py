"""The life of a report, as data. Public labels are what the person who reported reads."""

from django.utils.translation import gettext_lazy as _

from foundation.workflow.flows import Flow, State, Transition

REPORT = Flow(
    name="report",
    states=(
        State("sent", _("New"), _("It has arrived"), turn=("administrator",)),
        State("read", _("Read"), _("An administrator has read it"), turn=("administrator",)),
        State("answered", _("Answered"), _("There is an answer for you"), turn=("reporter", "administrator")),
        State("closed", _("Closed"), _("It is closed"), final=True),
        State("withdrawn", _("Taken back"), _("You took it back"), final=True),
    ),
    transitions=(
        Transition("read", ("sent",), "read", ("administrator",), _("Read")),
        Transition("add", ("read", "answered"), "sent", ("reporter",), _("Add something")),
        Transition("answer", ("sent", "read", "answered"), "answered", ("administrator",), _("Answer")),
        Transition("close", ("sent", "read", "answered"), "closed", ("administrator",), _("Close")),
        Transition("withdraw", ("sent", "read", "answered"), "withdrawn", ("reporter",), _("Take it back")),
    ),
    initial="sent",
)
