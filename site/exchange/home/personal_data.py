"""What becomes of the traces that an account leaves in the house's own tables and in those of libraries."""

from foundation.accounts.personal_data import Fate, decide

decide(
    Fate.ERASED,
    "account.EmailAddress.user",
    "socialaccount.SocialAccount.user",
    "wagtailusers.UserProfile.user",
    exported=True,
    reason="How somebody signs in and uses the desk is theirs alone.",
)
decide(
    Fate.ERASED,
    "account.EmailConfirmation.email_address",
    "socialaccount.SocialToken.account",
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
