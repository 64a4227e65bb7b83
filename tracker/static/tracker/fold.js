// On a phone a long list begins folded: its heads say what is in it. Without scripts everything is open.
"use strict";

if (window.matchMedia("(max-width: 700px)").matches) {
  for (const part of document.querySelectorAll("details[data-folds-on-phones]")) {
    part.open = "#" + part.id === window.location.hash;
  }
}

// What the address names is open, though it stands folded among the others.
function openNamed() {
  const named = document.getElementById(window.location.hash.slice(1));
  if (named instanceof HTMLDetailsElement) {
    named.open = true;
  }
}
openNamed();
window.addEventListener("hashchange", openNamed);
