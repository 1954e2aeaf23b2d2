"""What becomes of somebody's learning when their account is deleted."""

from foundation.accounts.personal_data import Fate, decide, describe, without_people

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
