// The menu of a row or a field: a list of what can be done with it, by pointer or by arrows.

import { fill, h } from "./dom.js";

/** @param entries [label, action], a heading as [label], or null for a line between them */
export function openMenu(root, entries, x, y) {
  const before = document.activeElement;
  const close = (back = true) => {
    root.hidden = true;
    root.onkeydown = null;
    removeEventListener("mousedown", outside, true);
    if (back) before?.focus?.({ preventScroll: true });
  };
  const outside = (event) => { if (!root.contains(event.target)) close(false); };
  fill(root, entries.filter(isWanted).map((entry) => {
    if (entry === null) return h("hr", { role: "separator" });
    const [label, act, ...marks] = entry;
    return act === undefined ? h("div", { class: "heading dim", role: "presentation" }, label)
      : h("button", { type: "button", role: "menuitem", tabindex: -1, class: marks.join(" "),
        onclick: () => { close(); act(); } }, label);
  }));
  root.hidden = false;
  root.style.left = `${Math.max(4, Math.min(x, innerWidth - root.offsetWidth - 6))}px`;
  root.style.top = `${Math.max(4, Math.min(y, innerHeight - root.offsetHeight - 6))}px`;
  const items = [...root.querySelectorAll("button")];
  items[0]?.focus();
  root.onkeydown = (event) => {
    const at = items.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 }[event.key];
    if (event.key === "Escape" || event.key === "Tab") close();
    else if (to !== undefined) items[to % items.length].focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  addEventListener("mousedown", outside, true);
}

const isWanted = (entry) => entry !== undefined && entry !== false;
