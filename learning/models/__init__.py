"""One file for each aggregate; import the classes from here."""

from learning.models.cohort import Cohort, Enrolment, Session
from learning.models.completion import Attempt, Completion, Progress, Study
from learning.models.course import CourseFacilitator, CourseKeyword, CoursePage
from learning.models.imports import ImportRecord
from learning.models.index import LearningIndexPage
from learning.models.library import Library, LibraryCategory, LibraryEntry
from learning.models.module import ModuleKeyword, NextModule, TrainingModulePage
from learning.models.webinar import Caption, Speaker, WebinarKeyword, WebinarPage

__all__ = [
    "Attempt",
    "Caption",
    "Cohort",
    "Completion",
    "CourseFacilitator",
    "CourseKeyword",
    "CoursePage",
    "Enrolment",
    "ImportRecord",
    "LearningIndexPage",
    "Library",
    "LibraryCategory",
    "LibraryEntry",
    "ModuleKeyword",
    "NextModule",
    "Progress",
    "Session",
    "Speaker",
    "Study",
    "TrainingModulePage",
    "WebinarKeyword",
    "WebinarPage",
]
