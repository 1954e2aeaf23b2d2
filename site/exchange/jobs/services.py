"""Where the worker looks for what version 0.3 has queued; the queue itself is `foundation.jobs`.

May go once nobody comes from version 0.3.
"""

from foundation.jobs.services import run

__all__ = ["run"]
