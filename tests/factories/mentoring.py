"""Programmes, mentors, requests, proposals and pairs for tests. All invented."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

import factory
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from directory.constants import Format
from foundation.workflow.services import start
from mentoring.models import (
    MentoringIndexPage,
    MentoringProgrammePage,
    MentoringRequest,
    MentorOffer,
    Pairing,
    ProgrammeCoordinator,
    Proposal,
)
from tests.factories.directory import CapacityFactory, PersonFactory


def question(
    kind: str, label: str, *, id: str = "", options: dict[str, str] | None = None, **more: Any
) -> dict[str, Any]:
    """One block of a form, as it is stored. `options` are {item id: words}."""
    value: dict[str, Any] = {
        "label": label,
        "help": "",
        "required": False,
        "visibility": "coordinators",
        "sensitive": False,
        **more,
    }
    if options is not None:
        value["options"] = [{"type": "item", "id": key, "value": words} for key, words in options.items()]
    return {"type": kind, "id": id or str(uuid.uuid4()), "value": value}


def mentoring_index() -> MentoringIndexPage:
    """The page "mentoring" below the site's first page."""
    found = MentoringIndexPage.objects.first()
    if found is not None:
        return found
    Locale.objects.get_or_create(language_code="en")
    site = Site.objects.filter(is_default_site=True).first()
    root = site.root_page if site else Page.objects.filter(depth=1).first()
    page = MentoringIndexPage(title="Mentoring", slug="mentoring", introduction="Somebody walks beside you.")
    root.add_child(instance=page)
    return page


class ProgrammeFactory(factory.django.DjangoModelFactory[MentoringProgrammePage]):
    """A live programme. `coordinators=[person]`, `about=[capacity]`, `mentee_form=[question(…)]`."""

    class Meta:
        model = MentoringProgrammePage

    title = factory.Sequence(lambda n: f"Programme {n}")
    summary = "Invented for a test."

    @classmethod
    def _create(
        cls, model_class: type[MentoringProgrammePage], *args: Any, **kwargs: Any
    ) -> MentoringProgrammePage:
        coordinators, about = kwargs.pop("coordinators", ()), kwargs.pop("about", ())
        forms = {name: kwargs.pop(name, []) for name in ("mentee_form", "mentor_form")}
        page = model_class(**kwargs)
        for name, blocks in forms.items():
            setattr(page, name, page._meta.get_field(name).stream_block.to_python(blocks))
        mentoring_index().add_child(instance=page)
        for person in coordinators:
            ProgrammeCoordinator.objects.create(page=page, person=person)
        if about:
            page.capacities.set(about)
            page.save()
        return model_class.objects.get(pk=page.pk)


class MentorOfferFactory(factory.django.DjangoModelFactory[MentorOffer]):
    """Somebody mentors in a programme. `helps_with=[capacity]`; traits: resting, ended."""

    class Meta:
        model = MentorOffer
        skip_postgeneration_save = True

    person = factory.SubFactory(PersonFactory)
    programme = factory.SubFactory(ProgrammeFactory)
    languages = factory.LazyFunction(lambda: ["en"])
    formats = factory.LazyFunction(lambda: [Format.TEXT.value, Format.LIVE.value])
    hours_a_month = 4
    max_pairs = 2
    contact = factory.LazyAttribute(lambda made: f"Talk page of {made.person.name}")

    class Params:
        resting = factory.Trait(
            pause_until=factory.LazyFunction(lambda: timezone.localdate() + datetime.timedelta(9))
        )
        ended = factory.Trait(state="ended")

    @factory.post_generation
    def helps_with(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        """Capacities they can help with."""
        if create and extracted:
            self.capacities.add(*extracted)


class RequestFactory(factory.django.DjangoModelFactory[MentoringRequest]):
    """A request that has been sent. `wants=[capacity]`; `state="draft"` for one that has not."""

    class Meta:
        model = MentoringRequest
        skip_postgeneration_save = True

    person = factory.SubFactory(PersonFactory)
    programme = factory.SubFactory(ProgrammeFactory)
    state = "submitted"
    goal = "I want to lead our weekly discussion without a quarrel."
    languages = factory.LazyFunction(lambda: ["en"])
    formats = factory.LazyFunction(lambda: [Format.TEXT.value])
    timezone = factory.LazyAttribute(lambda made: made.person.user.timezone)
    contact = factory.LazyAttribute(lambda made: f"Talk page of {made.person.name}")
    submitted_at = factory.LazyAttribute(lambda made: None if made.state == "draft" else timezone.now())

    @classmethod
    def _create(cls, model_class: type[MentoringRequest], *args: Any, **kwargs: Any) -> MentoringRequest:
        made = super()._create(model_class, *args, **kwargs)
        start(made, by=made.person.user, role="mentee")
        return made

    @factory.post_generation
    def wants(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        """What it is about; something where nothing is said."""
        if create:
            self.capacities.add(*(extracted if extracted is not None else [CapacityFactory()]))


class ProposalFactory(factory.django.DjangoModelFactory[Proposal]):
    """A mentor who is being asked; the request is in the state that goes with it."""

    class Meta:
        model = Proposal

    request = factory.SubFactory(RequestFactory, state="proposed")
    offer = factory.SubFactory(MentorOfferFactory, programme=factory.SelfAttribute("..request.programme"))
    state = "offered"
    need = factory.LazyAttribute(lambda made: made.request.goal)
    expires_at = factory.LazyFunction(lambda: timezone.now() + datetime.timedelta(hours=72))

    @classmethod
    def _create(cls, model_class: type[Proposal], *args: Any, **kwargs: Any) -> Proposal:
        made = super()._create(model_class, *args, **kwargs)
        start(made, by=None, role="coordinator")
        return made


class PairingFactory(factory.django.DjangoModelFactory[Pairing]):
    """A pair that has begun to talk."""

    class Meta:
        model = Pairing

    request = factory.SubFactory(RequestFactory, state="paired", paired_at=factory.LazyFunction(timezone.now))
    offer = factory.SubFactory(MentorOfferFactory, programme=factory.SelfAttribute("..request.programme"))
    mentee = factory.SelfAttribute("request.person")
    mentor = factory.SelfAttribute("offer.person")
    hours_a_month = 2
    state = "intro"

    @classmethod
    def _create(cls, model_class: type[Pairing], *args: Any, **kwargs: Any) -> Pairing:
        made = super()._create(model_class, *args, **kwargs)
        start(made, by=made.mentor.user if made.mentor else None, role="mentor")
        return made
