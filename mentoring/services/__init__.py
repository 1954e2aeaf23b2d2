"""Verbs of the mentoring room. Each checks who may do it, and is one database transaction."""

from mentoring.services.exclusions import keep_apart
from mentoring.services.notes import answer_note, write_to_coordinators
from mentoring.services.offers import end_offer, pause_offer, resume_offer, save_offer
from mentoring.services.pairings import agree, keep, log_hours, move, pause, save_plan, say_thanks
from mentoring.services.proposals import accept, decline, lapse_due, propose, take_back
from mentoring.services.requests import (
    answer_without_pair,
    ask_for_details,
    decline_request,
    mark_ready,
    requeue,
    save_answers,
    save_core,
    start_request,
    submit,
    withdraw,
)
from mentoring.services.safety_answers import erase_answer

__all__ = [
    "accept",
    "agree",
    "answer_note",
    "answer_without_pair",
    "ask_for_details",
    "decline",
    "decline_request",
    "end_offer",
    "erase_answer",
    "keep",
    "keep_apart",
    "lapse_due",
    "log_hours",
    "mark_ready",
    "move",
    "pause",
    "pause_offer",
    "propose",
    "requeue",
    "resume_offer",
    "save_answers",
    "save_core",
    "save_offer",
    "save_plan",
    "say_thanks",
    "start_request",
    "submit",
    "take_back",
    "withdraw",
    "write_to_coordinators",
]
