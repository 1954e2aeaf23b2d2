"""What pages of learning are made of: steps and what they hold, outcomes, chapters, weeks.

Every text defaults to an empty string: a None would stop wagtail-localize when it takes a page apart for
translation. Texts that must stay the same in every language (addresses, licences, code) use the Fixed blocks.
"""

from learning.blocks.fields import seconds_of
from learning.blocks.media import RemoteImageBlock, VideoBlock
from learning.blocks.step_body import ChapterBlocks, OutcomeBlocks, StepBlocks, WeekBlocks
from learning.blocks.tasks import ChecklistBlock, QuestionBlock, TaskBlock

__all__ = [
    "ChapterBlocks",
    "ChecklistBlock",
    "OutcomeBlocks",
    "QuestionBlock",
    "RemoteImageBlock",
    "StepBlocks",
    "TaskBlock",
    "VideoBlock",
    "WeekBlocks",
    "seconds_of",
]
