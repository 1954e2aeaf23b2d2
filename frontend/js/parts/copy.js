/** <button data-copy="text" data-done="Copied" hidden>: shown where the browser can copy; without a text, this page's address. */
export function copyButtons(root) {
  if (!navigator.clipboard) return;
  for (const button of root.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(new URL(button.dataset.copy || "", location.href).href);
      const before = button.innerHTML;
      button.textContent = button.dataset.done;
      setTimeout(() => (button.innerHTML = before), 2000);
    });
  }
}
