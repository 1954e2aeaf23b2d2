"""A secret of its own in every text field of every model, in a row that is not for everybody, and who may read which.

The fields are found by walking the models. One that holds no secret is in `NO_SECRET`, with the reason; whose secret
nobody has said who may read is read by nobody.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.apps import apps
from django.db import models
from wagtail.models import APIToken, Comment, CommentReply, Page

from directory.models import Listing, Organisation, OrganisationText, Person, PersonCapacity
from exchange.home.models import HomePage, StandardPage
from foundation.accounts.models import BrowserSession, User
from foundation.jobs.models import Attempt
from foundation.notifications.models import Mail, MailServer, Recipient
from foundation.reports.models import Message
from learning.models import (
    Caption,
    Cohort,
    Completion,
    CourseFacilitator,
    CoursePage,
    Speaker,
    TrainingModulePage,
    WebinarPage,
)
from mentoring.models import (
    CoordinatorNote,
    HoursEntry,
    MentoringProgrammePage,
    MentoringRequest,
    MentorOffer,
    Pairing,
    Thanks,
)
from tests.factories import learning as lessons
from tests.factories.directory import OrganisationFactory, PersonFactory
from tests.factories.mentoring import mentoring_index
from tests.security.attack import ROLES
from tests.test_matrix import World

# Stands beside each secret, so that it can be searched for without being said.
WORD = "lamp"
TOKEN = re.compile(r"kx\d{5}qz", re.IGNORECASE)
TEXTS = (models.CharField, models.TextField, models.JSONField, models.FileField)

SHORT = 100  # letters, where a field says nothing

# Who ---------------------------------------------------------------------------------------------------

PUBLIC = "public"  # the place of what everybody may read
NOBODY: frozenset[str] = frozenset()
ADMINISTRATORS = frozenset({"administrator", "superuser"})
EDITORS = frozenset({"editor", "moderator"}) | ADMINISTRATORS
BOTH_SIDES = frozenset({"owner", "other"})
MEMBERS = frozenset(ROLES) - {"anonymous"}


def holds_words(field: Any) -> bool:
    """Whether words, or anything that may hold some, are kept in a field."""
    return (isinstance(field, TEXTS) or field.get_internal_type() == "JSONField") and not field.choices


def text_fields() -> Iterator[tuple[str, Any]]:
    """("room.Model.field", field) of whatever holds words, of every model there is."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_fields:
            if holds_words(field):
                yield f"{model._meta.label}.{field.name}", field


