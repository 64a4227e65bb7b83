// A file that is larger than is taken is told before it is sent. The server says the same.
"use strict";

(() => {
  const input = document.getElementById("file");
  if (!input) return;
  const said = document.getElementById("file-too-large");
  input.addEventListener("change", () => {
    const file = input.files[0];
    const isTooLarge = Boolean(file) && file.size > Number(input.dataset.most);
    said.hidden = !isTooLarge;
    input.setCustomValidity(isTooLarge ? said.textContent.trim() : "");
  });
})();
