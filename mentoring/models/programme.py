"""Programmes: Wagtail pages with text, dates, coordinators and the two forms."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.models import GroupPagePermission, Orderable, Page

from directory.models import Capacity, Person
from foundation.accounts.constants import Role
from foundation.design.admin_forms import EditorsPageForm
from foundation.design.fallback_pages import Guest, Host
from foundation.design.fields import StreamField
from foundation.l10n.names import Named
from foundation.routers import ByName
from mentoring.admin.forms import ProgrammeForm
from mentoring.blocks import ProgrammeBlocks, QuestionBlocks
from mentoring.constants import Openness
from mentoring.form_schema import Question, read_questions

index_context = ByName("mentoring.presenters.programmes.index_context")
programme_context = ByName("mentoring.presenters.programmes.programme_context")


class MentoringIndexPage(Named, Host, Page):
    """All mentoring programmes."""

    introduction = models.TextField(_("introduction"), max_length=600, blank=True)

    base_form_class = EditorsPageForm
    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    subpage_types = ["mentoring.MentoringProgrammePage"]
    max_count = None
    template = "mentoring/pages/index_page.html"

    class Meta:
        verbose_name = _("mentoring start page")
        verbose_name_plural = _("mentoring start pages")

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Coordinators may change and publish what lies below this page, from its first day."""
        is_new = self.pk is None
        result = super().save(*args, **kwargs)
        if is_new:
            group, _created = Group.objects.get_or_create(name=Role.COORDINATOR.value)
            for action in ("add", "change", "publish"):
                permission = Permission.objects.get(
                    content_type__app_label="wagtailcore", codename=f"{action}_page"
                )
                GroupPagePermission.objects.get_or_create(group=group, page=self, permission=permission)
        return result

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """The programme below is found with everything of it in one query instead of three."""
        page = self._programme(path_components[0]) if path_components else None
        if page is not None and page.live:
            return page.route(request, path_components[1:])
        return super().route(request, path_components)

    def _programme(self, slug: str) -> MentoringProgrammePage | None:
        """A page below this one, with its locale; that knows whether it is the first of its programme."""
        same = MentoringProgrammePage.objects.filter(translation_key=OuterRef("translation_key"))
        page = (
            MentoringProgrammePage.objects.child_of(self)
            .filter(slug=slug)
            .annotate(first_id=Subquery(same.order_by("pk").values("pk")[:1]))
            .select_related("locale")
            .first()
        )
        if page is not None:
            page._cached_parent_obj = self
            page.host = self if self.is_guest else None
            if page.first_id == page.pk:
                page.canonical = page
        return page

    def programmes(self) -> list[MentoringProgrammePage]:
        """Live programmes below this page and those that are below its translations only, first those that are open."""
        homes = MentoringIndexPage.objects.filter(translation_key=self.translation_key, live=True)
        below = Q(path__startswith=self.path)
        for path in homes.exclude(pk=self.pk).order_by("pk").values_list("path", flat=True):
            below |= Q(path__startswith=path)
        pages = (
            MentoringProgrammePage.objects.filter(below)
            .live()
            .public()
            .select_related("locale", "alias_of__locale")
            .prefetch_related("capacities__texts")
            .order_by("path")
        )
        found: dict[Any, MentoringProgrammePage] = {}
        for page in sorted(pages, key=lambda page: page.locale_id != self.locale_id):
            if page.locale_id != self.locale_id or self.is_guest:
                page.host = self
            found.setdefault(page.translation_key, page)
        order = [Openness.OPEN, Openness.UPCOMING, Openness.CLOSED]
        return sorted(found.values(), key=lambda page: order.index(page.openness))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, **index_context(self, request)}


