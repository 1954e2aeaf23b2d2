"""Forms of the editors' admin as a browser has them: read from the page, filled in, sent. Nothing is known of them in
advance, so a field that is missing, renamed or kept from somebody is found out here."""

from __future__ import annotations

import re
from typing import Any

from bs4 import BeautifulSoup, Tag
from django.test import Client

UNNAMED = ("submit", "button", "image", "reset")


class Form:
    """One form of a page with what a browser would send, name by name."""

    def __init__(self, client: Client, address: str, html: str, name: str = "") -> None:
        self.client, self.address, self.page = client, address, BeautifulSoup(html, "html.parser")
        self.form = self._found(name)
        self.values: dict[str, list[Any]] = {}
        for control in self.form.find_all(["input", "select", "textarea"]):
            self._read(control)

    def _found(self, name: str) -> Tag:
        """The form that holds a field of this name, or the one with most fields."""
        forms = [form for form in self.page.find_all("form") if form.get("method", "get").lower() == "post"]
        if name:
            forms = [form for form in forms if form.find(attrs={"name": name})]
        assert forms, (
            f"{self.address} has no form{name and f' with {name}'}: {self.page.get_text(' ', strip=True)[:300]}"
        )
        return max(forms, key=lambda form: len(form.find_all(["input", "select", "textarea"])))

    def _read(self, control: Tag) -> None:
        name, kind = control.get("name"), control.get("type", "text")
        if not name or control.has_attr("disabled") or kind in UNNAMED or self._is_template(control):
            return
        if control.name == "select":
            options = control.find_all("option")
            chosen = [option for option in options if option.has_attr("selected")]
            if not chosen and not control.has_attr("multiple"):
                chosen = options[:1]
            self.values.setdefault(name, []).extend(_value(option) for option in chosen)
        elif control.name == "textarea":
            self.values[name] = [control.get_text().removeprefix("\n")]
        elif kind in ("checkbox", "radio"):
            if control.has_attr("checked"):
                self.values.setdefault(name, []).append(control.get("value", "on"))
        elif kind != "file":
            self.values.setdefault(name, []).append(control.get("value", ""))

    @staticmethod
    def _is_template(control: Tag) -> bool:
        return control.find_parent(["template", "script"]) is not None

    def controls(self, name: str) -> list[Tag]:
        """What is to be filled in under a name; an assertion fails where there is nothing."""
        found = [each for each in self.form.find_all(attrs={"name": name}) if not self._is_template(each)]
        assert found, f"{self.address} has no {name}; it has {sorted(self.names())}"
        return found

    def names(self) -> set[str]:
        """The names of all fields."""
        found = self.form.find_all(attrs={"name": True})
        return {
            each["name"] for each in found if not self._is_template(each) and not each.has_attr("disabled")
        }

    def fill(self, **typed: Any) -> Form:
        """Writes, chooses by the label or value of an option, ticks (True, False, or labels of boxes), takes files.

        Names with - are written with __ for it: `sessions__0__title`.
        """
        for key, wanted in typed.items():
            name = re.sub("__", "-", key)
            first = self.controls(name)[0]
            if first.name == "select":
                self.values[name] = [self._option(first, name, each) for each in _many(wanted)]
            elif first.get("type") in ("checkbox", "radio"):
                self.values[name] = self._ticked(name, wanted)
            else:
                self.values[name] = [wanted]
        return self

    def _option(self, select: Tag, name: str, wanted: Any) -> str:
        for option in select.find_all("option"):
            if str(wanted) in (_value(option), option.get_text(strip=True)):
                return _value(option)
        offered = [option.get_text(strip=True) for option in select.find_all("option")][:30]
        raise AssertionError(f"{name} offers no {wanted!r}: {offered}")

    def _ticked(self, name: str, wanted: Any) -> list[str]:
        boxes = self.controls(name)
        if wanted is False:
            return []
        if wanted is True:
            return [boxes[0].get("value", "on")]
        found = []
        for each in _many(wanted):
            fitting = [box for box in boxes if str(each) in (box.get("value"), self._label(box))]
            assert fitting, f"{name} offers no {each!r}: {[self._label(box) for box in boxes][:30]}"
            found.append(fitting[0].get("value", "on"))
        return found

    def _label(self, box: Tag) -> str:
        label = self.form.find("label", attrs={"for": box.get("id")}) or box.find_parent("label")
        return label.get_text(" ", strip=True) if label else ""

    def add(self, prefix: str) -> Form:
        """Another row of an inline list, as its button makes it."""
        template = self.page.find(id=f"id_{prefix}-EMPTY_FORM_TEMPLATE")
        assert template is not None, f"{self.address} has no list {prefix}"
        number = int(self.values[f"{prefix}-TOTAL_FORMS"][0])
        html = (template.string or template.decode_contents()).replace("__prefix__", str(number))
        row = BeautifulSoup(html.replace("-\\/script>", "/script>"), "html.parser")
        for control in row.find_all(["input", "select", "textarea"]):
            self._read(control)
        self.form.append(row)
        self.values[f"{prefix}-TOTAL_FORMS"] = [str(number + 1)]
        return self

    def send(self, **button: str) -> Any:
        """Presses the button; without a name the first one."""
        target = self.form.get("action") or self.address
        return self.client.post(target, {**self.values, **{name: [word] for name, word in button.items()}})


def _value(option: Tag) -> str:
    return str(option.get("value", option.get_text(strip=True)))


def _many(wanted: Any) -> list[Any]:
    return list(wanted) if isinstance(wanted, (list, tuple)) else [wanted]


def read(client: Client, address: str, name: str = "") -> Form:
    """Opens a page and takes its form (the one that holds a field of this name)."""
    answer = client.get(address)
    assert answer.status_code == 200, f"{address}: {answer.status_code} {answer.headers.get('Location', '')}"
    return Form(client, address, answer.text, name)


def said(answer: Any) -> str:
    """All that a page says in messages and beside fields."""
    page = BeautifulSoup(answer.text, "html.parser")
    found = page.select(
        ".messages, .error-message, .w-field__errors, .help-critical, .errorlist, [role=alert]"
    )
    return " ".join(each.get_text(" ", strip=True) for each in found)
