"""Two dashboards, earlier imports, code inside lists, and lessons that nobody has said the capacities of."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from directory.taxonomy.labels import all_labels
from directory.taxonomy.suggestions import Suggestions
from foundation.accounts.constants import Role
from learning.importers.wikiedu.steps import block_id
from learning.models import TrainingModulePage
from tests.factories.accounts import UserFactory
from tests.factories.directory import CapacityFactory
from tests.factories.learning import make_module, translate

from .conftest import blocks, bring_in, page
from .test_body import pieces

pytestmark = pytest.mark.usefixtures("learning_home")
INNER = "training_content/wiki_ed"


def dashboard(folder: Path, name: str, slug: str, body: str, number: int = 1) -> Path:
    """Content of one module with one slide, both with the same number."""
    files = {
        f"modules/{slug}.yml": f"name: {name}\nid: {number}\ndescription: About {name}.\nslides:\n  - slug: {slug}-start\n",
        f"slides/{slug}/{number}-{slug}-start.yml": f"id: {number}\ntitle: {name} begins\ncontent: |\n"
        + "".join(f"  {line}\n" for line in body.splitlines()),
        f"libraries/{slug}.yml": f"name: {name}\nid: {number}\nintroduction: All.\nexclude_from_index: false\n"
        f"categories:\n  - title: One\n    modules:\n      - slug: {slug}\n        name: {name}\n",
    }
    for file, text in files.items():
        path = folder / INNER / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def test_modules_of_two_dashboards_with_equal_numbers_are_two(tmp_path):
    soil = dashboard(tmp_path / "one", "Soil", "soil", "Dig.")
    seas = dashboard(tmp_path / "two", "Seas", "seas", "Swim.")
    bring_in(soil)
    bring_in(seas, source="programs")
    bring_in(soil)
    assert set(TrainingModulePage.objects.values_list("title", flat=True)) == {"Soil", "Seas"}
    bring_in(seas, source="programs")
    assert TrainingModulePage.objects.count() == 2


def test_a_source_has_a_plain_name(tmp_path):
    with pytest.raises(CommandError, match="small letters"):
        call_command("import_wikiedu", str(tmp_path), "--source", "My Dashboard!")


def test_links_and_buttons_lead_to_the_slide_of_a_module_that_came_earlier(tmp_path, client):
    bring_in(dashboard(tmp_path / "one", "Soil", "soil", "Dig."))
    body = (
        "See [the soil](/training/students/soil/soil-start).\n\n"
        '<div class="training__button-container"><a class="btn btn-primary" '
        'href="/training/students/soil/soil-start">Go</a></div>'
    )
    bring_in(dashboard(tmp_path / "two", "Seas", "seas", body, number=2))
    soil, seas = page("soil"), page("seas")
    start = block_id("slide", 1)
    assert f'linktype="page" id="{soil.pk}" step="{start}"' in blocks(seas, 0, "text")[0].source
    button = blocks(seas, 0, "button")[0]
    assert (button["page"].pk, button["step"], button["url"]) == (soil.pk, start, "")
    shown = client.get(f"{seas.url}step/1/").text
    assert re.search(rf'href="{re.escape(soil.url)}\?step={start}"[^>]*>\s*Go', shown)
    assert client.get(f"{soil.url}?step={start}")["Location"] == f"{soil.url}step/1/"


def test_code_inside_a_list_keeps_its_lines():
    html = pieces("1. Write\n\n   ```\n   {{Cite\n     | title = <b>\n   }}\n   ```\n")[0].html
    assert (
        "<li>Write<br/><code>{{Cite</code><br/><code>\u00a0\u00a0| title = &lt;b&gt;</code><br/><code>}}</code></li>"
        in html
    )


def test_capacities_are_suggested_by_their_names_in_title_and_text():
    CapacityFactory(slug="grants", label="Writing grant reports")
    CapacityFactory(slug="photos", label="Photography")
    CapacityFactory(slug="law", label="Copyright")
    suggestions = Suggestions(all_labels())
    assert suggestions.of("How to write a grant report", "Copyright once.", "en") == ["grants"]
    assert suggestions.of("Pictures", "Photography. Photography! Photography?", "en") == ["photos"]
    assert suggestions.of("Pictures", "", "en") == []


def test_lessons_without_capacities_stand_in_a_list_for_editors(client):
    known = CapacityFactory(slug="photos", label="Photography")
    owing = make_module(title="Photography at night")
    translate(owing, "es")
    make_module(title="Settled", capacities=[known])
    address = reverse("lessons_without_capacities")
    client.force_login(UserFactory(role=Role.EDITOR))
    shown = client.get(address).text
    assert shown.count(">Photography at night</a>") == 1
    assert re.search(r"<td>\s*Photography\s*</td>", shown)
    assert "Settled" not in shown
    assert address in client.get(reverse("wagtailadmin_home")).text
    client.force_login(UserFactory())
    assert client.get(address).status_code in (302, 403)
