"""Pages of the taxonomy in the admin. Everything works without JavaScript; a refusal is said in place."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic.base import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy

from directory.admin.capacities.forms import CapacityForm, PlaceForm, TargetForm
from directory.admin.capacities.formsets import languages_formset
from directory.admin.capacities.tree import WHOLE, Shown, all_branches, is_large, opened, searched
from directory.admin.capacities.tree import found as with_words
from directory.admin.widgets import branch, branch_of, found
from directory.models import Capacity
from directory.taxonomy import merging, services
from directory.taxonomy.usage import usage
from foundation.l10n.names import said
from foundation.messages import explained

policy = ModelPermissionPolicy(Capacity)
SEEING = ("add", "change", "delete", "view")
INDEX = "directory_capacities:index"


class CapacityView(PermissionCheckedMixin, WagtailAdminTemplateMixin, View):
    """What the pages share: permissions, trail, title."""

    permission_policy = policy
    header_icon = "list-ul"
    page_title: Any = gettext_lazy("Capacities")
    capacity: Capacity | None = None

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """The capacity of the address, with its texts."""
        super().setup(request, *args, **kwargs)
        if "pk" in kwargs:
            self.capacity = Capacity.objects.with_texts().filter(pk=kwargs["pk"]).first()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Who presses a button twice finds the capacity gone, and is told so."""
        if "pk" in kwargs and self.capacity is None:
            messages.error(request, _("This capacity does not exist any more."))
            return redirect(INDEX)
        return super().dispatch(request, *args, **kwargs)

    @property
    def found(self) -> Capacity:
        """The capacity of an address that names one."""
        assert self.capacity is not None  # noqa: S101  # the address has a pk
        return self.capacity

    def get_page_subtitle(self) -> str:
        return self.capacity.label() if self.capacity else ""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        trail = [*self.breadcrumbs_items, {"url": reverse(INDEX), "label": _("Capacities")}]
        if self.capacity is not None:
            trail.append(
                {
                    "url": reverse("directory_capacities:edit", args=[self.capacity.pk]),
                    "label": self.capacity.label(),
                }
            )
        return [*trail, {"url": "", "label": self.page_title, "sublabel": self.get_page_subtitle()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["may"] = {action: self.user_has_permission(action) for action in SEEING}
        context["capacity"] = self.capacity
        return context

    def show(self, **context: Any) -> HttpResponse:
        """The page, with status 422 where it says that something could not be done."""
        refused = context.pop("refused", False)
        return self.render_to_response(self.get_context_data(**context), status=422 if refused else 200)

    def done(self, message: str, to: str = "") -> HttpResponse:
        """Says what was done, and back to the tree."""
        messages.success(self.request, message)
        return redirect(to or reverse(INDEX))


class TreeView(CapacityView):
    """The tree with its uses; `q` looks for names in any language, `all` opens everything.

    Of a large tree only what is asked for: the top, the branch that `open` names by its key, what words find.
    """

    any_permission_required = SEEING
    template_name = "directory/admin/capacities/index.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": _("Capacities")}]

    def get_header_buttons(self) -> list[HeaderButton]:
        if not self.user_has_permission("add"):
            return []
        return [
            HeaderButton(
                _("Add a capacity at the top"), reverse("directory_capacities:add"), icon_name="plus"
            )
        ]

    def get(self, request: HttpRequest) -> HttpResponse:
        """The tree."""
        words = request.GET.get("q", "").replace("\0", "").strip()[:100]
        total = Capacity.objects.count()
        whole = total <= WHOLE
        if not whole:
            shown = with_words(words) if words else opened(request.GET.get("open", ""))
        else:
            branches = all_branches()
            shown = Shown(searched(branches, words) if words else branches)
        return self.show(
            branches=shown.branches,
            cut=shown.cut,
            words=words,
            whole=whole,
            open_all=whole and "all" in request.GET,
            total=total,
            nothing=bool(words and not shown.branches),
        )


class ChooseView(View):
    """A part of the tree for the chooser of capacities: what lies below one, or has these words in its names.

    For everybody who may enter the admin: names of capacities are public.
    """

    def get(self, request: HttpRequest) -> HttpResponse:
        """Rows of a list, as HTML."""
        words = request.GET.get("q", "").replace("\0", "").strip()[:100]
        if "below" in request.GET:
            shown = branch_of(request.GET["below"])
        else:
            shown = found(words) if words else branch()
        context = {"rows": shown.rows, "said": shown.said}
        return render(request, "directory/admin/capacities/_choices.html", context)


class TextsView(CapacityView):
    """What adding and changing share: the form and the formset of languages."""

    template_name = "directory/admin/capacities/form.html"
    editing_one = False

    def forms(self, data: Any) -> tuple[CapacityForm, Any]:
        """The form of the capacity and that of its languages."""
        capacity = self.capacity if self.editing_one else None
        return CapacityForm(data, capacity=capacity), languages_formset(data, capacity)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The form."""
        form, languages = self.forms(None)
        return self.show(form=form, languages=languages)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Saves, or says what to mend."""
        form, languages = self.forms(request.POST)
        problem = ""
        if all([form.is_valid(), languages.is_valid()]):
            with explained() as attempt:
                return self.save(form.cleaned_data, languages.texts())
            problem = attempt.problem
        return self.show(form=form, languages=languages, problem=problem, refused=True)

    def save(self, values: dict[str, Any], texts: list[tuple[str, str, str]]) -> HttpResponse:
        """Writes and answers."""
        raise NotImplementedError


