// What a learner entered is kept also when they leave the step by another way than its buttons: a link, the back
// button, another app, a closed tab. Without JavaScript the step's own buttons keep everything.
const form = document.querySelector("form[data-keep]");

const entries = () => {
  const data = new FormData(form);
  data.set("do", "keep");
  return data;
};
const said = (data) => new URLSearchParams([...data].filter(([, value]) => typeof value === "string")).toString();

if (form) {
  let kept = said(entries());

  const keep = () => {
    const data = entries();
    const now = said(data);
    // The form was sent by a button: that request carries everything.
    if (now === kept || form.dataset.sent) return;
    kept = now;
    fetch(form.action, { method: "POST", body: data, keepalive: true })
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
      .then(({ was }) => {
        // Should the reader come back to it, the page knows what it has sent.
        const same = said(entries()) === now;
        for (const [name, value] of Object.entries(was)) form.elements[name].value = value;
        if (same) kept = said(entries());
      })
      .catch(() => (kept = ""));
  };

  // A sent page that comes back from the browser's memory shows what was there before: ask for it anew.
  let sent = false;
  form.addEventListener("submit", () => (sent = true));
  addEventListener("pageshow", (event) => event.persisted && sent && location.reload());
  addEventListener("pagehide", keep);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && keep());
}
