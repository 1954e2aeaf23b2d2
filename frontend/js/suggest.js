// The list of suggestions below a search box: an editable combobox with list autocomplete, as the ARIA
// Authoring Practices describe it. Without this script the box is an ordinary form.
//
//   <div data-suggest="/en/search/suggest/" data-label="Suggestions" data-found="Suggestions: {n}"
//     data-recent="Searched before" data-clear="Forget what I searched" data-cleared="Forgotten"><input name="q">…
//
// What was searched before is kept by this browser alone (localStorage) and is never sent anywhere; the last
// line of the list forgets it.
const PAUSE = 150; // ms after the last key before we ask
const KEPT = "exchange.recent";
const MOST_KEPT = 6;
const BESIDE = 2; // of them beside suggestions
let boxes = 0;

function recent() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT) || "[]");
    return Array.isArray(kept) ? kept.filter((text) => typeof text === "string") : [];
  } catch {
    return []; // Storage switched off, or not ours.
  }
}

function keep(texts) {
  try {
    if (texts.length) localStorage.setItem(KEPT, JSON.stringify(texts));
    else localStorage.removeItem(KEPT);
  } catch {
    // Storage switched off or full: there is just nothing to offer later.
  }
}

for (const box of document.querySelectorAll("[data-suggest]")) {
  const input = box.querySelector("input");
  if (input) combobox(box, input);
}

function combobox(box, input) {
  const id = `suggestions-${++boxes}`;
  const list = make("ul", {
    id,
    role: "listbox",
    "aria-label": box.dataset.label || "",
    class: "suggestions",
    hidden: "",
  });
  const status = make("p", { role: "status", class: "visually-hidden" });
  input.closest(".inner").append(list, status);
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-controls": id,
    "aria-expanded": "false",
  }))
    input.setAttribute(name, value);
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
  const before = (text, most) => {
    const begun = text.toLowerCase();
    const fitting = recent()
      .filter((one) => one !== text && one.toLowerCase().startsWith(begun))
      .slice(0, most);
    return fitting.map((title) => ({ title, word: box.dataset.recent, again: true }));
  };
  const take = (option) => {
    if (option.dataset.url) return location.assign(option.dataset.url);
    if (option.dataset.again === undefined) {
      keep([]);
      close();
      status.textContent = box.dataset.cleared;
      return input.focus();
    }
    input.value = option.dataset.again;
    input.form.requestSubmit();
  };
  const ask = async () => {
    asking?.abort();
    const text = input.value.trim();
    if (!text) {
      const all = before("", MOST_KEPT);
      return all.length ? show([...all, { title: box.dataset.clear, word: "" }]) : close();
    }
    asking = new AbortController();
    try {
      const address = new URL(box.dataset.suggest, location);
      address.searchParams.set("q", text);
      const answer = await fetch(address, { signal: asking.signal });
      if (answer.ok && document.activeElement === input) show([...before(text, BESIDE), ...(await answer.json())]);
    } catch {
      // Aborted by the next key, or offline: the form still works.
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || (event.altKey && event.key !== "ArrowDown")) return;
    if (event.key === "ArrowDown" && list.hidden) ask();
    else if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp" && !list.hidden) choose(chosen - 1);
    else if (event.key === "Enter" && chosen >= 0) take(options()[chosen]);
    else if (event.key === "Escape" && !list.hidden) close();
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", close);
  input.addEventListener("click", () => {
    if (list.hidden && !input.value.trim()) ask();
  });
  input.form.addEventListener("submit", () => {
    const text = input.value.trim();
    if (text) keep([text, ...recent().filter((one) => one !== text)].slice(0, MOST_KEPT));
  });
  // Before the blur that a press would cause.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) take(option);
  });
}

function line(one, id) {
  const option = make("li", { id, role: "option", "aria-selected": "false" });
  if (one.url) option.dataset.url = one.url;
  if (one.again) option.dataset.again = one.title;
  const title = make("bdi", one.language ? { lang: one.language } : {});
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
