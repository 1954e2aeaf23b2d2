"""What becomes of the traces that an account leaves in the house's own tables and in those of libraries."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import ModelLogEntry, PageLogEntry
from wagtail.users.models import UserProfile

from foundation.accounts.models import User
from foundation.accounts.personal_data import (
    Fate,
    before_leaving,
    decide,
    describe,
    going_with,
    without_people,
)
from foundation.design.delete import goes_along, holds_back

decide(
    Fate.ERASED,
    "account.EmailAddress.user",
    "socialaccount.SocialAccount.user",
    "accounts.BrowserSession.user",
    "wagtailusers.UserProfile.user",
    exported=True,
    reason="How somebody signs in and uses the desk is theirs alone.",
)
decide(
    Fate.ERASED,
    "account.EmailConfirmation.email_address",
    "socialaccount.SocialToken.account",
    "mfa.Authenticator.user",
    "wagtailcore.APIToken.user",
    exported=False,
    reason="Keys: they are of no use outside, and dangerous in the wrong hands.",
)
decide(
    Fate.ERASED,
    "wagtailadmin.EditingSession.user",
    "wagtailadmin.FormState.user",
    "wagtailcore.PageSubscription.user",
    exported=False,
    reason="Who has which page of the desk open or in view: it lasts as long as the account.",
)
decide(
    Fate.ERASED,
    "wagtailcore.Comment.user",
    "wagtailcore.CommentReply.user",
    exported=True,
    reason="A note on a page that is being edited is its writer's; it is worth nothing without them.",
)
decide(
    Fate.ERASED,
    "wagtailcore.CommentReply.comment",
    exported=False,
    reason="Answers to a note on a draft go with the note, as they do whenever a note is deleted.",
)
decide(
    Fate.ANONYMISED,
    "wagtailcore.Comment.resolved_by",
    "wagtailcore.Page.owner",
    "wagtailcore.Page.locked_by",
    "wagtailcore.Revision.user",
    "wagtailcore.UploadedFile.uploaded_by_user",
    "wagtailcore.WorkflowState.requested_by",
    "wagtailcore.TaskState.finished_by",
    "wagtailimages.Image.uploaded_by_user",
    "wagtaildocs.Document.uploaded_by_user",
    "home.CreditedImage.uploaded_by_user",
    "home.CreditedDocument.uploaded_by_user",
    "wagtail_localize.StringTranslation.last_translated_by",
    "wagtail_localize.SegmentOverride.last_translated_by",
    exported=False,
    reason="Pages, pictures and translations are published under the site's licence and stay; who made them is "
    "forgotten, except where a page credits them in its text.",
)
decide(
    Fate.KEPT,
    "wagtailcore.ModelLogEntry.user",
    "wagtailcore.PageLogEntry.user",
    exported=False,
    reason="The desk's log of who changed which page keeps a number that leads to nobody any more.",
)
decide(
    Fate.KEPT,
    "wagtailcore.ModelLogEntry.object_id",
    exported=False,
    reason="The desk's log of who changed which record keeps a number; names and titles of what is gone are taken"
    " out of it.",
)
decide(
    Fate.KEPT,
    "wagtailadmin.EditingSession.object_id",
    "wagtailadmin.FormState.object_id",
    "wagtailadmin.FormState.parent_object_id",
    "wagtailcore.Revision.object_id",
    "wagtailcore.WorkflowState.object_id",
    "wagtailcore.ReferenceIndex.object_id",
    "wagtailcore.ReferenceIndex.to_object_id",
    "wagtailsearch.IndexEntry.object_id",
    "taggit.TaggedItem.object_id",
    exported=False,
    reason="Pages, pictures, cohorts and libraries, never a person: versions, moderation, search of the desk.",
)
describe("account.EmailAddress", words="email", facts="user verified primary")
describe("accounts.BrowserSession", words="browser system", facts="user began", hidden="session_key")
describe("socialaccount.SocialAccount", words="uid extra_data", facts="user provider last_login date_joined")
describe(
    "wagtailusers.UserProfile",
    words="avatar",
    facts="user submitted_notifications approved_notifications rejected_notifications"
    " updated_comments_notifications preferred_language current_time_zone dismissibles theme contrast density"
    " keyboard_shortcuts",
)
describe(
    "wagtailcore.Comment",
    words="text",
    facts="page user contentpath position created_at updated_at revision_created resolved_at resolved_by",
)
describe("wagtailcore.CommentReply", words="text", facts="comment user created_at updated_at")
without_people(
    "home.CreditedRendition",
    "home.HomePage",
    "home.StandardPage",
    "wagtail_localize.TranslatableObject",
    "wagtail_localize.TranslationSource",
    "wagtail_localize.Translation",
    "wagtail_localize.TranslationLog",
    "wagtail_localize.String",
    "wagtail_localize.TranslationContext",
    "wagtail_localize.Template",
    "wagtail_localize.StringSegment",
    "wagtail_localize.TemplateSegment",
    "wagtail_localize.RelatedObjectSegment",
    "wagtail_localize.OverridableSegment",
    "wagtail_localize.LocaleSynchronization",
    "wagtailredirects.Redirect",
    "wagtailembeds.Embed",
    "wagtailimages.Rendition",
    "wagtailsearch.SQLiteFTSIndexEntry",
    "wagtailcore.Locale",
    "wagtailcore.Site",
    "wagtailcore.Collection",
    "wagtailcore.Workflow",
    "wagtailcore.WorkflowContentType",
    "wagtailcore.WorkflowPage",
    "wagtailcore.WorkflowTask",
    "wagtailcore.Task",
    "wagtailcore.GroupApprovalTask",
    "taggit.Tag",
    reason="Pages, their translations and files as they are published under the site's licence.",
)
without_people(
    "wagtailadmin.Admin",
    "wagtailcore.GroupSitePermission",
    "wagtailcore.GroupCollectionPermission",
    "wagtailcore.GroupPagePermission",
    "wagtailcore.GroupApprovalTask_groups",
    "wagtailcore.CollectionViewRestriction",
    "wagtailcore.CollectionViewRestriction_groups",
    "wagtailcore.PageViewRestriction",
    "wagtailcore.PageViewRestriction_groups",
    "auth.Permission",
    "auth.Group",
    "auth.Group_permissions",
    "contenttypes.ContentType",
    "socialaccount.SocialApp",
    reason="Rights of roles and settings of the site, which name no account.",
)
without_people(
    "wagtailforms.FormSubmission",
    reason="No page of this site has such a form.",
)
without_people(
    "home.Incident",
    "jobs.Attempt",
    "jobs.Heartbeat",
    "django_q.Task",
    "django_q.Success",
    "django_q.Failure",
    "django_q.Schedule",
    "django_q.OrmQ",
    reason="Jobs take ids only and find out for themselves what is left to do; what they say of an error is kept"
    " without addresses.",
)
without_people(
    "accounts.Counter",
    reason="How often somebody has tried what, for some minutes: by network address or by a number.",
)
without_people(
    "sessions.Session",
    reason="What a browser holds until its session ends; the number in it leads to nobody once the account is gone.",
)
holds_back("accounts.User_groups.group", reason="A role that somebody has is taken from them first.")
goes_along(
    "accounts.User_user_permissions.permission",
    "wagtailadmin.EditingSession.content_type",
    "wagtailadmin.FormState.content_type",
    "workflow.LogEntry.content_type",
    reason="They go when a model leaves the code, with all of its rows.",
)
goes_along(
    "wagtailcore.Comment.page",
    "wagtailcore.Comment.revision_created",
    "wagtailcore.PageSubscription.page",
    reason="Notes on a draft, and who follows it, are part of the page.",
)


@before_leaving
def empty_the_desks_log(user: User) -> None:
    """Takes names, titles and words of what goes with an account out of the desk's log; that something was done stays.

    Wagtail writes the name of each record into its log, and the words of each note on a page.
    """
    logged = set(ModelLogEntry.objects.order_by().values_list("content_type_id", flat=True).distinct())
    for rows in going_with(user):
        kind = ContentType.objects.get_for_model(rows.model)
        if kind.pk in logged:
            ids = [str(pk) for pk in rows.values_list("pk", flat=True)]
            ModelLogEntry.objects.filter(content_type=kind, object_id__in=ids).update(label="", data={})
    PageLogEntry.objects.filter(user=user, action__startswith="wagtail.comments").update(data={})


@before_leaving
def delete_face(user: User) -> None:
    """The picture that somebody gave themselves in the admin goes from the disk, too."""
    profile = UserProfile.objects.filter(user=user).exclude(avatar="").first()
    if profile is not None:
        name, storage = profile.avatar.name, profile.avatar.storage
        transaction.on_commit(lambda: storage.delete(name))