class MentoringProgrammePage(Named, Guest, Page):
    """A programme: what it is for, when it is open, who coordinates it, what it asks.

    Translations share everything that is not text: requests and offers point to the first page (`canonical`),
    whose dates, numbers, coordinators and questions count; a translation gives the words.
    """

    summary = models.CharField(_("in one line"), max_length=250, blank=True)
    body = StreamField(ProgrammeBlocks(), verbose_name=_("text"), blank=True, use_json_field=True)
    capacities = ParentalManyToManyField(
        Capacity,
        verbose_name=_("capacities"),
        blank=True,
        related_name="mentoring_programmes",
        help_text=_("What mentors of this programme help with. None means: anything."),
    )
    languages = models.JSONField(
        _("languages"),
        default=list,
        blank=True,
        help_text=_("In which languages the coordinators can read requests."),
    )
    opens_on = models.DateField(_("opens on"), null=True, blank=True)
    closes_on = models.DateField(_("closes on"), null=True, blank=True)
    answer_days = models.PositiveSmallIntegerField(
        _("days until a coordinator answers"),
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_("This is promised to everyone who sends a request."),
    )
    mentor_hours_to_answer = models.PositiveSmallIntegerField(
        _("hours a mentor has to answer"),
        default=72,
        validators=[MinValueValidator(12), MaxValueValidator(336)],
    )
    asked_at_once = models.PositiveSmallIntegerField(
        _("mentors asked at once"), default=1, validators=[MinValueValidator(1), MaxValueValidator(3)]
    )
    hours_per_pair = models.PositiveSmallIntegerField(
        _("hours a month for a pair"),
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(40)],
        help_text=_("What a mentor gives to one person, roughly. It counts against their hours."),
    )
    rest_days = models.PositiveSmallIntegerField(_("days of rest after a pair has ended"), default=14)
    expires_after_weeks = models.PositiveSmallIntegerField(
        _("weeks until an unmatched request ends"),
        default=8,
        validators=[MinValueValidator(1), MaxValueValidator(52)],
    )
    mentee_form = StreamField(
        QuestionBlocks(), verbose_name=_("questions to mentees"), blank=True, use_json_field=True
    )
    mentor_form = StreamField(
        QuestionBlocks(), verbose_name=_("questions to mentors"), blank=True, use_json_field=True
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
        FieldPanel("capacities"),
        FieldPanel("languages"),
        InlinePanel(
            "coordinators", label=_("Coordinator"), heading=_("Coordinators"), panels=[FieldPanel("person")]
        ),
    ]
    rule_panels = [
        MultiFieldPanel([FieldPanel("opens_on"), FieldPanel("closes_on")], heading=_("When it is open")),
        MultiFieldPanel(
            [
                FieldPanel("answer_days"),
                FieldPanel("mentor_hours_to_answer"),
                FieldPanel("expires_after_weeks"),
            ],
            heading=_("What is promised"),
        ),
        MultiFieldPanel(
            [FieldPanel("hours_per_pair"), FieldPanel("rest_days"), FieldPanel("asked_at_once")],
            heading=_("Care for mentors"),
        ),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Content")),
            ObjectList([FieldPanel("mentee_form")], heading=_("Questions to mentees")),
            ObjectList([FieldPanel("mentor_form")], heading=_("Questions to mentors")),
            ObjectList(rule_panels, heading=_("Dates and rules")),
            ObjectList(Page.promote_panels, heading=_("Promote")),
        ]
    )
    base_form_class = ProgrammeForm
    parent_page_types = ["mentoring.MentoringIndexPage"]
    subpage_types: list[str] = []
    template = "mentoring/pages/programme_page.html"

    class Meta:
        verbose_name = _("mentoring programme")
        verbose_name_plural = _("mentoring programmes")

    def clean(self) -> None:
        super().clean()
        if self.opens_on and self.closes_on and self.closes_on < self.opens_on:
            raise ValidationError({"closes_on": _("The programme cannot close before it opens.")})

    @cached_property
    def canonical(self) -> MentoringProgrammePage:
        """The first page of this programme; translations follow it."""
        first = (
            MentoringProgrammePage.objects.filter(translation_key=self.translation_key).order_by("pk").first()
        )
        return self if first is None or first.pk == self.pk else first

    @property
    def original(self) -> MentoringProgrammePage:  # type: ignore[override]
        """The same; each is asked for once."""
        return self.canonical

    @cached_property
    def _in_languages(self) -> dict[str, MentoringProgrammePage]:
        return {}

    def in_language(self, language: str) -> MentoringProgrammePage:
        """The live translation in a language, else this page; looked up once for each page in memory."""
        if self.locale.language_code == language:
            return self
        if language not in self._in_languages:
            pages = MentoringProgrammePage.objects.filter(
                translation_key=self.translation_key, locale__language_code=language, live=True
            )
            self._in_languages[language] = pages.select_related("locale").first() or self
        return self._in_languages[language]

    @property
    def openness(self) -> Openness:
        """Whether requests are taken today."""
        today = timezone.localdate()
        if self.opens_on and today < self.opens_on:
            return Openness.UPCOMING
        if self.closes_on and today > self.closes_on:
            return Openness.CLOSED
        return Openness.OPEN

    @property
    def is_open(self) -> bool:
        """Whether requests are taken today."""
        return self.openness == Openness.OPEN and self.live

    def mentee_questions(self, language: str = "") -> list[Question]:
        """What mentees are asked, in the words of a language where the page is translated."""
        words = self.in_language(language).mentee_form if language else ()
        return read_questions(self.mentee_form, words)

    def mentor_questions(self, language: str = "") -> list[Question]:
        """What mentors are asked, in the words of a language where the page is translated."""
        words = self.in_language(language).mentor_form if language else ()
        return read_questions(self.mentor_form, words)

    def coordinating_people(self) -> list[Person]:
        """The coordinators whom this programme names, with their accounts."""
        return [
            row.person
            for row in self.coordinators.select_related("person__user").order_by("sort_order", "pk")
        ]

    def is_coordinated_by(self, user: Any) -> bool:
        """Whether the user coordinates this programme: named on it, or in the role of coordinator."""
        if not user.is_authenticated:
            return False
        return user.is_in(Role.COORDINATOR) or self.canonical.coordinators.filter(person__user=user).exists()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, **programme_context(self, request)}


class ProgrammeCoordinator(Orderable):
    """Somebody who coordinates a programme."""

    page = ParentalKey(MentoringProgrammePage, on_delete=models.CASCADE, related_name="coordinators")
    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.CASCADE, related_name="+")

    class Meta(Orderable.Meta):
        verbose_name = _("coordinator of a programme")
        verbose_name_plural = _("coordinators of programmes")
        constraints = [models.UniqueConstraint(fields=["page", "person"], name="mentoring_coordinator_once")]

    def __str__(self) -> str:
        return f"{self.person_id} ({self.page_id})"
