/** Menus in <details>: one open at a time, closed by Escape, by a click elsewhere and by leaving with Tab. */
export function menus(root) {
  const all = () => root.querySelectorAll("details.menu[open]");
  const closeOthers = (kept) => all().forEach((menu) => menu.contains(kept) || (menu.open = false));
  root.addEventListener("click", (event) => closeOthers(event.target));
  root.addEventListener("focusin", (event) => closeOthers(event.target));
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of all()) {
      menu.open = false;
      if (menu.contains(root.activeElement)) menu.querySelector("summary").focus();
    }
  });
}

/** CSS shows .contents and .sheet on wide screens whether open or not; this tells assistive technology the same. */
export function openWhereThereIsRoom(root) {
  for (const part of root.querySelectorAll("details:is(.contents, .sheet)")) {
    const room = matchMedia(part.matches(".contents") ? BREAKPOINTS.wide : BREAKPOINTS.abovePhone);
    const follow = () => (part.open = room.matches);
    room.addEventListener("change", follow);
    if (room.matches) follow();
  }
}
