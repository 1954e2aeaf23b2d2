// Filters the tree of capacities while an editor types; without it the whole tree is there to scroll.
document.addEventListener("input", (event) => {
  if (!event.target.matches(".capacity-tree__find")) return;
  const words = event.target.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  for (const row of event.target.closest("[data-capacity-tree]").querySelectorAll("[data-names]")) {
    const checked = row.querySelector("input").checked;
    row.hidden = !checked && !words.every((word) => row.dataset.names.includes(word));
  }
});
document.addEventListener("keydown", (event) => {
  // Enter in the search box must not send the page's form.
  if (event.key === "Enter" && event.target.matches(".capacity-tree__find")) event.preventDefault();
});
