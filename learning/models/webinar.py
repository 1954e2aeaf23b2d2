"""Recordings: a video or sound file with captions, chapters, speakers and slides."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, Page

from foundation.design.fields import StreamField
from foundation.l10n.names import Named
from foundation.routers import page_route
from learning.admin.forms import NO_CAPTIONS, WebinarPageForm
from learning.admin.panels import CaptionNotesPanel
from learning.blocks import ChapterBlocks
from learning.captions import CaptionError, Note, Reading, read_captions, sentence, shortened
from learning.captions.files import read_file
from learning.constants import known_language, language_choices
from learning.models.base import LearningPage

MOST_WRONG = 3  # lines of a wrong file that are named


class WebinarKeyword(TaggedItemBase):
    """A free keyword on a recording."""

    content_object = ParentalKey(
        "learning.WebinarPage", on_delete=models.CASCADE, related_name="tagged_items"
    )


class WebinarPage(LearningPage):
    """A recorded webinar. Without captions in at least one language it cannot be published."""

    kind = "recording"

    video = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL,
        verbose_name=_("video file"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("WebM or MP4."),
    )
    audio = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL,
        verbose_name=_("sound only"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("For people with a slow connection."),
    )
    external_url = models.URLField(
        _("or its address elsewhere"),
        max_length=500,
        blank=True,
        help_text=_(
            "On Wikimedia Commons or a PeerTube. Nothing is loaded from there until somebody opens it."
        ),
    )
    poster = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("picture before it plays"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    duration = models.PositiveIntegerField(
        _("length in seconds"), default=0, blank=True, validators=[MaxValueValidator(24 * 3600)]
    )
    recorded_on = models.DateField(_("recorded on"), null=True, blank=True)
    spoken_language = models.CharField(
        _("language spoken"), max_length=12, choices=language_choices, default="en", blank=True
    )
    slides = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL,
        verbose_name=_("slides"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    chapters = StreamField(ChapterBlocks(), verbose_name=_("chapters"), blank=True)
    keywords = ClusterTaggableManager(through=WebinarKeyword, blank=True, verbose_name=_("keywords"))

    base_form_class = WebinarPageForm
    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(LearningPage.about_panels, heading=_("About the recording")),
        MultiFieldPanel(
            [
                FieldPanel("video"),
                FieldPanel("audio"),
                FieldPanel("external_url"),
                FieldPanel("poster"),
                FieldRowPanel(
                    [FieldPanel("duration"), FieldPanel("recorded_on"), FieldPanel("spoken_language")]
                ),
                FieldPanel("slides"),
            ],
            heading=_("Recording"),
        ),
        InlinePanel(
            "captions",
            heading=_("Captions"),
            label=_("Captions"),
            help_text=_("At least one language, or the page cannot be published."),
        ),
        FieldPanel("chapters"),
        InlinePanel("speakers", heading=_("Speakers"), label=_("Speaker")),
        MultiFieldPanel(LearningPage.taxonomy_panels, heading=_("What it teaches")),
        LearningPage.credit_panel,
    ]
    template = "learning/pages/webinar_page.html"

    class Meta:
        verbose_name = _("recording")
        verbose_name_plural = _("recordings")

    # Player, chapters, transcript and people; and for the page's script and player what they read apart.
    overview = page_route("", "learning.views.webinar.webinar_view", name="overview")
    captions_file = page_route(
        "captions/<slug:language>/", "learning.views.webinar.captions_file", name="captions"
    )
    places_file = page_route("places/<slug:language>/", "learning.views.webinar.places_file", name="places")
    transcript_file = page_route(
        "transcript/<slug:language>/", "learning.views.webinar.transcript_file", name="transcript"
    )

    def save(self, clean: bool = True, **more: Any) -> Any:
        """Also where a program publishes, no recording is public without captions.

        Not in `clean()`: the admin's form calls that while the page is not written yet and has no captions, and
        every new page is "live" until its maker says otherwise. The form looks at its captions itself.
        """
        if clean and self.live and not self.captions.all():
            raise ValidationError(NO_CAPTIONS)
        return super().save(clean=clean, **more)

    @property
    def length_minutes(self) -> int | None:
        """Minutes, rounded to the nearest, at least one."""
        return max(1, round(self.duration / 60)) if self.duration else None


class Caption(Orderable):
    """The captions of a recording in one language, as WebVTT; also its transcript."""

    page = ParentalKey(WebinarPage, on_delete=models.CASCADE, related_name="captions")
    language = models.CharField(
        _("language"),
        max_length=12,
        choices=language_choices,
        blank=True,
        help_text=_("May stay empty where the file names its language."),
    )
    text = models.TextField(
        _("captions"), blank=True, help_text=_("WebVTT, SubRip (SRT) or SBV. Or choose a file below.")
    )
    file = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL,
        verbose_name=_("or a file: .vtt, .srt or .sbv"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Read when you save; what it says is then in the field above."),
    )
    # [start in milliseconds, end, voice, words] for each cue, so that a page need not parse the text.
    cues: Any = models.JSONField(default=list, blank=True, editable=False)
    # What was mended or left out when the text was read: {"of": digest of the text, "notes": [Note, …]}.
    found: Any = models.JSONField(default=dict, blank=True, editable=False)
    half_written = False  # set by the form while a draft is saved

    panels = [FieldPanel("language"), FieldPanel("text"), FieldPanel("file"), CaptionNotesPanel()]

    class Meta(Orderable.Meta):
        verbose_name = _("captions")
        verbose_name_plural = _("captions")

    def __str__(self) -> str:
        return self.get_language_display()

    def clean(self) -> None:
        super().clean()
        if self.file is not None:
            self._take_file(self.file)
        try:
            self._take(read_captions(self.text))
        except CaptionError as error:
            self.cues, self.found = [], {}
            if self.half_written:
                return
            raise ValidationError({"text": error.messages}) from error
        if not self.language and not self.half_written:
            raise ValidationError({"language": _("Choose the language: the captions do not name it.")})

    def _take_file(self, document: Any) -> None:
        """What a chosen file says, instead of the text. Raises ValidationError for the file where it holds no
        caption, also in a draft: what was here before would be gone."""
        text, notes = read_file(document)
        try:
            self._take(read_captions(text), notes)
        except CaptionError as error:
            names = {"file": document.filename, "language": self.get_language_display() or "?"}
            sentence = _("Captions in %(language)s: the file %(file)s cannot be taken. %(what)s")
            if not self.language:
                sentence = _("The file of captions %(file)s cannot be taken. %(what)s")
            wrong = [str(sentence) % {**names, "what": message} for message in error.messages[:MOST_WRONG]]
            raise ValidationError({"file": wrong}) from error
        self.file = None

    def _take(self, reading: Reading, more: Sequence[Note] = ()) -> None:
        """Keep what was read. Notes of an earlier reading stay as long as the text is the one that came of it."""
        notes = [*more, *reading.notes]
        named = known_language(reading.language)
        self.language = self.language or named
        if named and named != self.language:
            names = dict(language_choices())
            notes.insert(0, Note(0, "language", names[named], names.get(self.language, self.language)))
        digest = blake2b(reading.text.encode(), digest_size=8).hexdigest()
        self.text, self.cues = reading.text, reading.cues
        if notes or self.found.get("of") != digest:
            self.found = {"of": digest, "notes": shortened(notes)}

    @property
    def notes(self) -> list[str]:
        """What was mended or left out, for the editor."""
        return [sentence(Note(*note)) for note in self.found.get("notes", ())]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps the cues equal to the text. Raises CaptionError where nothing of a published page's can be played;
        a draft may be half written, and has no cues until it is right."""
        try:
            self._take(read_captions(self.text))
        except CaptionError:
            if self.page.live:
                raise
            self.cues = []
        super().save(*args, **kwargs)


class Speaker(Named, Orderable):
    """Somebody who speaks in a recording: a person of the directory, or a name."""

    named = ("name",)

    page = ParentalKey(WebinarPage, on_delete=models.CASCADE, related_name="speakers")
    person = models.ForeignKey(
        "directory.Person",
        verbose_name=_("person in the directory"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="spoken_in",
    )
    name = models.CharField(_("or a name"), max_length=150, blank=True)
    about = models.CharField(_("in one line"), max_length=200, blank=True)
    half_written = False  # set by the form while a draft is saved

    panels = [FieldPanel("person"), FieldPanel("name"), FieldPanel("about")]

    class Meta(Orderable.Meta):
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")

    def __str__(self) -> str:
        return self.name or str(self.person or "")

    def clean(self) -> None:
        super().clean()
        if not self.half_written and not self.person_id and not self.name:
            raise ValidationError({"name": _("Choose a person, or write a name.")})
