"""Addresses of the mentoring room, below /<language>/mentorship/."""

from django.urls import path
from django.views.generic import RedirectView

from mentoring.views import board, mine, notes, offers, pairings, proposals, requests, safety_answers

app_name = "mentoring"
urlpatterns = [
    path("", RedirectView.as_view(pattern_name="mentoring:mine")),
    path("mine/", mine.mine, name="mine"),
    # mentee
    path("requests/start/<uuid:programme>/", requests.start, name="request_start"),
    path("requests/<uuid:pk>/", requests.status, name="request"),
    path("requests/<uuid:pk>/summary/", requests.summary, name="request_summary"),
    path("requests/<uuid:pk>/screen/<str:name>/", requests.screen, name="request_screen"),
    path("requests/<uuid:pk>/send/", requests.send, name="request_send"),
    path("requests/<uuid:pk>/withdraw/", requests.withdraw, name="request_withdraw"),
    path("requests/<uuid:pk>/again/", requests.again, name="request_again"),
    # mentor
    path("mentors/<uuid:programme>/", offers.offer, name="offer"),
    path("mentors/<uuid:programme>/rest/", offers.rest, name="offer_rest"),
    path("mentors/<uuid:programme>/end/", offers.end, name="offer_end"),
    path("proposals/", proposals.inbox, name="proposals"),
    path("proposals/<uuid:pk>/", proposals.proposal, name="proposal"),
    path("proposals/<uuid:pk>/accept/", proposals.accept, name="proposal_accept"),
    path("proposals/<uuid:pk>/decline/", proposals.decline, name="proposal_decline"),
    path("answers/<uuid:pk>/erase/", safety_answers.erase, name="erase_answer"),
    # pair
    path("pairs/<uuid:pk>/", pairings.pairing, name="pairing"),
    path("pairs/<uuid:pk>/plan/", pairings.plan, name="pairing_plan"),
    path("pairs/<uuid:pk>/agree/", pairings.agree, name="pairing_agree"),
    path("pairs/<uuid:pk>/hours/", pairings.hours, name="pairing_hours"),
    path("pairs/<uuid:pk>/break/", pairings.take_break, name="pairing_break"),
    path("pairs/<uuid:pk>/thanks/", pairings.thanks, name="pairing_thanks"),
    path("pairs/<uuid:pk>/coordinators/", notes.coordinators, name="pairing_coordinators"),
    path("pairs/<uuid:pk>/<str:name>/", pairings.move, name="pairing_move"),
    # coordinators
    path("board/<uuid:programme>/", board.board, name="board"),
    path("board/<uuid:programme>/<uuid:pk>/<str:action>/", board.act, name="board_act"),
]