# Nothing of anybody's is in these: by the end of the name, by model, or by room.
FIXED = "one of a list that the site knows, or a number"
ADDRESS = "part of an address; whoever has it still meets the page's own question who may see it"
COPY = "a copy of what other fields hold, made when the rows of this world are saved; looked for by their secrets"
IDS = "says with which row something is; its words are in the row"
VOCABULARY = (
    "published as it stands: the vocabulary, organisations, libraries and pictures have no private state"
)
RIGHTS = "rights and settings of the site, which name nobody"
NO_SECRET: dict[str, str] = {
    **dict.fromkeys(
        [
            *("language", "languages", "country", "region", "regions", "formats", "currency", "method"),
            *("bio_language", "timezone", "contact_by", "visibility", "licence", "state", "status", "kind"),
            *(
                "subject_kind",
                "flow",
                "source",
                "target",
                "role",
                "reason_code",
                "group",
                "function",
                "purpose",
            ),
            *(
                "field_path",
                "schema_version",
                "template_format",
                "tool_name",
                "filter_spec",
                "focal_point_key",
            ),
            *("preferred_language", "current_time_zone", "dismissibles", "action", "contentpath", "position"),
        ],
        FIXED,
    ),
    **dict.fromkeys(["part", "level", "problem"], FIXED),
    **dict.fromkeys(["slug", "path", "url_path", "address_path"], ADDRESS),
    **dict.fromkeys(
        [
            "object_id",
            "subject_id",
            "source_id",
            "key",
            "step",
            "block",
            "digest",
            "file_hash",
            "claim",
            "mark",
        ],
        IDS,
    ),
    **dict.fromkeys(["file", "avatar"], "files are asked for by their names in tests/home/test_media.py"),
    **dict.fromkeys(
        [
            *("directory.Capacity", "directory.CapacityText", "taggit.Tag"),
            *(
                "home.CreditedImage",
                "wagtailimages.Image",
                "home.CreditedRendition",
                "wagtailimages.Rendition",
            ),
            *(
                "home.CreditedDocument",
                "wagtaildocs.Document",
                "wagtailcore.Collection",
                "learning.LearningIndexPage",
            ),
            *("mentoring.MentoringIndexPage", "learning.Library", "learning.LibraryCategory"),
            *("learning.LibraryEntry", "workflow.LogEntry.name"),
        ],
        VOCABULARY,
    ),
    **dict.fromkeys(
        [
            *("search_semantic", "wagtailsearch", "wagtailcore.Revision", "wagtailcore.PageLogEntry"),
            *(
                "wagtailcore.ModelLogEntry",
                "wagtailcore.ReferenceIndex",
                "wagtail_localize",
                "search.OutboxEntry",
            ),
            *("django_q", "sessions", "wagtailadmin.FormState", "wagtailadmin.EditingSession"),
        ],
        COPY,
    ),
    **dict.fromkeys(
        [
            *("accounts.Counter", "jobs.Heartbeat", "learning.ImportRecord", "wagtailcore.Locale"),
            *("wagtailcore.Site", "wagtailcore.Workflow", "wagtailcore.Task", "auth", "contenttypes"),
            *("wagtailredirects", "socialaccount.SocialApp", "directory.Organisation.source"),
            *("wagtailcore.PageViewRestriction", "wagtailcore.CollectionViewRestriction"),
        ],
        RIGHTS,
    ),
    "wagtailforms.FormSubmission": "no page of this site has such a form",
    "wagtailembeds": "no finder is set, so nothing is embedded",
    "wagtailcore.UploadedFile": "a file while it waits for its title",
    "accounts.User.language": FIXED,
    "reports.Report.receipt": "six digits by which somebody without an account answers; shown once",
    "directory.Organisation.imported": "what a list said of an organisation, to tell a change of it from ours",
    "learning.Attempt": "the number of an answer; which one it was is learned by nobody else",
    "learning.Progress.state": "ticks and the number of an answer",
    "wagtailcore.Page.draft_title": COPY,
    **dict.fromkeys(
        [f"wagtailcore.Page.{name}" for name in ("title", "seo_title", "search_description")],
        "planted for each kind of page by itself",
    ),
    **dict.fromkeys(["directory.Exchange.starter_contact", "directory.Exchange.owner_contact"], FIXED),
    "notifications.Notification.url": ADDRESS,
    "socialaccount.SocialAccount.provider": FIXED,
}


def reason(label: str) -> str:
    """Why a field holds no secret; "" where it does."""
    room, model, field = label.split(".")
    for key in (label, f"{room}.{model}", room, field):
        if key in NO_SECRET:
            return NO_SECRET[key]
    return ""


# Whose --------------------------------------------------------------------------------------------------
#
# Who may read the secrets of a model, or of one field of it. What is not here is read by nobody at all.

PAGES: dict[Any, Callable[[World], Any]] = {
    HomePage: lambda world: Page.objects.get(depth=1),
    StandardPage: lambda world: world.things["home"],
    TrainingModulePage: lambda world: world.things["learning_home"],
    WebinarPage: lambda world: world.things["learning_home"],
    CoursePage: lambda world: world.things["learning_home"],
    MentoringProgrammePage: lambda world: mentoring_index(),
}

