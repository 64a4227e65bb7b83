// The narrative and the activities of a report: each row is sent when one of its fields is left (htmx does that), and
// what could not be saved is said, kept on the page and sent again. Everything works without it, by the button.
"use strict";

(() => {
  const form = document.getElementById("entry");
  if (!form) return;
  const rows = [...form.querySelectorAll("[data-saves]")];
  const unsaved = new Set("typed" in form.dataset ? [form] : []);
  let isLeaving = false;

  const say = (words, isWrong) => {
    const state = document.getElementById("state");
    state.textContent = words;
    state.classList.toggle("refused", isWrong);
  };
  const rowOf = (element) => element.closest("[data-saves]");

  form.addEventListener("input", (event) => {
    const row = rowOf(event.target);
    if (!row || event.target.type === "radio") return;
    unsaved.add(row);
    say(form.dataset.leaving, false);
  });

  // A row is sent alone, with what every form has.
  document.body.addEventListener("htmx:configRequest", (event) => {
    const row = rowOf(event.detail.elt);
    if (!row) return;
    for (const name of [...event.detail.formData.keys()]) {
      const isOwn = name.startsWith(`${row.dataset.saves}-`);
      if (!isOwn && !["csrfmiddlewaretoken", "page", "added"].includes(name)) event.detail.formData.delete(name);
    }
    unsaved.delete(row);
  });

  document.body.addEventListener("htmx:afterRequest", (event) => {
    const row = rowOf(event.detail.elt);
    if (!row) return;
    const state = document.getElementById("state");
    if (event.detail.failed || !event.detail.xhr.responseText.includes('id="state"')) {
      unsaved.add(row);
      if (event.detail.xhr.status) say(form.dataset.failed, true);
      return;
    }
    if (!("saved" in state.dataset)) unsaved.add(row);
    const said = document.getElementById(`said-${row.dataset.saves}`);
    if (!("blamed" in said.dataset)) return;
    const blamed = said.dataset.blamed.split(" ");
    for (const list of row.querySelectorAll(".errorlist")) if (!said.contains(list)) list.remove();
    for (const box of row.querySelectorAll(".saves")) {
      if (blamed.includes(box.name)) {
        box.setAttribute("aria-invalid", "true");
        box.setAttribute("aria-describedby", `errors-${box.name}`);
      } else {
        box.removeAttribute("aria-invalid");
        box.removeAttribute("aria-describedby");
      }
    }
    row.classList.toggle("wrong", said.dataset.blamed !== "" || said.querySelector(".clash") !== null);
  });

  const lost = (event) => {
    const row = rowOf(event.detail.elt);
    if (!row) return;
    unsaved.add(row);
    say(form.dataset.lost, true);
  };
  document.body.addEventListener("htmx:sendError", lost);
  document.body.addEventListener("htmx:timeout", lost);
  window.addEventListener("online", () => {
    for (const row of rows.filter((each) => unsaved.has(each))) {
      row.querySelector(".saves").dispatchEvent(new Event("change", { bubbles: true }));
    }
  });

  document.addEventListener("submit", (event) => {
    isLeaving = event.target === form || "discards" in event.target.dataset;
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("a[data-discards]")) isLeaving = true;
  });
  window.addEventListener("pageshow", () => {
    isLeaving = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (!isLeaving && unsaved.size) event.preventDefault();
  });
})();
