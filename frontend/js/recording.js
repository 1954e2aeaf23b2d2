// The page of a recording: chapters and transcript drive the player and follow it; search in the transcript.
//
//   <div data-recording> <video> … [data-start="seconds"] (links .chapter and turns .turn) … <form class="find"
//   data-places="address that tells where it is said" data-count="%1 of %2" data-none="Not found">
//   <input type="search"> <output> <button> </form>
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
    if (!part || (link && !link.matches("[data-start], .number"))) return;
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
  const groups = [".chapter", ".turn"].map((kind) => [...page.querySelectorAll(`${kind}[data-start]`)]);
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
  if (box && !box.matches(":hover, :focus-within"))
    box.scrollTop = turn.offsetTop - box.offsetTop - box.clientHeight / 3;
}

/** The words of a turn as one piece of text: without the marks that the server may have set. */
function textOf(turn) {
  const said = turn.lastElementChild;
  for (const mark of said.querySelectorAll("mark")) mark.replaceWith(mark.textContent);
  said.normalize();
  return said.lastChild;
}

/** The server says where: it knows the forms of words as the site's search does. Enter goes on to the next place. */
function search() {
  const form = page.querySelector("form.find");
  const turns = [...page.querySelectorAll(".turn")];
  if (!form || !turns.length) return;
  const input = form.querySelector("input[type=search]");
  const output = form.querySelector("output");
  const words = () => input.value.trim();
  let hits = [];
  let at = -1;
  let known = null; // the words whose places `hits` are
  let waiting;

  const show = (step) => {
    turns.forEach((turn) => turn.classList.remove("hit"));
    at = hits.length ? (at + step + hits.length) % hits.length : -1;
    output.textContent = !known
      ? ""
      : hits.length
        ? form.dataset.count.replace("%1", at + 1).replace("%2", hits.length)
        : form.dataset.none;
    if (at < 0) return;
    hits[at].classList.add("hit");
    const box = hits[at].closest(".script");
    box.scrollTop = hits[at].offsetTop - box.offsetTop - box.clientHeight / 3;
  };
  const find = async () => {
    clearTimeout(waiting);
    const asked = words();
    let places = [];
    if (asked) {
      const answer = await fetch(`${form.dataset.places}?${new URLSearchParams({ q: asked })}`);
      if (!answer.ok) throw new Error(answer.status);
      ({ places } = await answer.json());
    }
    if (asked !== words()) return; // somebody typed on; the answer to that is on its way
    const found = turns.map(textOf);
    const ranges = places.flatMap(([number, parts]) =>
      parts.map(([from, to]) => {
        const range = new Range();
        range.setStart(found[number], from);
        range.setEnd(found[number], to);
        return range;
      }),
    );
    globalThis.CSS?.highlights?.set("find", new Highlight(...ranges));
    hits = places.map(([number]) => turns[number]);
    at = -1;
    known = asked;
    show(1);
  };
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => find().catch(() => {}), 250);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (known === words()) show(1);
    else find().catch(() => form.submit()); // then the server answers with a whole page
  });
  if (words()) find().catch(() => {});
}

if (video) {
  clicks();
  follow();
}
if (page) search();