THEIR_OWN = frozenset({"owner"})
SEEN_BY: dict[str, frozenset[str]] = {
    PUBLIC: frozenset(ROLES),
    "accounts.User.email": ADMINISTRATORS,
    "accounts.User.name": ADMINISTRATORS,
    "accounts.BrowserSession.browser": THEIR_OWN,
    "accounts.BrowserSession.system": THEIR_OWN,
    "directory.Exchange": BOTH_SIDES,
    "directory.Listing": THEIR_OWN | ADMINISTRATORS | {"moderator"},
    "directory.Organisation": ADMINISTRATORS | {"moderator", "coordinator"},
    "directory.OrganisationText": ADMINISTRATORS | {"moderator", "coordinator"},
    "directory.Person.name": ADMINISTRATORS | {"moderator"},
    # What stands on the page of a course is for everybody; where it meets is for who is enrolled and who runs it.
    "learning.Cohort": frozenset(ROLES),
    "learning.Session": frozenset(ROLES),
    "learning.Session.meeting_url": EDITORS | {"coordinator", "other"},
    "learning.Completion": THEIR_OWN,
    "mentoring.CoordinatorNote": THEIR_OWN,
    "mentoring.HoursEntry": BOTH_SIDES,
    "mentoring.Pairing": BOTH_SIDES,
    "mentoring.Thanks": BOTH_SIDES,
    "mentoring.MentoringRequest.goal": BOTH_SIDES | {"coordinator"},
    "mentoring.MentoringRequest.contact": BOTH_SIDES,
    "mentoring.MentoringRequest.answers": BOTH_SIDES | {"coordinator"},
    "mentoring.MentoringRequest.answers_in_trust": ADMINISTRATORS | THEIR_OWN,
    "mentoring.MentoringRequest.not_with_words": THEIR_OWN | {"coordinator"},
    "mentoring.MentorOffer.contact": BOTH_SIDES,
    "mentoring.MentorOffer.answers": frozenset({"other", "coordinator"}),
    "mentoring.MentorOffer.not_with_words": frozenset({"other", "coordinator"}),
    "mentoring.Proposal": frozenset({"other", "coordinator"}),
    "notifications.Mail.address": ADMINISTRATORS,
    "notifications.Notification.context": BOTH_SIDES,
    "notifications.Recipient.address": ADMINISTRATORS,
    "reports.Message": THEIR_OWN | ADMINISTRATORS,
    "reports.Report": THEIR_OWN | ADMINISTRATORS,
    "search.SavedSearch": THEIR_OWN,
    "wagtailcore.Comment": EDITORS,
    "wagtailcore.CommentReply": EDITORS,
    "wagtailcore.Page": EDITORS,
    "wagtailcore.TaskState": EDITORS,
    # Translators begin a translation from the list of pages, in which an original stands with its title.
    **{
        f"{model._meta.label}.{name}": EDITORS | {"translator"}
        for model in PAGES
        for name in ("title", "seo_title", "search_description")
        if model is not MentoringProgrammePage
    },
    **{
        model._meta.label: EDITORS
        for model in (CoursePage, TrainingModulePage, WebinarPage, HomePage, StandardPage)
    },
    "learning.Caption": EDITORS,
    "learning.Speaker": EDITORS,
    "learning.CourseFacilitator": EDITORS,
    "mentoring.MentoringProgrammePage": EDITORS | {"coordinator"},
    **{
        f"mentoring.MentoringProgrammePage.{name}": EDITORS | {"coordinator", "translator"}
        for name in ("title", "seo_title", "search_description")
    },
}


def readers(label: str) -> frozenset[str]:
    """Who may read what is planted in a field."""
    for key in (label, label.rpartition(".")[0]):
        if key in SEEN_BY:
            return SEEN_BY[key]
    return NOBODY


# The world ----------------------------------------------------------------------------------------------


def _of(model: Any, **where: str) -> Callable[[World], Any]:
    """Rows by things or people of the world."""

    def rows(world: World) -> Any:
        found = {key: world.people.get(name) or world.things[name] for key, name in where.items()}
        return model._base_manager.filter(**{key: getattr(row, "pk", row) for key, row in found.items()})

    return rows


# The rows that hold a model's secrets; of others all.
ROWS: dict[str, Callable[[World], Any]] = {
    "accounts.User": lambda world: User.objects.filter(person__pk=world.things["secretive"].pk),
    "account.EmailAddress": lambda world: EmailAddress.objects.filter(
        user__person=world.things["secretive"].pk
    ),
    "directory.Person": _of(Person, pk="secretive"),
    "directory.PersonCapacity": lambda world: PersonCapacity.objects.filter(
        person=world.things["secretive"].pk
    ),
    "directory.Organisation": _of(Organisation, pk="hidden_organisation"),
    "directory.OrganisationText": _of(OrganisationText, organisation="hidden_organisation"),
    "directory.Listing": _of(Listing, pk="draft"),
    "learning.Cohort": lambda world: Cohort.objects.filter(pk=world.things["cohort"]),
}


