// On a phone a long list begins folded: its heads say what is in it. Without scripts everything is open.
"use strict";

if (window.matchMedia("(max-width: 700px)").matches) {
  for (const part of document.querySelectorAll("details[data-folds-on-phones]")) {
    part.open = "#" + part.id === window.location.hash;
  }
}
