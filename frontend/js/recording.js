// The page of a recording: chapters and transcript drive the player and follow it; search in the transcript.
//
//   <div data-recording> <video> … [data-start="seconds"] (links .chap and turns .turn) … <form class="find" hidden
//   data-count="%1 of %2" data-none="Not found"> <input type="search"> <output> <button data-step="-1|1"> </form>
//   <a data-link-time data-label="Link to %s" href="…">
const page = document.querySelector("[data-recording]");
const video = page?.querySelector("video");

const clock = (seconds) => {
  const [h, m, s] = [seconds / 3600, (seconds / 60) % 60, seconds % 60].map(Math.floor);
  const two = (n) => String(n).padStart(2, "0");
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
};

function seek(seconds) {
  video.currentTime = seconds;
  video.play()?.catch(() => {});
}

function clicks() {
  page.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const part = event.target.closest("[data-start]");
    const link = event.target.closest("a");
    if (!part || (link && !link.matches("[data-start], .num"))) return;
    if (!link && String(getSelection())) return; // someone is selecting text to quote
    event.preventDefault();
    seek(Number(part.dataset.start));
  });
  const asked = Number(new URLSearchParams(location.search).get("t"));
  if (asked > 0) {
    const go = () => (video.currentTime = asked);
    video.readyState ? go() : video.addEventListener("loadedmetadata", go, { once: true });
  }
}

function follow() {
  const groups = [".chap", ".turn"].map((kind) => [...page.querySelectorAll(`${kind}[data-start]`)]);
  const link = page.querySelector("[data-link-time]");
  video.addEventListener("timeupdate", () => {
    for (const parts of groups) {
      const now = parts.findLast((part) => Number(part.dataset.start) <= video.currentTime + 0.2);
      if (now?.ariaCurrent === "true") continue;
      for (const part of parts) part.removeAttribute("aria-current");
      now?.setAttribute("aria-current", "true");
      if (now?.matches(".turn") && !video.paused) into(now);
    }
    if (link) {
      const seconds = Math.floor(video.currentTime);
      link.href = `?t=${seconds}`;
      link.lastChild.textContent = ` ${link.dataset.label.replace("%s", clock(seconds))}`;
    }
  });
}

/** Scrolls the transcript's own box, never the page. */
function into(turn) {
  const box = turn.closest(".script");
  if (box && !box.matches(":hover, :focus-within")) box.scrollTop = turn.offsetTop - box.offsetTop - box.clientHeight / 3;
}

function search() {
  const form = page.querySelector("form.find");
  const turns = [...page.querySelectorAll(".turn")];
  if (!form || !turns.length) return;
  const [input, output] = [form.querySelector("input"), form.querySelector("output")];
  let hits = [];
  let at = -1;
  form.hidden = false;

  const rangesOf = (turn, words) => {
    const found = [];
    const walker = document.createTreeWalker(turn, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.data.toLocaleLowerCase();
      for (let i = text.indexOf(words); i >= 0 && text.length === node.length; i = text.indexOf(words, i + words.length)) {
        const range = new Range();
        range.setStart(node, i);
        range.setEnd(node, i + words.length);
        found.push({ turn, range });
      }
    }
    return found;
  };
  const show = (step) => {
    turns.forEach((turn) => turn.classList.remove("hit"));
    at = hits.length ? (at + step + hits.length) % hits.length : -1;
    output.textContent = !input.value.trim() ? "" : hits.length
      ? form.dataset.count.replace("%1", at + 1).replace("%2", hits.length)
      : form.dataset.none;
    if (at < 0) return;
    const { turn } = hits[at];
    turn.classList.add("hit");
    const box = turn.closest(".script");
    box.scrollTop = turn.offsetTop - box.offsetTop - box.clientHeight / 3;
  };
  input.addEventListener("input", () => {
    const words = input.value.trim().toLocaleLowerCase();
    hits = words.length > 1 ? turns.flatMap((turn) => rangesOf(turn, words)) : [];
    at = -1;
    globalThis.CSS?.highlights?.set("find", new Highlight(...hits.map(({ range }) => range)));
    show(1);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show(1);
  });
  form.querySelectorAll("[data-step]").forEach((button) => button.addEventListener("click", () => show(Number(button.dataset.step))));
}

if (video) {
  clicks();
  follow();
}
if (page) search();