def _make_private_rows(world: World) -> None:
    """One of each thing that the world of the attack lacks, in the state in which it is not for everybody."""
    owner, other, editor = world.people["owner"], world.people["other"], world.people["editor"]
    secretive = PersonFactory(
        listed=False, contact_by=["note"], visibility=dict.fromkeys(Person.CHOOSABLE, "hidden")
    )
    secretive.capacities.create(capacity=world.things["capacity"], side="offers")
    EmailAddress.objects.get_or_create(user=secretive.user, email=secretive.user.email)
    world.things |= {
        "secretive": secretive,
        "hidden_organisation": OrganisationFactory(slug="hidden-circle", active=False),
    }
    # A person who is in the list, and shows nobody what can be kept to oneself.
    Person.objects.filter(pk=other.pk).update(visibility=dict.fromkeys(Person.CHOOSABLE, "hidden"))
    pairing = Pairing.objects.get(pk=world.things["pairing"])
    HoursEntry.objects.create(pairing=pairing, person=owner, hours=1)
    Thanks.objects.create(pairing=pairing, person=owner, text="Thanks")
    CoordinatorNote.objects.create(pairing=pairing, person=owner, text="A note")
    Message.objects.create(report_id=world.things["report"], by=owner.user, from_reporter=True, text="More")
    BrowserSession.objects.create(
        user=owner.user, session_key="made-up", browser="A browser", system="A system"
    )
    Mail.objects.create(address="x@private.example", content={}, user=owner.user)
    Recipient.objects.create(address="y@private.example", reason="unknown")
    MailServer.objects.create(problem="Away")
    Attempt.objects.create(key="made-up", function="learning.tasks.complete_courses")
    Completion.objects.create(
        user=owner.user, module=world.things["lesson"].translation_key, title="A lesson", language="en"
    )
    APIToken.objects.create(user=editor.user, name="Mine")
    Authenticator.objects.create(user=owner.user, type="totp", data={})
    account = SocialAccount.objects.create(user=secretive.user, provider="mediawiki", uid="1")
    SocialToken.objects.create(account=account, token="made-up")
    MentorOffer.objects.filter(person=other).update(not_with_words="Somebody")


class Planted:
    """Which secret stands where."""

    everywhere = False  # or in the rows that are not for everybody

    def __init__(self, world: World) -> None:
        self.world = world
        self.places: dict[str, str] = {}
        _make_private_rows(world)
        for label, field in text_fields():
            if self.planted(label) and field.model not in PAGES and label not in BY_HAND:
                self._plant(label, field)
        self._plant_pages()
        self._plant_answers()
        self._plant_public()

    def planted(self, label: str) -> bool:
        """Whether a field holds a secret."""
        return not reason(label)

    def token(self, label: str, limit: int | None = None) -> str:
        """Words with a new secret for a place."""
        return self.words(self._secret(label), limit)

    def _secret(self, label: str) -> str:
        made = f"kx{len(self.places):05d}qz"
        self.places[made] = label
        return made

    def words(self, token: str, limit: int | None) -> str:
        """What stands in a field of so many letters."""
        return f"{token} {WORD}"

    def address(self, token: str) -> str:
        """What stands in a field for an address on the web."""
        return f"https://{token}.example/"

    def rich(self, token: str) -> str:
        """What stands in a text with markup."""
        return f"<p>{token}</p>"

    def _plant(self, label: str, field: Any) -> None:
        model = field.model
        rows = model._base_manager.all()
        if not self.everywhere and model._meta.label in ROWS:
            rows = ROWS[model._meta.label](self.world)
        for row in rows[:20]:
            stored = self.worded(label, field, getattr(row, field.attname))
            model._base_manager.filter(pk=row.pk).update(**{field.name: stored})

    def worded(self, label: str, field: Any, before: Any = None) -> Any:
        """A value with a new secret that fits the field."""
        secret = self._secret(label)
        if isinstance(field, models.EmailField) or label.endswith(".address"):
            return f"{secret}@private.example"
        if isinstance(field, models.URLField):
            return self.address(secret)
        token = self.words(secret, field.max_length or SHORT)
        if label in SHAPES:
            return SHAPES[label](token, before, self.rich(secret))
        return {"said": token} if field.get_internal_type() == "JSONField" else token

    def _plant_pages(self) -> None:
        """A draft of each kind of page, as its editor would have saved it."""
        editor = self.world.people["editor"].user
        for model, parent in PAGES.items():
            page = model(
                title=self.token(f"{model._meta.label}.title", 255), live=False, locale=lessons.locale("en")
            )
            page.slug, page.owner = f"draft-{model._meta.model_name}", editor
            page.seo_title = self.token(f"{model._meta.label}.seo_title")
            page.search_description = self.token(f"{model._meta.label}.search_description")
            for field in model._meta.local_fields:
                label = f"{model._meta.label}.{field.name}"
                if holds_words(field) and not reason(label):
                    setattr(page, field.name, self.worded(label, field))
            parent(self.world).add_child(instance=page)
            page.save_revision(user=editor, log_action=True)
            self.world.things[f"draft {model._meta.model_name}"] = page
            revision = page.get_latest_revision()
            comment = Comment.objects.create(
                page=page,
                user=editor,
                text=self.token("wagtailcore.Comment.text"),
                contentpath="title",
                revision_created=revision,
            )
            CommentReply.objects.create(
                comment=comment, user=editor, text=self.token("wagtailcore.CommentReply.text")
            )
        webinar = self.world.things["draft webinarpage"]
        Speaker.objects.create(
            page=webinar, name=self.token("learning.Speaker.name"), about=self.token("learning.Speaker.about")
        )
        Caption.objects.create(
            page=webinar,
            language="en",
            text=f"WEBVTT\n\n00:00.000 --> 00:04.500\n{self.token('learning.Caption.text')}\n",
            cues=[{"text": self.token("learning.Caption.cues")}],
            found={"said": self.token("learning.Caption.found")},
        )
        CourseFacilitator.objects.create(
            page=self.world.things["draft coursepage"],
            person=self.world.people["owner"],
            about=self.token("learning.CourseFacilitator.about"),
        )
        for model in PAGES if self.everywhere else ():
            if model is not HomePage:
                self.world.things[f"draft {model._meta.model_name}"].save_revision().publish()

    def _plant_answers(self) -> None:
        """What mentees wrote: for the coordinators and, paired, the mentor; and for the safety people alone."""
        for asked in MentoringRequest.objects.exclude(answers={}):
            for key, answer in asked.answers.items():
                label = "mentoring.MentoringRequest.answers" + ("_in_trust" if key == "q-fear" else "")
                answer["value"] = self.token(label)
            MentoringRequest.objects.filter(pk=asked.pk).update(answers=asked.answers)
        answer = {"value": self.token("mentoring.MentorOffer.answers"), "kind": "text", "label": "A question"}
        MentorOffer.objects.update(answers={"q-gone": {**answer, "visibility": "coordinators"}})

    def _plant_public(self) -> None:
        """What everybody may read, to see that it would be found."""
        Person.objects.filter(pk=self.world.people["owner"].pk).update(bio=self.token(PUBLIC))
        Listing.objects.filter(pk=self.world.things["listing"]).update(title=self.token(PUBLIC))
        Page.objects.filter(pk=self.world.things["lesson_key"]).update(title=self.token(PUBLIC))


