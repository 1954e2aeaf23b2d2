"""Addresses of the learning room that are not pages of the tree."""

from django.urls import path

from learning.views import course, mine, people, step

app_name = "learning"
urlpatterns = [
    path("mine/", mine.mine_view, name="mine"),
    path("lessons/<int:page_id>/steps/<str:step_id>/", step.take_view, name="take"),
    path("cohorts/<int:cohort_id>/enrol/", course.enrol_view, name="enrol"),
    path("cohorts/<int:cohort_id>/leave/", course.leave_view, name="leave"),
    path("cohorts/<int:cohort_id>/people/", people.people_view, name="people"),
    path("cohorts/<int:cohort_id>/people/<int:enrolment_id>/", people.move_view, name="move"),
]
