"""Addresses of the mentoring room: below mentoring/, and what is one's own below my/."""

from django.urls import path

from mentoring.views import board, mine, notes, offers, pairings, proposals, requests, safety_answers

app_name = "mentoring"
urlpatterns = [
    path("my/mentoring/", mine.mine, name="mine"),
    # mentee
    path("mentoring/requests/start/<uuid:programme>/", requests.start, name="request_start"),
    path("mentoring/requests/<uuid:pk>/", requests.status, name="request"),
    path("mentoring/requests/<uuid:pk>/summary/", requests.summary, name="request_summary"),
    path("mentoring/requests/<uuid:pk>/screen/<str:name>/", requests.screen, name="request_screen"),
    path("mentoring/requests/<uuid:pk>/send/", requests.send, name="request_send"),
    path("mentoring/requests/<uuid:pk>/withdraw/", requests.withdraw, name="request_withdraw"),
    path("mentoring/requests/<uuid:pk>/again/", requests.again, name="request_again"),
    # mentor
    path("mentoring/mentors/<uuid:programme>/", offers.offer, name="offer"),
    path("mentoring/mentors/<uuid:programme>/rest/", offers.rest, name="offer_rest"),
    path("mentoring/mentors/<uuid:programme>/end/", offers.end, name="offer_end"),
    path("my/mentoring/proposals/", proposals.inbox, name="proposals"),
    path("mentoring/proposals/<uuid:pk>/", proposals.proposal, name="proposal"),
    path("mentoring/proposals/<uuid:pk>/accept/", proposals.accept, name="proposal_accept"),
    path("mentoring/proposals/<uuid:pk>/decline/", proposals.decline, name="proposal_decline"),
    path("mentoring/answers/<uuid:pk>/erase/", safety_answers.erase, name="erase_answer"),
    # pair
    path("mentoring/pairs/<uuid:pk>/", pairings.pairing, name="pairing"),
    path("mentoring/pairs/<uuid:pk>/plan/", pairings.plan, name="pairing_plan"),
    path("mentoring/pairs/<uuid:pk>/agree/", pairings.agree, name="pairing_agree"),
    path("mentoring/pairs/<uuid:pk>/hours/", pairings.hours, name="pairing_hours"),
    path("mentoring/pairs/<uuid:pk>/break/", pairings.take_break, name="pairing_break"),
    path("mentoring/pairs/<uuid:pk>/thanks/", pairings.thanks, name="pairing_thanks"),
    path("mentoring/pairs/<uuid:pk>/coordinators/", notes.coordinators, name="pairing_coordinators"),
    path("mentoring/pairs/<uuid:pk>/<str:name>/", pairings.move, name="pairing_move"),
    # coordinators
    path("mentoring/board/<uuid:programme>/", board.board, name="board"),
    path("mentoring/board/<uuid:programme>/<uuid:pk>/<str:action>/", board.act, name="board_act"),
]
