// A long form (of a report, an activity, an indicator): says that something is typed and not saved, and asks before it is left.
// Everything works without it.
"use strict";

(() => {
  const form = document.getElementById("entry");
  const state = document.getElementById("state");
  if (!form || !state) return;

  const asLoaded = (control) => {
    if (control.type === "checkbox" || control.type === "radio") return control.checked === control.defaultChecked;
    if (control.tagName === "SELECT") {
      const chosen = [...control.options].findIndex((option) => option.defaultSelected);
      return control.selectedIndex === Math.max(chosen, 0);
    }
    return control.type === "hidden" || control.type === "submit" || control.value === control.defaultValue;
  };
  const isTyped = () => "typed" in form.dataset || ![...form.elements].every(asLoaded);

  const saved = state.textContent;
  let isSending = false;
  const say = () => {
    state.textContent = isTyped() ? state.dataset.typed : saved;
  };

  form.addEventListener("change", say);
  form.addEventListener("input", () => {
    state.textContent = state.dataset.typed;
  });
  document.addEventListener("submit", (event) => {
    isSending = event.target === form || "discards" in event.target.dataset;
  });
  // Who says that nothing is to be saved is not asked again.
  document.addEventListener("click", (event) => {
    if (event.target.closest("a[data-discards]")) isSending = true;
  });
  // The browser brought the page back, with what was typed in it.
  window.addEventListener("pageshow", () => {
    isSending = false;
    say();
  });
  window.addEventListener("beforeunload", (event) => {
    if (!isSending && isTyped()) event.preventDefault();
  });
})();
