"""Who acts for an organisation: a coordinator proposes somebody, a manager says yes, and then they do."""

from __future__ import annotations

from playwright.sync_api import expect

from directory.models import Membership
from tests.browser.conftest import Visit
from tests.browser.watch import overflow

COORDINATOR, CHOSEN = "coordinator", "dewi-larasati"


def test_a_proposed_manager_needs_the_yes_of_one(visit: Visit) -> None:
    managing = Membership.objects.filter(role="manager", person__user__is_active=True)
    first = managing.exclude(person__memberships__organisation__memberships__person__name="Dewi Larasati")
    membership = first.select_related("person__user", "organisation").order_by("pk")[0]
    organisation, manager = membership.organisation, membership.person.user
    people = f"/en/organisations/{organisation.slug}/people/"

    coordinator = visit(COORDINATOR, width=360)
    coordinator.goto(people)
    coordinator.get_by_label("Who").fill("Dewi Larasati")
    coordinator.get_by_label("As").select_option("manager")
    coordinator.get_by_role("button", name="Invite").click()
    expect(coordinator.get_by_text("Dewi Larasati is proposed.")).to_be_visible()
    expect(coordinator.get_by_text("Waits for the yes of a manager")).to_be_visible()
    expect(coordinator.get_by_role("button", name="Yes, as a manager")).to_have_count(0)
    assert overflow(coordinator) <= 0

    chosen = visit(CHOSEN)
    chosen.goto("/en/my/organisations/")
    expect(chosen.get_by_text(f"{organisation.name} would like you")).to_have_count(0)

    acting = visit(manager)
    acting.goto("/en/notifications/")
    acting.get_by_role("link", name="Dewi Larasati is proposed as a manager").first.click()
    acting.get_by_role("button", name="Yes, as a manager").click()
    expect(acting.get_by_text("You said yes.")).to_be_visible()

    chosen.goto("/en/my/organisations/")
    chosen.get_by_role("button", name="Yes, show me").click()
    expect(chosen.get_by_role("link", name="Change", exact=True).first).to_be_visible()
