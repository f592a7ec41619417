// The tabs below: one is open, or none. What is in one is made when it is first opened and drawn
// only while it is.

import { fill, h, whenChanged } from "./dom.js";

/** @param tabs { name: { label, view(root, actions) } } in the order of the bar */
export function dock(root, bar, actions, tabs) {
  const views = {};
  const buttons = Object.entries(tabs).map(([name, { label, key }]) => h("button", {
    class: "tab", role: "tab", id: `tab-${name}`, "aria-controls": "dock", "aria-selected": "false",
    title: key ? `${label} (${key})` : label,
    onclick: () => actions.tab(name) }, label));
  const close = h("button", { class: "quiet close", "aria-label": "Close the tab", title: "Close the tab",
    onclick: () => actions.tab(null) }, "\u2715");
  const rack = h("div", { role: "tablist", "aria-label": "Tabs" }, buttons);
  fill(bar, rack, h("div", { class: "grow" }), close);
  rack.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = buttons.indexOf(document.activeElement);
    buttons.at((at + step) % buttons.length).focus();
  });

  const choose = whenChanged((state) => [state.tab, state.session === null], ({ tab, session }) => {
    const open = session !== null && tabs[tab] !== undefined;
    root.hidden = !open;
    close.hidden = !open;
    bar.hidden = session === null;
    document.getElementById("split-dock").hidden = !open;
    document.getElementById("work").classList.toggle("has-dock", open);
    Object.keys(tabs).forEach((name, i) => {
      buttons[i].setAttribute("aria-selected", String(open && name === tab));
      buttons[i].tabIndex = name === tab || (!open && i === 0) ? 0 : -1;
    });
    if (!open) return;
    if (views[tab] === undefined) {
      const pane = h("section", { class: `pane ${tab}`, tabindex: 0 });
      views[tab] = { pane, draw: tabs[tab].view(pane, actions) };
    }
    root.replaceChildren(views[tab].pane);
    root.setAttribute("aria-labelledby", `tab-${tab}`);
  });

  const offer = whenChanged((state) => [state.offers], ({ offers }) => Object.values(tabs).forEach(({ needs }, i) => {
    buttons[i].hidden = needs !== undefined && !offers.has(needs);
  }));

  return (state) => {
    offer(state);
    choose(state);
    if (state.session !== null) views[state.tab]?.draw(state);
  };
}
