const DAY = { day: "numeric", month: "long", year: "numeric" };
const TIME = { hour: "numeric", minute: "2-digit", timeZoneName: "short" };
const STYLES = {
  date: DAY,
  day: { day: "numeric", month: "short" },
  time: TIME,
  short: { day: "numeric", month: "short", year: "numeric", ...TIME },
  datetime: { weekday: "long", ...DAY, ...TIME },
};

/** The zone of this browser by its IANA name, such as Africa/Casablanca; empty where it does not tell. */
function browserZone() {
  try {
    return new Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
  } catch {
    return "";
  }
}

/**
 * <time datetime data-local="date|day|time|datetime|short|leaf"> by the reader's own clock, where the server could not
 * know it. A leaf of a calendar is turned with the words beside it, so that they never say two days.
 */
export function localTimes(root) {
  // English here is read in every country: day before month, and 24 hours, as the server writes it. Its digits, too.
  const language = `${document.documentElement.lang.replace(/^en$/, "en-GB")}-u-nu-latn`;
  const written = (moment, style) => new Intl.DateTimeFormat(language, style).format(moment);
  for (const element of root.querySelectorAll("time[data-local]")) {
    const moment = new Date(element.dateTime);
    if (Number.isNaN(moment.getTime())) continue;
    if (element.dataset.local === "leaf") {
      element.querySelector("b").textContent = moment.getDate();
      element.lastChild.data = written(moment, { month: "short" });
      continue;
    }
    element.title = element.textContent.trim();
    element.textContent = written(moment, STYLES[element.dataset.local] ?? STYLES.datetime);
  }
}

/**
 * Forms that ask for a zone. <input type=hidden data-browser-zone> takes this browser's and shows the sentence
 * [data-zone-told] with it; a field with data-offer-zone="Use …: {zone}" gets a button that fills it.
 */
export function zoneFields(root) {
  const told = browserZone();
  if (!told) return;
  // Browsers say Europe/Kiev for Europe/Kyiv; the field knows.
  const named = (field) => JSON.parse(field.dataset.oldZones ?? "{}")[told] ?? told;
  for (const input of root.querySelectorAll("input[data-browser-zone]")) {
    input.value ||= named(input);
    const sentence = input.form?.querySelector("[data-zone-told]");
    if (!sentence) continue;
    sentence.querySelector("bdi").textContent = input.value;
    sentence.hidden = false;
  }
  for (const field of root.querySelectorAll("[data-offer-zone]")) {
    const zone = named(field);
    if (field.value === zone) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button compact";
    button.textContent = field.dataset.offerZone.replace("{zone}", zone.replaceAll("_", " "));
    button.addEventListener("click", () => {
      field.value = zone;
      field.focus();
      button.remove();
    });
    field.after(button);
  }
}
