"""Every address that the resolver knows, with something real in each place of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver

from tests.test_matrix import World

Value = Callable[[World, str], Any]
PLACE = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>")

# Patterns without a name, and an address that each answers.
NAMELESS = {"admin/^.*/$": "admin/no-such-page/"}


@dataclass(frozen=True)
class Address:
    """One entry of the resolver: its full name and the places in it that take a value, or its path without a name."""

    name: str
    places: tuple[str, ...] = ()
    path: str = ""

    @property
    def label(self) -> str:
        """Its name, with the places where one name has several forms."""
        return f"{self.name}({','.join(self.places)})" if self.places else self.name

    def url(self, world: World) -> str:
        """Where it is in this world. Raises KeyError where nobody has said what belongs in a place."""
        if self.path:
            return self.path
        if self.name == "wagtail_serve":  # places without names
            return reverse(self.name, args=["learn/lesson/"])
        if self.name == "wagtaildocs_serve":
            return reverse(self.name, args=[world.things["document"].pk, "words.txt"])
        given = {place: _value(self.name, place, world) for place in self.places}
        return reverse(self.name, kwargs=given)


def addresses() -> list[Address]:
    """All of them, found by walking."""
    return list(dict.fromkeys(_walk(get_resolver(), (), "")))


def _walk(resolver: Any, names: tuple[str, ...], path: str) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        here = path + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _walk(entry, (*names, *filter(None, [entry.namespace])), here)
        elif isinstance(entry, URLPattern) and not entry.name:
            # Only what is no pattern can be asked for as it stands.
            yield Address("nameless /" + here, path="/" + NAMELESS.get(here, here))
        elif isinstance(entry, URLPattern):
            places = tuple(first or second for first, second in PLACE.findall(here))
            yield Address(":".join((*names, entry.name)), places)


def _thing(key: str) -> Value:
    def value(world: World, name: str) -> Any:
        found = world.things[key]
        return getattr(found, "pk", found)

    return value


def _slug(key: str) -> Value:
    return lambda world, name: getattr(world.things[key], "slug", world.things[key])


def _just(value: Any) -> Value:
    return lambda world, name: value


def _value(name: str, place: str, world: World) -> Any:
    for key in (f"{name} {place}", f"{name.partition(':')[0]} {place}", place):
        if key in PLACES:
            return PLACES[key](world, name)
    raise KeyError(f"{name}: say in tests/security/addresses.py what belongs in <{place}>.")


# What belongs in a place: by the name of the address, by the first word of it, or wherever the place has that name.
PLACES: dict[str, Value] = {
    # pages
    "page_id": _thing("lesson"),
    "parent_page_id": _thing("learning_home"),
    "page_to_move_id": _thing("lesson"),
    "destination_id": _thing("home"),
    "wagtailadmin_pages pk": _thing("lesson"),
    "wagtailadmin_api pk": _thing("lesson"),
    "wagtailadmin_api:documents:detail pk": _thing("document"),
    "wagtailadmin_api:images:detail pk": _thing("image"),
    "action_name": _just("approve"),
    "wagtailadmin_api:pages:action action_name": _just("delete"),
    "task_state_id": _thing("task_state"),
    "workflow_state_id": _thing("workflow_state"),
    "task_id": _thing("task"),
    "revision_id": _thing("revision"),
    "revision_id_a": _just("earliest"),
    "revision_id_b": _just("latest"),
    "content_type_app_name": _just("learning"),
    "content_type_model_name": _just("trainingmodulepage"),
    "app_label": _just("wagtailcore"),
    "model_name": _just("page"),
    "wagtailadmin_pages:choose_parent app_label": _just("learning"),
    "wagtailadmin_pages:choose_parent model_name": _just("trainingmodulepage"),
    "app_name": _just("home"),
    "wagtailadmin_tag_model_autocomplete app_name": _just("taggit"),
    "wagtailadmin_tag_model_autocomplete model_name": _just("tag"),
    "action": _just("delete"),
    "page_view_restriction_id": _just(1),
    "restriction_id": _just(1),
    # workflows, collections, editing
    "wagtailadmin_collections pk": _thing("collection"),
    "collection_id": _thing("collection"),
    "wagtailadmin_workflows pk": _thing("workflow"),
    "wagtailadmin_workflows:edit_task pk": _thing("task"),
    "wagtailadmin_workflows:disable_task pk": _thing("task"),
    "wagtailadmin_workflows:enable_task pk": _thing("task"),
    "wagtailadmin_workflows app_label": _just("wagtailcore"),
    "wagtailadmin_workflows model_name": _just("groupapprovaltask"),
    "page_pk": _thing("lesson"),
    "workflow_pk": _thing("workflow"),
    "object_id": _thing("lesson"),
    "session_id": _thing("editing_session"),
    # translations
    "translation_id": _thing("translation"),
    "translation_source_id": _thing("translation_source"),
    "string_segment_id": _thing("segment"),
    "overridable_segment_id": _just(1),
    "mode": _just("full"),
    "wagtail_localize pk": _just("1"),
    # files
    "document_id": _thing("document"),
    "doc_id": _thing("document"),
    "image_id": _thing("image"),
    "uploaded_file_id": _thing("uploaded"),
    "filter_spec": _just("width-100"),
    "wagtaildocs_chooser pk": _thing("document"),
    "wagtailimages_chooser pk": _thing("image"),
    "path": _just("original_images/nothing.png"),
    # records of the admin
    "directory_capacities pk": _thing("capacity"),
    "directory_organisations pk": _thing("organisation_pk"),
    "directory_people pk": _thing("person"),
    "directory_listings pk": _thing("listing"),
    "mentoring_people pk": _thing("person"),
    "cohorts pk": _thing("cohort"),
    "enrolments pk": _thing("enrolment"),
    "libraries pk": _thing("library"),
    "wagtaillocales pk": _thing("locale"),
    "wagtailsites pk": _thing("site"),
    "wagtailusers_users pk": _thing("victim"),
    "wagtailusers_groups pk": _thing("group"),
    "redirect_id": _thing("redirect"),
    "wagtailsettings pk": _just(1),
    "reports_admin pk": _thing("report"),
    # signing in
    "uidb64": _just("MQ"),
    "uidb36": _just("1"),
    "token": _just("set-password"),
    "key": _just("made-up"),
    "accounts:end_session pk": _just(1),
    "mfa_remove_webauthn pk": _just(1),
    "mfa_edit_webauthn pk": _just(1),
    # our own
    "sitemap_part name": _just("pages-1"),
    "notifications pk": _thing("notification"),
    "notifications token": _thing("token"),
    "reports pk": _thing("report"),
    "reports:new kind": _just("person"),
    "reports:new id": _thing("person"),
    "searches pk": _thing("saved"),
    "slug": _slug("organisation"),
    "home:capacity slug": _slug("capacity"),
    "directory:person pk": _thing("person"),
    "directory:ask_person pk": _thing("person"),
    "directory:change_member pk": _thing("membership"),
    "directory:leave_organisation pk": _thing("own_membership"),
    "directory:take_back pk": _thing("invitation"),
    "directory:approve_manager pk": _thing("invitation"),
    "directory:answer_invitation pk": _thing("invitation"),
    "directory:listing pk": _thing("listing"),
    "directory:listing_edit pk": _thing("listing"),
    "directory:ask pk": _thing("listing"),
    "directory:listing_move pk": _thing("listing"),
    "directory:listing_move name": _just("pause"),
    "directory:exchange pk": _thing("exchange"),
    "directory:exchange_move pk": _thing("exchange"),
    "directory:exchange_move name": _just("withdraw"),
    "directory:profile_section name": _just("about"),
    "step_id": _thing("step"),
    "cohort_id": _thing("cohort"),
    "enrolment_id": _thing("enrolment"),
    "programme": _thing("programme"),
    "mentoring pk": _thing("request"),
    "mentoring:request_screen name": _just("need"),
    "mentoring:proposal pk": _thing("proposal"),
    "mentoring:proposal_accept pk": _thing("proposal"),
    "mentoring:proposal_decline pk": _thing("proposal"),
    "mentoring:pairing pk": _thing("pairing"),
    "mentoring:pairing_plan pk": _thing("pairing"),
    "mentoring:pairing_agree pk": _thing("pairing"),
    "mentoring:pairing_hours pk": _thing("pairing"),
    "mentoring:pairing_break pk": _thing("pairing"),
    "mentoring:pairing_thanks pk": _thing("pairing"),
    "mentoring:pairing_coordinators pk": _thing("pairing"),
    "mentoring:pairing_move pk": _thing("pairing"),
    "mentoring:pairing_move name": _just("close"),
    "mentoring:board_act action": _just("ready"),
    "home:moved_learning rest": _just("cohorts/1/people/"),
    "home:moved_mentorship rest": _just("pairs/1/"),
}
