// The form of a report saves by itself: each row when it is left, several at once where they were changed together.
// What could not be sent stays in its boxes and in this browser, and goes as soon as there is a connection again.
// Without this script the buttons below the form do the same.
"use strict";

(() => {
  const form = document.getElementById("entry");
  const state = document.getElementById("state");
  const saver = document.getElementById("saver");
  if (!form || !state || !saver || !window.htmx) return;

  const KEPT = `typed-in-report:${form.dataset.keep}`;
  const IDLE_MS = 4000;
  const RETRY_MS = [2000, 5000, 15000, 60000];
  const rowOf = (control) => control.closest("tbody.entry");
  const controlsOf = (row) => [...row.querySelectorAll("input, select, textarea")];
  const isAsked = (control) => control.type === "hidden" || control.type === "submit";

  const changed = new Set(); // rows to be sent
  const wrong = new Set(); // rows that were refused: not sent again until they are changed
  const waiting = new Map(); // what this browser kept of rows whose cells are not on the page yet
  let sending = null;
  let failures = 0;
  let idle = 0;
  let isLeaving = false;
  let leadsTo = ""; // where to go as soon as what changed is saved

  const say = (sentence) => {
    state.textContent = sentence;
  };
  const isOpen = () => changed.size > 0 || wrong.size > 0 || waiting.size > 0 || sending !== null || "typed" in form.dataset;

  const valuesOf = (row) => {
    const values = {};
    for (const control of controlsOf(row)) {
      if (!control.name || control.type === "submit") continue;
      if ((control.type === "checkbox" || control.type === "radio") && !control.checked) continue;
      values[control.name] = control.value;
    }
    return values;
  };

  // -- What this browser keeps ------------------------------------------------------------------------
  const keep = () => {
    const open = new Set([...changed, ...wrong, ...(sending ?? []), ...waiting.keys()]);
    try {
      if (open.size === 0) localStorage.removeItem(KEPT);
      else localStorage.setItem(KEPT, JSON.stringify([...open].map((id) => waiting.get(id) ?? valuesOf(document.getElementById(id)))));
    } catch {
      // Full, or not allowed: what is typed is still in its boxes.
    }
  };

  const bringBack = () => {
    let rows = [];
    try {
      rows = JSON.parse(localStorage.getItem(KEPT) ?? "[]");
    } catch {
      return;
    }
    for (const values of rows) {
      const shown = Object.keys(values).find((name) => name.endsWith("-shown"));
      const box = shown && form.elements[shown];
      if (!box) continue;
      const row = rowOf(box instanceof RadioNodeList ? box[0] : box);
      const hasCells = Object.keys(values).some((name) => name.endsWith("-parts"));
      if (hasCells && !row.querySelector("tr.parts")) waiting.set(row.id, values);
      else putBack(row, values);
    }
    if (changed.size + waiting.size > 0) say(state.dataset.back);
    else keep();
    askForCells();
  };

  const askForCells = () => {
    for (const id of waiting.keys()) document.getElementById(id).dispatchEvent(new CustomEvent("tracker:unfold", { bubbles: true }));
  };

  const putBack = (row, values) => {
    let isOther = false;
    for (const control of controlsOf(row)) {
      if (isAsked(control) || control.type === "radio" || !(control.name in values || control.type === "checkbox")) continue;
      if (control.type === "checkbox") {
        isOther ||= control.checked !== control.name in values;
        control.checked = control.name in values;
      } else if (control.value !== values[control.name]) {
        isOther = true;
        control.value = values[control.name];
      }
    }
    if (!isOther) return;
    // Against what they had before them then: what a colleague saved meanwhile is asked about.
    for (const control of row.querySelectorAll("[name$='-shown'], [name$='-parts']")) control.value = values[control.name] ?? control.value;
    changed.add(row.id);
  };

  form.addEventListener("tracker:unfolded", (event) => {
    const row = event.target;
    const values = waiting.get(row.id);
    if (!values) return;
    waiting.delete(row.id);
    putBack(row, values);
    keep();
    send();
  });

  // -- Sending ----------------------------------------------------------------------------------------
  const send = () => {
    clearTimeout(idle);
    if (sending || changed.size === 0) return;
    sending = new Set(changed);
    changed.clear();
    const values = {};
    for (const name of ["csrfmiddlewaretoken", "page"]) values[name] = form.elements[name].value;
    for (const id of sending) Object.assign(values, valuesOf(document.getElementById(id)));
    say(state.dataset.saving);
    window.htmx.ajax("POST", location.pathname, { source: saver, values, swap: "none" });
  };

  const settle = (isTaken) => {
    const sent = sending ?? new Set();
    sending = null;
    for (const id of sent) {
      const row = document.getElementById(id);
      if (!isTaken) {
        changed.add(id);
        continue;
      }
      const said = row.querySelector(".row-said");
      const blamed = new Set([...said.querySelectorAll("[data-box]")].map((item) => item.dataset.box));
      for (const control of controlsOf(row)) {
        if (blamed.has(control.id)) control.setAttribute("aria-invalid", "true");
        else control.removeAttribute("aria-invalid");
        if (blamed.size === 0 && !isAsked(control) && "defaultValue" in control) control.defaultValue = control.value;
      }
      row.classList.toggle("wrong", blamed.size > 0);
      if (blamed.size > 0) wrong.add(id);
      else wrong.delete(id);
      if (!changed.has(id) && blamed.size === 0) delete row.dataset.changed;
    }
    keep();
    count();
  };

  const count = () => {
    const states = [...form.querySelectorAll(".row-said")].map((said) => said.dataset.state);
    const totals = {
      given: states.filter((each) => each === "given").length,
      explained: states.filter((each) => each === "explained").length,
      missing: states.filter((each) => each === "missing").length,
      questions: form.querySelectorAll(".to-answer li:not(.answered)").length,
    };
    // Only what is missing is on the page: the others are counted by the server alone.
    if ("part" in form.dataset) return;
    for (const [name, total] of Object.entries(totals)) {
      for (const place of document.querySelectorAll(`[data-count="${name}"]`)) {
        place.textContent = total;
        place.closest("[data-none]")?.toggleAttribute("hidden", total === 0);
      }
    }
  };

  saver.addEventListener("htmx:afterRequest", (event) => {
    const { xhr, successful } = event.detail;
    if (!successful) leadsTo = "";
    if (successful) {
      failures = 0;
      const isLocked = document.querySelector("#refused:not(:empty)");
      settle(!isLocked);
      if (!isLocked && changed.size > 0) send();
      else if (leadsTo && !isLocked) location.assign(leadsTo);
    } else if (xhr.status === 0 || xhr.status >= 500) {
      settle(false);
      say(xhr.status === 0 ? state.dataset.offline : state.dataset.failed);
      setTimeout(send, RETRY_MS[Math.min(failures++, RETRY_MS.length - 1)]);
    } else {
      // Signed out, or signed in anew: the server keeps what was typed where it can.
      settle(false);
      state.innerHTML = state.dataset.signedout;
    }
  });
  window.addEventListener("online", () => {
    askForCells();
    send();
  });

  // What was typed since a row was sent is not drawn over: it goes next, and a colleague's change is asked about then.
  document.body.addEventListener("htmx:oobBeforeSwap", (event) => {
    const { target } = event.detail;
    if (target.matches("tbody.entry") && changed.has(target.id)) event.detail.shouldSwap = false;
  });

  // -- Typing -----------------------------------------------------------------------------------------
  const touch = (control) => {
    const row = control.name && rowOf(control);
    if (!row) return null;
    changed.add(row.id);
    row.dataset.changed = "";
    const kept = waiting.get(row.id);
    if (kept) {
      // What is typed now stands, when the cells come.
      if (control.type === "checkbox" && !control.checked) delete kept[control.name];
      else kept[control.name] = control.value;
    }
    keep();
    return row;
  };
  form.addEventListener("input", (event) => {
    if (!touch(event.target)) return;
    if (navigator.onLine) say(state.dataset.typed);
    clearTimeout(idle);
    idle = setTimeout(send, IDLE_MS);
  });
  form.addEventListener("change", (event) => {
    if (touch(event.target)) {
      // Several rows that change at once, as when a block is pasted, go together.
      clearTimeout(idle);
      idle = setTimeout(send, 50);
    }
  });
  // A row in which something was typed is sent when it is left, also where its box says the same as before.
  form.addEventListener("focusout", (event) => {
    const row = rowOf(event.target);
    if (row && changed.has(row.id) && !row.contains(event.relatedTarget)) {
      clearTimeout(idle);
      idle = setTimeout(send, 50);
    }
  });

  // A row's evidence is a page of its own: what changed is saved first, and a broken line leads nowhere.
  form.addEventListener("click", (event) => {
    const tool = event.target.closest("[data-tool=evidence]");
    if (!tool || "typed" in form.dataset) return;
    event.preventDefault();
    if (!navigator.onLine) {
      say(state.dataset.offline);
      return;
    }
    leadsTo = `${location.pathname}evidence/?indicator=${encodeURIComponent(rowOf(tool).dataset.code)}#add-title`;
    if (changed.size === 0 && sending === null) location.assign(leadsTo);
    else send();
  });

  // -- Leaving ----------------------------------------------------------------------------------------
  document.addEventListener("submit", (event) => {
    isLeaving = event.target === form || "discards" in event.target.dataset;
    if (isLeaving) {
      try {
        localStorage.removeItem(KEPT);
      } catch {
        // As above.
      }
    }
  });
  window.addEventListener("pageshow", () => {
    isLeaving = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (!isLeaving && isOpen()) event.preventDefault();
  });

  // What came back after a session had ended is looked over first, and saved by its button.
  if (!("typed" in form.dataset)) form.classList.add("saves-itself");
  bringBack();
  if (changed.size > 0) send();
})();
