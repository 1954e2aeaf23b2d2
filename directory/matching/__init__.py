"""Matching: from a seeker (a person, a need, a lesson) to a mixed, ranked list that says why.

Retrieve from the index, rescore with named parts, diversify, explain. One engine for every "who can help",
"what to learn" and "for you". Knows no lesson or mentor but what the index says of them.
"""

from directory.matching.selectors import AnswerGroup, answers_for_need, around, for_you, helpers_for, to_learn

__all__ = ["AnswerGroup", "answers_for_need", "around", "for_you", "helpers_for", "to_learn"]