def _stream(kind: str, value: Callable[[str, str], Any]) -> Callable[[str, Any, str], Any]:
    return lambda token, _before, rich: [{"type": kind, "value": value(token, rich)}]


def _rich(token: str, before: Any = None, rich: str = "") -> str:
    return rich


# Fields whose secrets are planted by a step of their own.
BY_HAND = {
    *("mentoring.MentoringRequest.answers", "mentoring.MentorOffer.answers"),
}
# What a field takes that is not plain words.
SHAPES: dict[str, Callable[[str, Any, str], Any]] = {
    "notifications.Mail.content": lambda token, before, rich: {"subject": token, "body": token},
    "notifications.Notification.context": lambda token, before, rich: {
        **before,
        "name": token,
        "title": token,
    },
    "learning.CoursePage.introduction": _rich,
    "learning.TrainingModulePage.introduction": _rich,
    "learning.WebinarPage.introduction": _rich,
    **dict.fromkeys(
        [f"learning.{name}.outcomes" for name in ("CoursePage", "TrainingModulePage", "WebinarPage")],
        _stream("outcome", lambda token, rich: token),
    ),
    "learning.CoursePage.weeks": _stream("week", lambda token, rich: {"title": token, "text": rich}),
    "learning.TrainingModulePage.steps": lambda token, before, rich: [
        lessons.step(token, lessons.text(rich))
    ],
    "learning.WebinarPage.chapters": _stream(
        "chapter", lambda token, rich: {"title": token, "start": "0:00"}
    ),
    "mentoring.MentoringProgrammePage.body": _stream("text", lambda token, rich: rich),
    "home.HomePage.story": _stream("step", lambda token, rich: {"kind": "need", "text": token}),
    "home.StandardPage.body": _stream("text", lambda token, rich: rich),
    **dict.fromkeys(
        [f"mentoring.MentoringProgrammePage.{name}" for name in ("mentee_form", "mentor_form")],
        _stream("text", lambda token, rich: {"label": token, "help": token, "visibility": "coordinators"}),
    ),
}
