"""Where the worker looks for what version 0.2 has queued; the queue itself is `foundation.jobs`.

May go once nobody comes from version 0.2.
"""

from foundation.jobs.services import run

__all__ = ["run"]
