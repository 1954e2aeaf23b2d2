"""Pictures that people upload: readable to their end, and without the place at which they were taken.

What a camera writes beside the picture is left out as a whole, except how the picture is to be turned, its colours
and resolution, and who made it. The picture itself is never coded anew, so that it loses nothing.
Showing pictures is Wagtail's work.
"""

from exchange.home.images.prepare import DAMAGED, DamagedPicture, prepared, prepared_file

__all__ = ["DAMAGED", "DamagedPicture", "prepared", "prepared_file"]
