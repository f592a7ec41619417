// The strip of addresses in messages that mean nobody: who says it, and the rule that mends it, one click away.

import { warningsOf } from "../state/addresses.js";
import { colourOf, grouped, visible } from "../state/format.js";
import { h, morph, whenChanged } from "./dom.js";

const MOST = 5;

export function addressStrip(root, actions) {
  const one = (warning, rulesOffered) => {
    const key = `${warning.lab} ${warning.address}`;
    const act = (name, label, title, onclick) =>
      h("button", { class: "quiet small", data: { key: `${name} ${key}` }, title, onclick }, label);
    return h("li", { data: { address: warning.address } },
      h("span", { class: `game${colourOf(warning.instance)}` }, visible(warning.instance)),
      h("button", { class: "link", data: { key: `go ${key}` }, title: "The newest packet that names it",
        onclick: () => actions.select(warning.sequence) }, `No. ${grouped(warning.sequence)}`),
      h("span", { class: "what", title: visible(warning.text) }, visible(warning.text)),
      h("span", { class: "grow" }),
      warning.rule === undefined || !rulesOffered ? null : [
        act("mend", "Set the rule", visible(warning.rule.text), () => actions.mendAddress(warning.rule)),
        act("look", "Look at it first\u2026", "Opens the rule in the editor; nothing is saved",
          () => actions.lookAtRule(warning.rule))]);
  };

  return whenChanged((state) => [state.addressWarnings, state.ruleFiles, state.session, state.offers], (state) => {
    const open = warningsOf(state).filter(({ mended }) => !mended);
    root.hidden = open.length === 0;
    if (root.hidden) return;
    morph(root, h("b", {}, "Addresses of nobody"), h("ul", {},
      open.slice(0, MOST).map((warning) => one(warning, state.offers.has("/api/rules"))),
      open.length > MOST ? h("li", { class: "dim" }, `and ${grouped(open.length - MOST)} more`) : null));
  });
}
