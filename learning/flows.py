"""The flow of an enrolment: waiting or enrolled, left, completed."""

from django.utils.translation import gettext_lazy as _

from foundation.workflow.flows import TIME, Flow, State, Transition

ENROLMENT = Flow(
    name="enrolment",
    states=(
        State("waiting", _("On the waiting list"), turn=(TIME,)),
        State("enrolled", _("Enrolled"), turn=("learner",)),
        State("left", _("Left"), turn=("learner",)),
        State("completed", _("Completed"), final=True),
    ),
    transitions=(
        Transition("give_seat", ("waiting",), "enrolled", ("system", "coordinator"), _("Give a seat")),
        Transition("leave", ("enrolled", "waiting"), "left", ("learner",), _("Leave the course")),
        Transition("remove", ("enrolled", "waiting"), "left", ("coordinator",), _("Take out of the course")),
        Transition("release", ("enrolled", "waiting"), "left", ("system",), _("The account was closed")),
        Transition("come_back", ("left",), "enrolled", ("learner",), _("Enrol again")),
        Transition("wait_again", ("left",), "waiting", ("learner",), _("Wait for a seat")),
        Transition("complete", ("enrolled",), "completed", ("system", "coordinator"), _("Mark as completed")),
    ),
    initial="waiting",
)
