// Choosing capacities: words are looked for on the server, a branch is fetched when it is opened. What is sent are the
// boxes of the chosen ones on top; those in the list only add and take away.
(() => {
  const waiting = new WeakMap();
  const asked = new WeakMap();
  const chooserOf = (element) => element.closest("[data-capacity-chooser]");
  const chosenIn = (chooser) => chooser.querySelector(".capacity-tree__chosen");
  const chosenBox = (chooser, value) =>
    [...chosenIn(chooser).querySelectorAll("input")].find((box) => box.value === value);

  const tick = (chooser, place) => {
    for (const box of place.querySelectorAll("[data-capacity]")) {
      box.checked = Boolean(chosenBox(chooser, box.value)?.checked);
    }
  };

  const fetchInto = async (chooser, place, parameters) => {
    const mine = {};
    asked.set(place, mine);
    const said = chooser.querySelector(".capacity-tree__said");
    try {
      const answer = await fetch(`${chooser.dataset.url}?${new URLSearchParams(parameters)}`);
      if (!answer.ok) throw new Error(answer.statusText);
      const html = await answer.text();
      // Who types on has asked for something else meanwhile.
      if (asked.get(place) !== mine) return;
      place.innerHTML = html;
      tick(chooser, place);
      said.textContent = place.querySelector("[data-said]")?.dataset.said || "";
    } catch {
      said.textContent = chooser.dataset.failed;
    }
  };

  document.addEventListener("input", (event) => {
    if (!event.target.matches(".capacity-tree__find")) return;
    const chooser = chooserOf(event.target);
    clearTimeout(waiting.get(chooser));
    waiting.set(
      chooser,
      setTimeout(
        () => fetchInto(chooser, chooser.querySelector(".capacity-tree__list"), { q: event.target.value }),
        200,
      ),
    );
  });

  document.addEventListener("click", (event) => {
    const more = event.target.closest?.("[data-capacity-below]");
    if (!more) return;
    const place = more.parentElement.querySelector("ul");
    const open = more.getAttribute("aria-expanded") !== "true";
    more.setAttribute("aria-expanded", String(open));
    place.hidden = !open;
    if (open && !place.childElementCount) fetchInto(chooserOf(more), place, { below: more.dataset.capacityBelow });
  });

  document.addEventListener("change", (event) => {
    const box = event.target;
    const chooser = box.closest?.("[data-capacity-chooser]");
    if (!chooser || box.type !== "checkbox") return;
    let chosen = chosenBox(chooser, box.value);
    if (box.matches("[data-capacity]")) {
      if (!chosen) {
        const label = document.createElement("label");
        chosen = Object.assign(document.createElement("input"), {
          type: "checkbox",
          name: chooser.dataset.name,
          value: box.value,
        });
        label.append(chosen, ` ${box.dataset.capacity}`);
        const item = document.createElement("li");
        item.append(label);
        chosenIn(chooser).append(item);
      }
      chosen.checked = box.checked;
    }
    tick(chooser, chooser.querySelector(".capacity-tree__list"));
  });

  document.addEventListener("keydown", (event) => {
    // Enter in the search box must not send the page's form.
    if (event.key === "Enter" && event.target.matches(".capacity-tree__find")) event.preventDefault();
  });
})();
