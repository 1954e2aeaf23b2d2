"""Addresses of the directory."""

from django.urls import path

from directory.views import exchanges, listings, lists, mine, organisations, people, profile

app_name = "directory"
urlpatterns = [
    path("exchange/", lists.listings, name="listings"),
    path("people/", lists.people, name="people"),
    path("people/<uuid:pk>/", people.person, name="person"),
    path("people/<uuid:pk>/ask/", exchanges.ask_person, name="ask_person"),
    path("organisations/", lists.organisations, name="organisations"),
    path("organisations/<slug:slug>/", organisations.organisation, name="organisation"),
    path("organisations/<slug:slug>/edit/", organisations.edit, name="organisation_edit"),
    path("organisations/<slug:slug>/people/", organisations.members, name="organisation_members"),
    path("organisations/<slug:slug>/people/<int:pk>/", organisations.change_member, name="change_member"),
    path("organisations/<slug:slug>/invitations/<int:pk>/", organisations.take_back, name="take_back"),
    path(
        "organisations/<slug:slug>/invitations/<int:pk>/yes/",
        organisations.approve,
        name="approve_manager",
    ),
    path("listings/new/", listings.new, name="listing_new"),
    path("listings/<uuid:pk>/", listings.listing, name="listing"),
    path("listings/<uuid:pk>/edit/", listings.edit, name="listing_edit"),
    path("listings/<uuid:pk>/ask/", exchanges.ask, name="ask"),
    path("listings/<uuid:pk>/<slug:name>/", listings.move, name="listing_move"),
    path("exchanges/<uuid:pk>/", exchanges.exchange, name="exchange"),
    path("exchanges/<uuid:pk>/<slug:name>/", exchanges.move, name="exchange_move"),
    path("my/profile/", profile.overview, name="profile_edit"),
    path("my/profile/<slug:name>/", profile.section, name="profile_section"),
    path("my/rest/", profile.pause, name="pause"),
    path("my/leave-alone/", profile.leave_alone, name="leave_alone"),
    path("my/listings/", mine.my_listings, name="my_listings"),
    path("my/exchanges/", mine.my_exchanges, name="my_exchanges"),
    path("my/organisations/", mine.my_organisations, name="my_organisations"),
    path("my/organisations/<int:pk>/leave/", mine.leave, name="leave_organisation"),
    path("my/invitations/<int:pk>/", mine.answer_invitation, name="answer_invitation"),
]
