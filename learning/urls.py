"""Addresses of the learning room that are not pages of the tree: below learn/, and what is one's own below my/."""

from django.urls import path

from learning.views import course, mine, people, step

app_name = "learning"
urlpatterns = [
    path("my/learning/", mine.mine_view, name="mine"),
    path("learn/lessons/<int:page_id>/steps/<str:step_id>/", step.take_view, name="take"),
    path("learn/cohorts/<int:cohort_id>/enrol/", course.enrol_view, name="enrol"),
    path("learn/cohorts/<int:cohort_id>/leave/", course.leave_view, name="leave"),
    path("learn/cohorts/<int:cohort_id>/people/", people.people_view, name="people"),
    path("learn/cohorts/<int:cohort_id>/people/<int:enrolment_id>/", people.move_view, name="move"),
]