class AddView(TextsView):
    """A new capacity, at the top or below another."""

    permission_required = "add"
    page_title = gettext_lazy("Add a capacity")

    def save(self, values: dict[str, Any], texts: list[tuple[str, str, str]]) -> HttpResponse:
        made = services.add(self.capacity, texts=texts, by=self.request.user, **values)
        return self.done(
            said(_("“%(name)s” was added."), name=made.label()), f"{reverse(INDEX)}?q={made.slug}"
        )


class ChangeView(TextsView):
    """The words of a capacity. Who may only look sees them without being able to save."""

    any_permission_required = SEEING
    page_title = gettext_lazy("Names and definition")
    editing_one = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        uses = usage([self.found.pk]).get(self.found.pk, [])
        return super().get_context_data(uses=uses, read_only=not self.user_has_permission("change"), **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not self.user_has_permission("change"):
            return self.http_refused()
        return super().post(request, **kwargs)

    def http_refused(self) -> HttpResponse:
        """Back to the tree with a word."""
        messages.error(self.request, _("You may look at capacities, but not change them."))
        return redirect(INDEX)

    def save(self, values: dict[str, Any], texts: list[tuple[str, str, str]]) -> HttpResponse:
        changed = services.change(self.found, texts=texts, by=self.request.user, **values)
        label = Capacity.objects.get(pk=self.found.pk).label()
        stay = (
            reverse("directory_capacities:edit", args=[self.found.pk]) if "more" in self.request.POST else ""
        )
        if not changed:
            return self.done(said(_("Nothing was changed in “%(name)s”."), name=label), stay)
        return self.done(said(_("“%(name)s” was saved."), name=label), stay)


class MoveView(CapacityView):
    """Choose what it shall lie below, then its place there."""

    permission_required = "change"
    page_title = gettext_lazy("Move")
    template_name = "directory/admin/capacities/move.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The places below the present parent, or below the one just chosen."""
        parent, known = self._parent(request.GET.get("parent"))
        if not known:
            return self._refuse(self.found.get_parent(), _("This capacity does not exist any more."))
        why_not = services.obstacle(self.found, parent)
        if why_not:
            return self._refuse(parent, why_not)
        words = request.GET.get("find", "")
        form = PlaceForm(None, capacity=self.found, parent=parent, words=words)
        return self.show(form=form, large=is_large(), find=words)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Moves, or says why not."""
        parent, known = self._parent(request.POST.get("parent", ""))
        form = PlaceForm(request.POST, capacity=self.found, parent=parent)
        if not known or not form.is_valid():
            return self._refuse(parent, _("That place is not there any more. Choose again."))
        after = form.cleaned_data["after"]
        with explained() as attempt:
            services.move(
                self.found, parent, after=Capacity.objects.get(pk=after) if after else None, by=request.user
            )
            return self.done(
                said(_("“%(name)s” was moved."), name=self.found.label()),
                f"{reverse(INDEX)}?q={self.found.slug}",
            )
        return self._refuse(parent, attempt.problem)

    def _refuse(self, parent: Capacity | None, problem: str) -> HttpResponse:
        form = PlaceForm(None, capacity=self.found, parent=parent)
        return self.show(form=form, problem=problem, refused=True, large=is_large())

    def _parent(self, key: str | None) -> tuple[Capacity | None, bool]:
        """(the capacity named, whether there is one); the present parent where none is named."""
        if key is None:
            return self.found.get_parent(), True
        if not key:
            return None, True
        parent = Capacity.objects.with_texts().filter(pk=key).first() if key.isdecimal() else None
        return parent, parent is not None


class MergeView(CapacityView):
    """Choose the other, see what would change, then merge."""

    permission_required = "delete"
    page_title = gettext_lazy("Merge")
    template_name = "directory/admin/capacities/merge.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The choice, and with one made what it would do."""
        words = request.GET.get("find", "")
        # Who looks for another one has not chosen yet.
        chosen = request.GET if request.GET.get("into") or ("into" in request.GET and not words) else None
        form = TargetForm(chosen, source=self.found, words=words)
        if not form.is_bound:
            return self.show(form=form, large=is_large(), find=words)
        if not form.is_valid():
            return self.show(form=form, refused=True, large=is_large())
        with explained(request, form, "into"):
            plan = merging.preview(self.found, self._target(form))
            return self.show(form=form, plan=plan, large=is_large(), find=words)
        return self.show(form=form, refused=True, large=is_large())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Merges, or says why not."""
        form = TargetForm(request.POST, source=self.found)
        if form.is_valid():
            target = self._target(form)
            with explained(request, form, "into"):
                count = merging.merge(self.found, target, by=request.user)
                message = ngettext(
                    "“%(source)s” is now part of “%(target)s”. %(count)s reference was taken along.",
                    "“%(source)s” is now part of “%(target)s”. %(count)s references were taken along.",
                    count,
                )
                names = {"source": self.found.label(), "target": target.label(), "count": count}
                return self.done(message % names, f"{reverse(INDEX)}?q={target.slug}")
        return self.show(form=form, refused=True, large=is_large())

    def _target(self, form: TargetForm) -> Capacity:
        return get_object_or_404(Capacity.objects.with_texts(), pk=form.cleaned_data["into"])


class DeleteView(CapacityView):
    """Only what nothing uses."""

    permission_required = "delete"
    page_title = gettext_lazy("Delete")
    template_name = "directory/admin/capacities/delete.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Asks, or says why it cannot be."""
        uses = usage([self.found.pk]).get(self.found.pk, [])
        return self.show(uses=uses, has_below=not self.found.is_leaf())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Deletes, or says why not."""
        label = self.found.label()
        with explained() as attempt:
            services.delete(self.found, by=request.user)
            return self.done(said(_("“%(name)s” was deleted."), name=label))
        return self.show(problem=attempt.problem, refused=True)
