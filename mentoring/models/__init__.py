"""One file for each aggregate; import the classes from here."""

from mentoring.models.note import CoordinatorNote
from mentoring.models.offer import MentorOffer
from mentoring.models.pairing import HoursEntry, Pairing, Thanks
from mentoring.models.programme import MentoringIndexPage, MentoringProgrammePage, ProgrammeCoordinator
from mentoring.models.proposal import Proposal
from mentoring.models.request import MentoringRequest

__all__ = [
    "CoordinatorNote",
    "HoursEntry",
    "MentorOffer",
    "MentoringIndexPage",
    "MentoringProgrammePage",
    "MentoringRequest",
    "Pairing",
    "ProgrammeCoordinator",
    "Proposal",
    "Thanks",
]
