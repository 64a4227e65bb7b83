// A report's grid goes through by keyboard as a sheet does, takes a block that was copied from one, unfolds cells in
// place and counts what they leave over. Everything can be done without it, by Tab and by buttons.
"use strict";

(() => {
  const form = document.getElementById("entry");
  const state = document.getElementById("state");
  if (!form || !state) return;

  const boxesOf = (row) =>
    [...row.querySelectorAll("input:not([type=hidden], [type=radio]), select, textarea")].filter((box) => box.offsetParent);
  const rows = () => [...form.querySelectorAll("tbody.entry")];

  // -- Keyboard ---------------------------------------------------------------------------------------
  const go = (box) => {
    if (!box) return false;
    box.focus();
    if (box.select && box.type !== "checkbox") box.select();
    return true;
  };

  // The box below or above: the one as far to the right, or the last that there is.
  const along = (box, step) => {
    const own = box.closest("tbody.entry");
    const cells = box.closest(".cells");
    if (cells) {
      const inside = [...cells.querySelectorAll("input")];
      const next = inside[inside.indexOf(box) + step];
      if (next) return next;
    }
    const all = rows();
    const row = all[all.indexOf(own) + step];
    if (!row) return null;
    const others = boxesOf(row).filter((each) => !each.closest(".cells"));
    if (box.matches("textarea.comment, [type=checkbox]")) return others.find((each) => each.matches(box.matches("textarea") ? "textarea.comment" : "[type=checkbox]"));
    const place = boxesOf(own).filter((each) => !each.closest(".cells")).indexOf(box);
    const amounts = others.filter((each) => !each.matches("textarea.comment, [type=checkbox]"));
    return amounts[Math.min(Math.max(place, 0), amounts.length - 1)];
  };

  const beside = (box, step) => {
    const all = rows().flatMap(boxesOf);
    return all[all.indexOf(box) + step];
  };

  const isAtEdge = (box, key) => {
    if (box.type === "checkbox") return true;
    if (box.tagName === "SELECT") return false;
    const { selectionStart: start, selectionEnd: end, value } = box;
    const isAll = start === 0 && end === value.length;
    if (key === "ArrowLeft" || key === "ArrowUp") return isAll || end === 0;
    return isAll || start === value.length;
  };

  form.addEventListener("keydown", (event) => {
    const box = event.target;
    const row = box.closest("tbody.entry");
    if (!row || !box.matches("input, select, textarea") || event.isComposing) return;
    const isPlain = !event.ctrlKey && !event.altKey && !event.metaKey;
    const moves = {
      Enter: () => !(box.tagName === "TEXTAREA" && event.shiftKey) && along(box, event.shiftKey ? -1 : 1),
      ArrowDown: () => (box.tagName !== "TEXTAREA" || isAtEdge(box, event.key)) && box.tagName !== "SELECT" && along(box, 1),
      ArrowUp: () => (box.tagName !== "TEXTAREA" || isAtEdge(box, event.key)) && box.tagName !== "SELECT" && along(box, -1),
      ArrowRight: () => isAtEdge(box, event.key) && beside(box, 1),
      ArrowLeft: () => isAtEdge(box, event.key) && beside(box, -1),
    };
    if (isPlain && moves[event.key] && !(event.shiftKey && event.key.startsWith("Arrow"))) {
      if (box.type === "radio") return;
      const next = moves[event.key]();
      if (next) {
        event.preventDefault();
        go(next);
      } else if (event.key === "Enter" && box.tagName !== "TEXTAREA") {
        event.preventDefault(); // the last row: Enter is no button here
      }
    } else if (event.key === "F1") {
      event.preventDefault();
      row.querySelector("[data-tool=definition]")?.click();
    } else if (event.key === "F2") {
      event.preventDefault();
      const fold = row.querySelector("tr.parts");
      if (fold && box.closest("tr.parts")) go(boxesOf(row)[0]);
      else if (fold) go(fold.querySelector("input:not([type=hidden])"));
      else row.querySelector("[data-tool=cells]")?.click();
    } else if (event.key === "F4" || event.key === "F8") {
      const tool = row.querySelector(event.key === "F4" ? "[data-tool=same]" : "[data-tool=evidence]");
      if (tool) {
        event.preventDefault();
        tool.click();
      }
    } else if (event.key === "Escape" && box.value !== undefined && box.type !== "checkbox" && box.value !== box.defaultValue && box.defaultValue !== undefined) {
      box.value = box.defaultValue;
      box.dispatchEvent(new Event("input", { bubbles: true }));
      box.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });

  // -- What a row opens -------------------------------------------------------------------------------
  // Cells that are folded are left alone by what is saved.
  const unfold = async (row) => {
    const parts = row.querySelector("tr.parts");
    if (parts) {
      if (!("changed" in row.dataset || row.classList.contains("wrong"))) parts.remove();
      return true;
    }
    try {
      await window.htmx.ajax("GET", `${location.pathname}?unfold=${row.id.slice(1)}`, { source: row, target: row, swap: "beforeend" });
    } catch {
      state.textContent = state.dataset.offline;
      return false;
    }
    // Asked for twice before it came, it came twice.
    for (const again of [...row.querySelectorAll("tr.parts")].slice(1)) again.remove();
    return true;
  };
  const intoCells = (row) => go(row.querySelector("tr.parts input:not([type=hidden])"));

  // What this browser kept of a row's cells waits for them, until there is a connection.
  form.addEventListener("tracker:unfold", async (event) => {
    if (await unfold(event.target)) event.target.dispatchEvent(new CustomEvent("tracker:unfolded", { bubbles: true }));
  });

  form.addEventListener("click", (event) => {
    const tool = event.target.closest("[data-tool]");
    const row = tool?.closest("tbody.entry");
    if (!row || !window.htmx || event.ctrlKey || event.metaKey) return;
    const id = row.id.slice(1);
    if (tool.dataset.tool === "cells") {
      event.preventDefault();
      unfold(row).then(() => intoCells(row));
    } else if (tool.dataset.tool === "definition") {
      event.preventDefault();
      const shown = row.querySelector(".definition");
      if (shown) shown.remove();
      else window.htmx.ajax("GET", `${location.pathname}?define=${id}`, { source: row, target: row.querySelector("th"), swap: "beforeend" });
    } else if (tool.dataset.tool === "same") {
      event.preventDefault();
      const values = { then: `same-${id}` };
      for (const name of ["csrfmiddlewaretoken", "page"]) values[name] = form.elements[name].value;
      window.htmx.ajax("POST", location.pathname, { source: document.getElementById("saver"), values, swap: "none" });
    }
  });

  // -- What cells leave over --------------------------------------------------------------------------
  const number = (text) => {
    const bare = text.replace(/[\s\u00a0\u2009\u202f]/g, "");
    if (bare === "") return 0;
    const mark = form.dataset.mark;
    const grouped = new RegExp(`^-?\\d{1,3}(\\${mark === "," ? "." : ","}\\d{3})*(\\${mark}\\d+)?$|^-?\\d+(\\${mark}\\d+)?$`);
    if (!grouped.test(bare)) return NaN;
    return Number(bare.replaceAll(mark === "," ? "." : ",", "").replace(",", "."));
  };

  const recount = (split) => {
    const output = split.querySelector("output");
    const total = form.elements[`${split.dataset.of}-value`];
    if (!output || !total || total.value.trim() === "") return;
    const given = [...split.querySelectorAll("input")].reduce((sum, box) => sum + number(box.value), 0);
    const rest = number(total.value) - given;
    output.classList.toggle("over", rest < 0);
    if (Number.isNaN(rest)) output.textContent = "–";
    else {
      const shown = Math.abs(rest).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 6 });
      output.textContent = rest < 0 ? `${shown} ${output.dataset.over}` : shown;
    }
  };
  form.addEventListener("input", (event) => {
    for (const split of event.target.closest("tbody.entry")?.querySelectorAll("[data-exclusive]") ?? []) recount(split);
  });

  // -- A block from a sheet ---------------------------------------------------------------------------
  const choose = (box, text) => {
    if (box.tagName !== "SELECT") {
      box.value = text;
      return true;
    }
    const option = [...box.options].find((each) => each.text.trim().toLowerCase() === text.toLowerCase());
    if (option) box.value = option.value;
    return Boolean(option);
  };

  form.addEventListener("paste", (event) => {
    const box = event.target;
    const own = box.closest("tbody.entry");
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const lines = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n");
    if (!own || (lines.length === 1 && !lines[0].includes("\t"))) return;
    event.preventDefault();
    const block = lines.map((line) => line.split("\t").map((cell) => cell.trim()));
    const all = rows();
    const ofCode = new Map(all.map((row) => [row.dataset.code, row]));
    const isByCode = block.every(([first]) => first === "" || ofCode.has(first));
    const into = box.closest(".cells") ? [...box.closest(".cells").querySelectorAll("input")] : null;
    let taken = 0;
    let left = 0;
    const put = (target, said) => {
      if (said === "") return;
      if (!target || !choose(target, said)) {
        left += 1;
        return;
      }
      taken += 1;
      target.dispatchEvent(new Event("input", { bubbles: true }));
      target.dispatchEvent(new Event("change", { bubbles: true }));
    };
    if (into) {
      const cells = block.flat();
      cells.forEach((said, place) => put(into[into.indexOf(box) + place], said));
    } else {
      const amountsOf = (row) => boxesOf(row).filter((each) => !each.closest(".cells") && each.type !== "checkbox");
      const from = isByCode ? 0 : Math.max(amountsOf(own).indexOf(box), 0);
      block.forEach((cells, place) => {
        const row = isByCode ? ofCode.get(cells[0]) : all[all.indexOf(own) + place];
        const said = isByCode ? cells.slice(1) : cells;
        said.forEach((each, column) => put(row && amountsOf(row)[from + column], each));
      });
    }
    const pasted = state.dataset.pasted.replace("{taken}", taken);
    document.getElementById("pasted").textContent = left > 0 ? `${pasted} ${state.dataset.left.replace("{left}", left)}` : pasted;
  });
})();
