// The bar below: how much is shown, of what, and how it stands.

import { currentSession, hasEnded } from "../state/reducer.js";
import { h } from "./dom.js";
import { grouped } from "./format.js";

const STATES = {
  idle: "not connected", connecting: "connecting\u2026", live: "live", interrupted: "interrupted, trying again",
};

/** How far the look is that the continuity button has begun. */
export function lookingText({ running, sequence, last }) {
  return running && last > 0
    ? `looking: ${Math.floor((100 * Math.min(sequence, last)) / last)} % of ${grouped(last)}`
    : "looking\u2026";
}

export function statusBar(root, actions) {
  const counts = h("span", { class: "counts" });
  const selected = h("span", {});
  const problem = h("span", { class: "problem" });
  const continuity = h("button", { class: "quiet", title: "Hold adapters, log and database against each other",
    onclick: actions.continuity });
  const session = h("span", { class: "dim" });
  const connection = h("span", { class: "connection" });
  root.append(counts, selected, problem, h("span", { class: "grow" }), continuity, session, connection);

  return (state) => {
    const { log } = state;
    const open = state.session !== null;
    counts.textContent = open
      ? (log.filtered ? `${grouped(log.rows.length)}${log.older ? "+" : ""} found of ` : "")
        + `${grouped(log.total)} events` : "";
    selected.textContent = state.selected === null ? "" : `No. ${grouped(state.selected)} selected`;
    problem.textContent = state.problem ?? "";
    continuity.hidden = !open;
    const verdict = state.continuity?.verdict;
    continuity.textContent = state.looking ? lookingText(state.looking) : verdict ? `continuity: ${verdict}` : "check continuity";
    continuity.className = `quiet continuity ${verdict ?? ""}`;
    const current = currentSession(state);
    session.textContent = current
      ? `${current.lab} #${current.ordinal ?? "?"} \u00b7 ${current.endedAt === undefined ? "running" : "ended"}` : "";
    const ended = state.connection === "live" && hasEnded(state);
    connection.textContent = ended ? "complete" : STATES[state.connection];
    connection.className = `connection ${ended ? "complete" : state.connection}`;
    document.title = current ? `${current.lab} #${current.ordinal ?? "?"} \u00b7 Kontor` : "Kontor";
  };
}
