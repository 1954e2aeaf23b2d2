"""What becomes of somebody's learning when their account is deleted."""

from foundation.accounts.personal_data import Fate, decide

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
