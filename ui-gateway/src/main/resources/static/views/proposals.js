// What may be typed next, under the input that it is typed into. Arrows choose, Tab or Enter takes.

import { fill, h } from "./dom.js";

const MOST = 12;

/**
 * @param take called with the proposal that was chosen
 * @param forget called with a saved one that is no longer wanted; may offer others
 */
export function proposals(box, input, take, forget) {
  const list = h("ul", { class: "proposals", id: "filter-proposals", role: "listbox",
    "aria-label": "Proposals", hidden: true });
  box.append(list);
  let offered = [];
  let chosen = -1;

  input.addEventListener("blur", () => close());

  function close() {
    offered = [];
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function draw() {
    fill(list, offered.map((proposal, i) => h("li", {
      role: "option", id: `proposal-${i}`, class: `proposal ${proposal.kind}`,
      "aria-selected": String(i === chosen),
      // The input keeps the focus.
      onmousedown: (event) => { event.preventDefault(); accept(i); },
    },
      h("code", {}, proposal.text), h("span", { class: "dim" },
        [proposal.description, proposal.type].filter(Boolean).join(" \u00b7 ")),
      h("span", { class: "kind dim" }, proposal.kind),
      proposal.kind !== "saved" ? null : h("span", { class: "forget", title: "Without this saved filter (Shift+Delete)",
        // The list itself would take it.
        onmousedown: (event) => { event.preventDefault(); event.stopPropagation(); forget(proposal); } }, "\u2715"))));
    if (chosen >= 0) input.setAttribute("aria-activedescendant", `proposal-${chosen}`);
    list.children[chosen]?.scrollIntoView({ block: "nearest" });
  }

  function accept(i) {
    const proposal = offered[i];
    close();
    take(proposal);
  }

  return {
    close,
    /** Shows these instead of what it shows, none of them chosen. */
    offer(all) {
      if (document.activeElement !== input || all.length === 0) {
        close();
        return;
      }
      offered = all.slice(0, MOST);
      chosen = -1;
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      input.removeAttribute("aria-activedescendant");
      draw();
    },
    /** Whether a key was for the list. */
    key(event) {
      if (offered.length === 0 || event.ctrlKey || event.altKey) return false;
      switch (event.key) {
        case "Delete":
          if (!event.shiftKey || offered[chosen]?.kind !== "saved") return false;
          forget(offered[chosen]);
          event.preventDefault();
          return true;
        case "ArrowDown": chosen = (chosen + 1) % offered.length; break;
        case "ArrowUp": chosen = (chosen <= 0 ? offered.length : chosen) - 1; break;
        case "Tab": accept(Math.max(0, chosen)); event.preventDefault(); return true;
        case "Enter":
          if (chosen < 0) return false;
          accept(chosen);
          event.preventDefault();
          return true;
        case "Escape": close(); event.preventDefault(); return true;
        default: return false;
      }
      event.preventDefault();
      draw();
      return true;
    },
  };
}
