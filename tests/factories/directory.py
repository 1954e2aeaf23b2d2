"""Capacities, people, organisations, listings and exchanges for tests. All invented."""

from __future__ import annotations

from typing import Any

import factory
from django.utils.text import slugify

from directory.constants import (
    Asset,
    Direction,
    Format,
    Level,
    ListingState,
    MembershipRole,
    OrganisationType,
    TextRole,
)
from directory.models import (
    Capacity,
    CapacityText,
    Exchange,
    Listing,
    Membership,
    Organisation,
    OrganisationText,
    Person,
    PersonCapacity,
    PersonLanguage,
)
from foundation.workflow.services import start
from tests.factories.accounts import UserFactory


class CapacityFactory(factory.django.DjangoModelFactory[Capacity]):
    """`CapacityFactory(slug="governance", label="Governance", es="Gobernanza", alternatives=["board work"])`;
    `parent=` puts it below another."""

    class Meta:
        model = Capacity

    parent = None
    slug = factory.Sequence(lambda n: f"capacity-{n}")

    @classmethod
    def _create(cls, model_class: type[Capacity], *args: Any, **kwargs: Any) -> Capacity:
        parent = kwargs.pop("parent", None)
        label = kwargs.pop("label", None) or kwargs["slug"].replace("-", " ").capitalize()
        definition = kwargs.pop("definition", "")
        alternatives = kwargs.pop("alternatives", ())
        labels = {"en": label, **{code: kwargs.pop(code) for code in ("es", "fr", "ar") if code in kwargs}}
        if parent is None:
            capacity = model_class.add_root(**kwargs)
        else:
            parent.refresh_from_db()
            capacity = parent.add_child(**kwargs)
        texts = [CapacityText(capacity=capacity, language=code, text=text) for code, text in labels.items()]
        texts += [
            CapacityText(capacity=capacity, language="en", role=TextRole.ALTERNATIVE, text=text)
            for text in alternatives
        ]
        if definition:
            texts.append(
                CapacityText(capacity=capacity, language="en", role=TextRole.DEFINITION, text=definition)
            )
        CapacityText.objects.bulk_create(texts)
        return capacity


class PersonFactory(factory.django.DjangoModelFactory[Person]):
    """A person shown in the directory. `offers=[capacity]`, `learns=[…]`, `speaks={"ar": "native"}`;
    traits: unlisted, paused, left_alone."""

    class Meta:
        model = Person
        skip_postgeneration_save = True

    user = factory.SubFactory(UserFactory, name=factory.SelfAttribute("..name"))
    name = factory.Sequence(lambda n: f"Person {n}")
    bio = "Invented for a test."
    bio_language = "en"
    formats = factory.LazyFunction(lambda: [Format.TEXT.value, Format.LIVE.value])
    hours_a_month = 4
    listed = True

    class Params:
        unlisted = factory.Trait(listed=False)
        paused = factory.Trait(paused_until=factory.Faker("future_date", end_date="+30d"))
        left_alone = factory.Trait(leave_alone=True)

    @factory.post_generation
    def offers(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        """Capacities the person can help with."""
        for capacity in extracted or ():
            PersonCapacity.objects.create(person=self, capacity=capacity, side=PersonCapacity.Side.OFFERS)

    @factory.post_generation
    def learns(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        """Capacities the person wants to learn."""
        for capacity in extracted or ():
            PersonCapacity.objects.create(person=self, capacity=capacity, side=PersonCapacity.Side.LEARNS)

    @factory.post_generation
    def speaks(self, create: bool, extracted: dict[str, str] | None, **kwargs: Any) -> None:
        """Languages with levels; English fluently where nothing is said."""
        spoken = {"en": Level.FLUENT.value} if extracted is None else extracted
        for code, level in spoken.items():
            PersonLanguage.objects.create(person=self, language=code, level=level)


class OrganisationFactory(factory.django.DjangoModelFactory[Organisation]):
    """An organisation shown in the directory, with its text in English. `managers=[person]`."""

    class Meta:
        model = Organisation
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Invented Circle {n}")
    slug = factory.LazyAttribute(lambda made: slugify(made.name))
    type = OrganisationType.USER_GROUP

    @factory.post_generation
    def summary(self, create: bool, extracted: str | None, **kwargs: Any) -> None:
        """One line about it, in English."""
        OrganisationText.objects.create(
            organisation=self, language="en", name=self.name, summary=extracted or "An invented organisation."
        )

    @factory.post_generation
    def managers(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        """People who may act for it."""
        for person in extracted or ():
            Membership.objects.create(person=person, organisation=self, role=MembershipRole.MANAGER)


class MembershipFactory(factory.django.DjangoModelFactory[Membership]):
    """Somebody belongs to an organisation; trait manager."""

    class Meta:
        model = Membership

    person = factory.SubFactory(PersonFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = MembershipRole.MEMBER

    class Params:
        manager = factory.Trait(role=MembershipRole.MANAGER)


class ListingFactory(factory.django.DjangoModelFactory[Listing]):
    """An offer of a person that anybody may see. `capacities=[…]`; give `person=None, organisation=org` for
    an organisation's; traits: offer, need, grant, withdrawn."""

    class Meta:
        model = Listing
        skip_postgeneration_save = True

    direction = Direction.OFFER
    asset = Asset.SKILL
    person = factory.SubFactory(PersonFactory)
    title = factory.Sequence(lambda n: f"Listing {n}")
    summary = "One line about it."
    description = "Invented for a test."
    language = "en"
    languages = factory.LazyFunction(lambda: ["en"])
    formats = factory.LazyFunction(lambda: [Format.TEXT.value])

    class Params:
        offer = factory.Trait(direction=Direction.OFFER)
        need = factory.Trait(direction=Direction.NEED)
        grant = factory.Trait(direction=Direction.OFFER, asset=Asset.FINANCE, amount=500, currency="EUR")
        withdrawn = factory.Trait(state=ListingState.WITHDRAWN)

    @factory.post_generation
    def capacities(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        """What it is about."""
        if create and extracted:
            self.capacities.add(*extracted)

    @factory.post_generation
    def tags(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        """Free keywords."""
        if create and extracted:
            self.keywords.add(*extracted)


class ExchangeFactory(factory.django.DjangoModelFactory[Exchange]):
    """Somebody asks for an offer; its log has begun. Traits: accepted, done."""

    class Meta:
        model = Exchange

    listing = factory.SubFactory(ListingFactory)
    starter = factory.SubFactory(PersonFactory)
    state = "asked"
    message = "Could you help us with this?"

    class Params:
        accepted = factory.Trait(state="accepted")
        done = factory.Trait(state="done")

    @classmethod
    def _create(cls, model_class: type[Exchange], *args: Any, **kwargs: Any) -> Exchange:
        exchange = super()._create(model_class, *args, **kwargs)
        start(exchange, by=exchange.starter.user, role="starter")
        return exchange
