// What the guides say of a page opens beside it, fetched when it is asked for. Without this script the link leads to the
// section in the whole guide.
"use strict";

(() => {
  const link = document.querySelector("a.help-link[data-beside]");
  const main = document.getElementById("content");
  if (!link || !main) return;
  const aside = document.createElement("aside");
  aside.id = "help-aside";
  aside.className = "help-aside";
  aside.setAttribute("aria-labelledby", "help-title");
  aside.hidden = true;
  main.after(aside);
  link.setAttribute("aria-expanded", "false");
  link.setAttribute("aria-controls", aside.id);
  let before = link;

  const show = (isOpen) => {
    aside.hidden = !isOpen;
    document.documentElement.classList.toggle("with-help", isOpen);
    link.setAttribute("aria-expanded", String(isOpen));
  };

  // To the title, so that it is read out from its beginning, without moving the page.
  const lookAt = () => document.getElementById("help-title")?.focus({ preventScroll: true });

  const open = async () => {
    if (aside.childElementCount === 0) {
      try {
        const answer = await fetch(link.dataset.beside);
        if (!answer.ok) throw new Error(answer.statusText);
        aside.innerHTML = await answer.text();
      } catch {
        aside.textContent = link.dataset.failed;
      }
    }
    show(true);
    lookAt();
  };

  const close = () => {
    const isHere = aside.contains(document.activeElement) || document.activeElement === document.body;
    show(false);
    if (aside.childElementCount === 0) aside.textContent = ""; // it failed: asked for again the next time
    if (isHere) (before.isConnected ? before : link).focus({ preventScroll: before !== link });
  };

  // Where somebody was when they reached for the mouse: there they go on.
  link.addEventListener("pointerdown", () => {
    const at = document.activeElement;
    before = at && at !== document.body && !aside.contains(at) ? at : link;
  });
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (event.detail === 0) before = link; // by the keyboard
    if (aside.hidden) open();
    else close();
  });
  aside.addEventListener("click", (event) => {
    if (event.target.closest("button")) close();
  });
  // In a box of the page Esc is the box's own.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || aside.hidden || event.defaultPrevented) return;
    if (!aside.contains(event.target) && event.target.matches("input, select, textarea")) return;
    close();
  });
})();
