// Handing in is said above the sentences, where a translator who comes back sees it first.
const saying = document.getElementById("handing-in-panel");
if (saying) document.querySelector(".js-translation-editor").before(saying);

// It is also the first of the buttons at the foot, which wagtail-localize draws when it is ready.
const button = document.querySelector("#hand-in button");
function atTheFoot() {
  const foot = document.querySelector(".footer__container");
  if (!foot) return false;
  const second = button.cloneNode(true);
  second.setAttribute("form", "hand-in");
  foot.append(second);
  return true;
}
if (button && !atTheFoot()) {
  const waiting = new MutationObserver(() => atTheFoot() && waiting.disconnect());
  waiting.observe(document.body, { childList: true, subtree: true });
}
