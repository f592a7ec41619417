// The amber strip of what waits for a person: since when, what it blocks, and what can be done with it.

import { rowOf } from "../state/log.js";
import { currentSession } from "../state/reducer.js";
import { ageText, blocksText, heldRows, heldText, whatText } from "../state/held.js";
import { colourOf, grouped, visible } from "../state/format.js";
import { h, morph } from "./dom.js";

const MOST = 5;
const AGE_MILLIS = 200;

export function heldStrip(root, actions) {
  let state = null;
  let last = [];

  const one = (held, since) => {
    const { session, log } = state;
    const row = held.session === session ? rowOf(log, held.sequence) : null;
    const key = `${held.lab} ${held.number}`;
    const act = (name, label, title, onclick, off = false) =>
      h("button", { class: "quiet small", data: { key: `${name} ${key}` }, title, disabled: off, onclick }, label);
    return h("li", { data: { held: held.number } },
      h("span", { class: `game${colourOf(held.from)}` }, held.from), " \u2192 ",
      h("span", { class: `game${colourOf(held.to)}` }, held.to),
      held.lab === currentSession(state)?.lab ? null : h("span", { class: "dim" }, `lab ${held.lab}`),
      held.session === session ? h("button", { class: "link", data: { key: `go ${key}` },
        onclick: () => actions.select(held.sequence) }, `No. ${grouped(held.sequence)}`) : null,
      h("span", { class: "what" }, visible(whatText(held, row), 120)),
      h("span", { class: "dim" }, `rule ${visible(held.rule, 40)}`),
      h("b", { class: "age" }, ageText(held, since)), h("span", { class: "blocks" }, blocksText(held)),
      h("span", { class: "grow" }),
      act("release", "Release", "Let it go on as it is", () => actions.releaseHeld(held), !held.first),
      act("step", "Step", "Let it go on, and hold the next one on its way", () => actions.stepHeld(held), !held.first),
      act("edit", "Edit\u2026", "Change its fields or bytes, and let it go on", () => actions.editHeld(held), !held.first),
      act("drop", "Drop", "It is not passed on; what is behind it goes on", () => actions.dropHeld(held)));
  };

  function draw() {
    if (state === null) return;
    const rows = heldRows(state.held, currentSession(state)?.lab);
    root.hidden = rows.length === 0;
    if (root.hidden) return;
    const since = Date.now() - state.heldAt;
    morph(root, h("b", {}, heldText(state.held)), h("ul", {}, rows.slice(0, MOST).map((held) => one(held, since)),
      rows.length > MOST ? h("li", { class: "dim" }, `and ${grouped(rows.length - MOST)} more`) : null));
  }

  setInterval(() => { if (!root.hidden) draw(); }, AGE_MILLIS);
  return (next) => {
    state = next;
    const now = [next.held, next.session, next.sessions, next.held.length > 0 && next.log];
    if (now.every((value, i) => value === last[i])) return;
    last = now;
    draw();
  };
}
