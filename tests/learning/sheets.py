"""A step as a browser has it open: fill in its form and press a button, without JavaScript."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup
from django.test import Client

HERE = {"sec-fetch-site": "same-origin"}


class Sheet:
    """The form of one step, as it was when it was opened; other windows may do what they like meanwhile.

    `page` is the lesson, or the address below which it is shown.
    """

    def __init__(self, client: Client, page: Any, number: int) -> None:
        self.client = client
        below = page if isinstance(page, str) else page.url
        response = client.get(f"{below}step/{number}/")
        assert response.status_code == 200, response
        self.text = response.text
        form = BeautifulSoup(response.text, "html.parser").select_one("form[data-keep]")
        assert form is not None, "This step has no form."
        self.action = str(form["action"])
        self.fields: dict[str, list[str]] = {}
        for field in form.select("input[name]"):
            if field.get("type") not in ("radio", "checkbox") or field.has_attr("checked"):
                self.fields.setdefault(str(field["name"]), []).append(str(field.get("value", "")))
        for area in form.select("textarea[name]"):
            self.fields[str(area["name"])] = [area.text.lstrip("\n")]
        self.buttons = [str(button["value"]) for button in form.select("button[name=do]")]

    def choose(self, block: dict[str, Any], *ids: str) -> Sheet:
        """Chooses answers of a question and no others."""
        self.fields[f"question-{block['id']}"] = list(ids)
        return self

    def tick(self, block: dict[str, Any], *ids: str) -> Sheet:
        """Ticks these items of a list and no others."""
        self.fields[f"checklist-{block['id']}"] = list(ids)
        return self

    def write(self, block: dict[str, Any], text: str) -> Sheet:
        """Writes into a task's field."""
        self.fields[f"task-{block['id']}"] = [text]
        return self

    def press(self, button: str, *, client: Client | None = None, **more: Any) -> Any:
        """Sends the form by one of its buttons."""
        assert button == "keep" or button in self.buttons, self.buttons
        return (client or self.client).post(
            self.action, {**self.fields, "do": button}, **{"headers": HERE, **more}
        )
