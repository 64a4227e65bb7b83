// One box for all: it ticks every box of its form by that name, and is let go with the first of them.
for (const all of document.querySelectorAll("input[data-all-of]")) {
  const boxes = [...all.form.elements].filter((box) => box.name === all.dataset.allOf);
  const tickAll = () => boxes.forEach((box) => { box.checked = all.checked; });
  all.addEventListener("change", tickAll);
  for (const box of boxes) {
    box.addEventListener("change", () => { all.checked = all.checked && box.checked; });
  }
  // A browser that comes back to the page restores the box, not what it did.
  if (all.checked) tickAll();
}
