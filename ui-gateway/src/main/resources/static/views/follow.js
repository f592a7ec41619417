// A flow as its two sides spoke: opener and target in two colours, live, as text or as bytes.

import { asDump, asText, delta } from "../state/turns.js";
import { grouped, span, visible } from "../state/format.js";
import { fill, h, whenChanged } from "./dom.js";

export function followTab(root, actions) {
  const title = h("span", {});
  const forms = h("select", { "aria-label": "Form of the bytes", onchange: () => redraw() },
    h("option", { value: "text" }, "Text"), h("option", { value: "hex" }, "Hexadecimal"));
  const turns = h("div", { class: "turns", tabindex: 0, role: "log", "aria-label": "Stream" });
  const more = h("button", { class: "quiet small", onclick: actions.followMore }, "Load more");
  root.append(h("div", { class: "bar" }, title, forms, more, h("span", { class: "grow" }),
    h("span", { class: "legend-inline" }, h("i", { class: "from-opener" }, "opener"), " ",
      h("i", { class: "from-target" }, "target"))), turns);
  let state = null;
  let drawnOf = null;

  const turn = (all, i) => {
    const { sequence, from, hex, deliveredHex } = all[i];
    const since = delta(all, i);
    const as = forms.value === "hex" ? asDump : (value) => asText(value);
    return h("div", { class: `turn from-${from}`, data: { sequence } },
      h("button", { class: "link", onclick: () => actions.select(sequence) }, `No. ${grouped(sequence)}`),
      h("span", { class: "dim" }, since === null ? "" : ` +${span(since)}`),
      h("pre", {}, as(hex)),
      deliveredHex === undefined ? null
        : h("pre", { class: "delivered", title: "What was delivered instead" }, as(deliveredHex)));
  };

  function redraw() {
    drawnOf = null;
    draw(state);
  }

  function draw(next) {
    state = next;
    const { flow, tabs: { follow, flows } } = state;
    more.hidden = follow === undefined || follow.complete;
    if (flow === null) {
      title.textContent = "Choose a flow: in the tab Flows, or a packet and F.";
      turns.replaceChildren();
      return;
    }
    const known = flows?.find(({ number }) => number === flow);
    title.textContent = `Flow ${flow}` + (known ? ` \u00b7 ${known.protocol} \u00b7 `
      + `${visible(known.opener.instance ?? "?")} with ${visible(known.target.instance ?? "everybody")}` : "");
    if (follow === undefined) return fill(turns, h("p", { class: "dim" }, "Loading\u2026"));
    const all = follow.turns;
    const atEnd = turns.scrollTop + turns.clientHeight >= turns.scrollHeight - 30;
    // What is there already stays as it is: a stream that is read is not drawn again.
    const last = Number(turns.lastElementChild?.dataset.sequence ?? 0);
    const goesOn = drawnOf === flow && all[0]?.sequence === Number(turns.firstElementChild?.dataset.sequence);
    const from = goesOn ? all.findIndex(({ sequence }) => sequence > last) : 0;
    if (!goesOn) turns.replaceChildren();
    if (from >= 0) turns.append(...all.slice(from).map((_, i) => turn(all, from + i)));
    if (all.length === 0) fill(turns, h("p", { class: "dim" }, "Nothing was said yet."));
    if (goesOn && atEnd) turns.scrollTop = turns.scrollHeight;
    drawnOf = all.length === 0 ? null : flow;
  }

  return whenChanged((next) => [next.flow, next.tabs.follow, next.tabs.flows], draw);
}
