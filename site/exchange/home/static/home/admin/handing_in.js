// Handing in is said above the sentences, where a translator who comes back sees it first.
const saying = document.getElementById("handing-in-panel");
if (saying) document.querySelector(".js-translation-editor").before(saying);
