"""What learners are told."""

from django.utils.translation import gettext_lazy as _

from foundation.notifications.registry import Kind, register, register_group

register_group("learning", _("Courses I take part in"))
register(
    Kind(
        name="learning.enrolled",
        group="learning",
        subject=_("You have a seat: %(course)s"),
        body=_(
            "You are enrolled in %(course)s, %(cohort)s. The course page has the dates and the meeting links."
        ),
        action=_("See the course"),
    ),
    Kind(
        name="learning.waiting",
        group="learning",
        subject=_("You are on the waiting list: %(course)s"),
        body=_(
            "All seats in %(course)s, %(cohort)s are taken. If one becomes free, it is yours and we tell you."
        ),
        action=_("See the course"),
    ),
    Kind(
        name="learning.seat_given",
        group="learning",
        subject=_("A seat is free for you: %(course)s"),
        body=_(
            "A seat in %(course)s, %(cohort)s became free, and you were next. You are enrolled now. If you cannot "
            "come any more, please leave the course so that somebody else can."
        ),
        action=_("See the course"),
    ),
    Kind(
        name="learning.removed",
        group="learning",
        subject=_("You are no longer in the course: %(course)s"),
        body=_(
            "Those who run %(course)s, %(cohort)s took you out of the group or its waiting list. What you did in "
            "the lessons stays yours, and the lessons stay open to you."
        ),
        action=_("See the course"),
    ),
    Kind(
        name="learning.completed",
        group="learning",
        subject=_("You completed the course: %(course)s"),
        body=_("You completed %(course)s, %(cohort)s. It stands in your learning from now on."),
        action=_("See your learning"),
    ),
)
