const STYLES = {
  date: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
  time: { hour: "numeric", minute: "2-digit", timeZoneName: "short" },
  datetime: { weekday: "long", day: "numeric", month: "long", year: "numeric", hour: "numeric", minute: "2-digit", timeZoneName: "short" },
};

/** <time datetime data-local="date|time|datetime"> in the reader's own zone, where the server could not know it. */
export function localTimes(root) {
  // English here is read in every country: day before month, and 24 hours, as the server writes it.
  const language = document.documentElement.lang.replace(/^en$/, "en-GB");
  for (const element of root.querySelectorAll("time[data-local]")) {
    const moment = new Date(element.dateTime);
    if (Number.isNaN(moment.getTime())) continue;
    element.title = element.textContent.trim();
    element.textContent = new Intl.DateTimeFormat(language, STYLES[element.dataset.local] ?? STYLES.datetime).format(moment);
  }
}
