// The list of suggestions below a search box: an editable combobox with list autocomplete, as the ARIA
// Authoring Practices describe it. Without this script the box is an ordinary form.
//
//   <div data-suggest="/en/search/suggest/" data-label="Suggestions" data-found="Suggestions: {n}"><input name="q">…
const PAUSE = 150; // ms after the last key before we ask
let boxes = 0;

for (const box of document.querySelectorAll("[data-suggest]")) {
  const input = box.querySelector("input");
  if (input) combobox(box, input);
}

function combobox(box, input) {
  const id = `suggestions-${++boxes}`;
  const list = make("ul", { id, role: "listbox", "aria-label": box.dataset.label || "", class: "suggestions", hidden: "" });
  const status = make("p", { role: "status", class: "vh" });
  input.closest(".in").append(list, status);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-controls": id, "aria-expanded": "false",
  })) input.setAttribute(name, value);
  let chosen = -1;
  let timer;
  let asking;

  const options = () => [...list.children];
  const close = () => {
    asking?.abort();
    clearTimeout(timer);
    list.hidden = true;
    list.replaceChildren();
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (index) => {
    const all = options();
    all[chosen]?.setAttribute("aria-selected", "false");
    chosen = index < -1 ? all.length - 1 : index >= all.length ? -1 : index;
    const option = all[chosen];
    if (!option) return input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  };
  const show = (found) => {
    list.replaceChildren(...found.map((one, index) => line(one, `${id}-${index}`)));
    chosen = -1;
    input.removeAttribute("aria-activedescendant");
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(Boolean(found.length)));
    status.textContent = (box.dataset.found || "{n}").replace("{n}", found.length);
  };
  const ask = async () => {
    asking?.abort();
    const text = input.value.trim();
    if (!text) return close();
    asking = new AbortController();
    try {
      const answer = await fetch(`${box.dataset.suggest}?q=${encodeURIComponent(text)}`, { signal: asking.signal });
      if (answer.ok && document.activeElement === input) show(await answer.json());
    } catch {
      // Aborted by the next key, or offline: the form still works.
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey && event.key !== "ArrowDown") return;
    if (event.key === "ArrowDown" && list.hidden) ask();
    else if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp" && !list.hidden) choose(chosen - 1);
    else if (event.key === "Enter" && chosen >= 0) location.assign(options()[chosen].dataset.url);
    else if (event.key === "Escape" && !list.hidden) close();
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", close);
  // Before the blur that a press would cause.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.url);
  });
}

function line(one, id) {
  const option = make("li", { id, role: "option", "aria-selected": "false" });
  option.dataset.url = one.url;
  const title = make("bdi", { lang: one.language });
  title.textContent = one.title;
  const word = make("span", { class: "quiet tiny" });
  word.textContent = one.word;
  option.append(title, " ", word);
  return option;
}

function make(name, attributes) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
