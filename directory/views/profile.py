"""One's own profile: an overview, a page for each section, a pause, and being left alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from directory.forms import profile as forms
from directory.models import Person
from directory.presenters.people import person_page
from directory.presenters.profile import Section, sections_of
from directory.services import people
from foundation.accounts.decorators import member_button, member_form, member_page, typed
from foundation.messages import explained

# For each section its form, its title, and the verb that keeps what the form holds.
SECTIONS: dict[str, tuple[type[forms.SectionForm], Any, Callable[..., None]]] = {
    "about": (forms.AboutForm, gettext_lazy("About you"), people.set_about),
    "languages": (forms.LanguagesForm, gettext_lazy("Languages"), people.set_languages),
    "help": (forms.HelpForm, gettext_lazy("What you can help with"), people.set_capacities),
    "learn": (forms.LearnForm, gettext_lazy("What you want to learn"), people.set_capacities),
    "time": (forms.TimeForm, gettext_lazy("How, and how much"), people.set_time),
    "contact": (forms.ContactForm, gettext_lazy("How to reach you"), people.set_contact),
    "privacy": (forms.VisibilityForm, gettext_lazy("Who sees what"), people.set_visibility),
}
TITLES = {name: title for name, (_form, title, _keep) in SECTIONS.items()}


@member_page
def overview(request: HttpRequest) -> HttpResponse:
    """All sections with what they hold, and the two switches: rest, and be left alone."""
    person = _me(request)
    pause_form = forms.PauseForm(initial={"until": forms.next_month()})
    return _overview(request, person, pause_form)


@member_form
def section(request: HttpRequest, name: str) -> HttpResponse:
    """One section's form."""
    if name not in SECTIONS:
        raise Http404
    person = _me(request)
    form_class, title, keep = SECTIONS[name]
    form = form_class(typed(request), person=person)
    if request.method == "POST":
        if form.adds():
            form.show_added()
        elif form.is_valid():
            keep(person, **form.values())
            messages.success(request, _("Saved."))
            return redirect("directory:profile_edit")
    context = {
        "form": form,
        "name": name,
        "title": title,
        "person": person,
        "sections": sections_of(person, TITLES),
        "visible": forms.VISIBLE,
        "crumbs": [(_("Your profile"), reverse("directory:profile_edit")), (title, "")],
    }
    return render(request, "directory/pages/profile_section.html", context)


@member_form
def pause(request: HttpRequest) -> HttpResponse:
    """Begins or ends a rest."""
    person = _me(request)
    if "end" in request.POST:
        people.end_pause(person)
        messages.success(request, _("Welcome back. You can be found and asked again."))
        return redirect("directory:profile_edit")
    form = forms.PauseForm(typed(request))
    if request.method != "POST" or not form.is_valid():
        return _overview(request, person, form)
    with explained(request, form, "until"):
        people.pause(person, form.cleaned_data["until"])
        day = date_format(form.cleaned_data["until"], "DATE_FORMAT")
        messages.success(
            request,
            _("Rest well. Nobody can ask you before %(date)s is over. What you need is still shown.")
            % {"date": day},
        )
        return redirect("directory:profile_edit")
    return _overview(request, person, form)


@member_button
@require_POST
def leave_alone(request: HttpRequest) -> HttpResponse:
    """Out of every list, or back."""
    wanted = "end" not in request.POST
    people.set_leave_alone(_me(request), wanted)
    messages.success(
        request,
        _(
            "Your page and your offers are in no list now, and nobody can ask you. What you need is still shown."
        )
        if wanted
        else _("You can be found and asked again, as your profile says."),
    )
    return redirect("directory:profile_edit")


def _overview(request: HttpRequest, person: Person, pause_form: forms.PauseForm) -> HttpResponse:
    sections: list[Section] = sections_of(person, TITLES)
    context = {
        "person": person,
        "page": person_page(person, request.user),
        "sections": sections,
        "pause_form": pause_form,
        "first_visit": not person.capacities.all() and not person.bio,
    }
    return render(request, "directory/pages/profile.html", context)


def _me(request: HttpRequest) -> Person:
    person = people.person_of(request.user)  # type: ignore[arg-type]
    return Person.objects.with_all().get(pk=person.pk)
