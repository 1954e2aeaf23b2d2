"""How somebody is told that what they tried cannot be done: in one way, whatever verb said so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest

from foundation.errors import UserFacingError


class Attempt:
    """What became of it: `problem` is the sentence that was said, or nothing."""

    problem = ""


@contextmanager
def explained(
    request: HttpRequest | None = None, form: BaseForm | None = None, field: str | None = None
) -> Iterator[Attempt]:
    """Around a verb: what it cannot do is said beside the form, or its field; without one above the next page; and
    without a request nowhere, but kept as the attempt's `problem` for a page that has its own place for it.

        with explained(request, form):
            services.save(...)
            return redirect(...)
        return render(...)  # the form again, with what is wrong
    """
    attempt = Attempt()
    try:
        yield attempt
    except UserFacingError as error:
        attempt.problem = str(error)
        if form is not None:
            form.add_error(field, attempt.problem)
        elif request is not None:
            messages.warning(request, attempt.problem)
