"""What becomes of somebody's learning when their account is deleted, or what they learned from."""

from collections.abc import Iterator
from typing import Any

from wagtail.models import Page

from foundation.accounts.personal_data import Fate, decide, describe, without_people
from foundation.design.delete import counts_losses, goes_along, holds_back
from learning.models import Attempt, Completion, Progress, Study

decide(
    Fate.ERASED,
    "learning.Study.user",
    "learning.Progress.user",
    "learning.Attempt.user",
    "learning.Completion.user",
    exported=True,
    reason="What somebody has learned is theirs alone; nobody else has a record of it.",
)
decide(
    Fate.ERASED,
    "learning.Enrolment.user",
    exported=True,
    reason="A place in a course is given back, and goes to whoever waits for one.",
)
decide(
    Fate.ERASED,
    "learning.CourseFacilitator.person",
    exported=True,
    reason="A course names its facilitators by their profiles, and this profile is gone.",
)
decide(
    Fate.ANONYMISED,
    "learning.Speaker.person",
    exported=True,
    reason="A recording keeps its speakers; a name that editors wrote into its credits stays as a credit.",
)
describe("learning.Study", facts="module language user step begun seen")
describe("learning.Progress", words="state", facts="module language user block part done_at updated")
describe(
    "learning.Attempt",
    facts="module language user step block answers correct wording revision at",
)
describe("learning.Completion", facts="module language user title revision at")
describe("learning.Enrolment", facts="state state_since cohort user created is_demo")
describe("learning.CourseFacilitator", words="about", facts="sort_order page person")
describe("learning.Speaker", words="name about", facts="sort_order page person")
without_people(
    "learning.CourseKeyword",
    "learning.CoursePage_capacities",
    "learning.CoursePage",
    "learning.Cohort",
    "learning.Session",
    "learning.ImportRecord",
    "learning.LearningIndexPage",
    "learning.Library",
    "learning.LibraryCategory",
    "learning.LibraryEntry",
    "learning.ModuleKeyword",
    "learning.TrainingModulePage_capacities",
    "learning.TrainingModulePage",
    "learning.NextModule",
    "learning.WebinarKeyword",
    "learning.WebinarPage_capacities",
    "learning.WebinarPage",
    "learning.Caption",
    reason="What is taught, when, and where it came from. People whom a page credits stand in its text.",
)
holds_back("learning.Enrolment.cohort", reason="A course that people have joined is unpublished.")
goes_along(
    "learning.CourseFacilitator.page",
    "learning.Speaker.page",
    reason="That a page names somebody is part of the page.",
)


@counts_losses
def lost_learning(pages: Any) -> Iterator[tuple[Any, int]]:
    """What people have learned is kept by the key that a lesson shares with its translations: while one is left,
    nothing is lost."""
    keys = pages.order_by().values("translation_key")
    left = Page.objects.filter(translation_key__in=keys).exclude(pk__in=pages.order_by().values("pk"))
    gone = set(keys.values_list("translation_key", flat=True))
    gone -= set(left.order_by().values_list("translation_key", flat=True))
    for model in (Study, Progress, Attempt, Completion):
        yield model._meta.verbose_name_plural, model._default_manager.filter(module__in=gone).count()
