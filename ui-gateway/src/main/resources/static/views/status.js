// The bar below: how much is shown, of what, and how the lab, its services and the record stand.

import { currentSession, hasEnded } from "../state/reducer.js";
import { eventsIn, isNumbered, loadedIn, rowOf } from "../state/log.js";
import { lastFinished, running } from "../state/reloads.js";
import { percent } from "../state/analyzers.js";
import { addressStanding, warningsOf } from "../state/addresses.js";
import { clock, grouped, size, titleOf } from "../state/format.js";
import { h, say, whenChanged } from "./dom.js";

const STATES = {
  idle: "not connected", connecting: "connecting\u2026", live: "live", interrupted: "interrupted, trying again",
};

/** How far the look is that the continuity button has begun. */
export function lookingText({ running: looks, sequence, last }) {
  return looks && last > 0
    ? `looking: ${Math.floor((100 * Math.min(sequence, last)) / last)} % of ${grouped(last)}`
    : "looking\u2026";
}

/** What is on its way between games and record, by the adapters' own words. */
export function wayText(instances, known) {
  if (!known || instances.length === 0) return "lag unknown";
  const there = instances.filter(({ connected }) => connected);
  const lag = there.reduce((sum, { lagEvents }) => sum + (lagEvents ?? 0), 0);
  const spool = there.reduce((sum, { spoolBytes }) => sum + (spoolBytes ?? 0), 0);
  return `lag ${grouped(lag)} \u00b7 spool ${size(spool)}`;
}

/** How many events a filter found; of more than are loaded as soon as they are counted. */
export const foundText = (log) => (isNumbered(log) ? grouped(eventsIn(log)) : `${grouped(loadedIn(log))}+`);

const shareText = (log) => log.filtered && log.total > 0 && isNumbered(log)
  ? ` (${percent(eventsIn(log) / log.total)})` : "";

/** Which packet is selected, and the how many-eth of those found it is. */
export function selectedText({ log, selected }) {
  if (selected === null) return "";
  const row = log.filtered && isNumbered(log) ? rowOf(log, selected) : null;
  return `No. ${grouped(selected)} selected` + (row === null ? "" : `, ${grouped(row.number)} of ${grouped(eventsIn(log))} found`);
}

/** The last reload in a few words. */
export function reloadText(reloads) {
  const now = running(reloads);
  if (now !== null) return `reloading ${now.service}`;
  const last = lastFinished(reloads);
  return last === null ? "no reload" : `reload ${last.phase === "failed" ? "failed" : "done"} ${clock(last.since, false)}`;
}

export function statusBar(root, actions) {
  const counts = h("span", { class: "counts" });
  const selected = h("span", {});
  const problem = h("span", { class: "problem", role: "status" });
  const addresses = h("button", { title: "Addresses in messages that mean nobody in the lab; opens the rules", hidden: true,
    onclick: () => actions.tab("rules") });
  const way = h("span", { class: "dim", title: "Events that adapters have captured and not yet published, and what their spools hold" });
  const reload = h("button", { class: "quiet", title: "Services and reloads", onclick: () => actions.tab("services") });
  const continuity = h("button", { class: "quiet", title: "Hold adapters, log and database against each other (c)",
    onclick: actions.continuity });
  const session = h("span", { class: "dim" });
  const connection = h("span", { class: "connection" });
  root.append(counts, selected, problem, h("span", { class: "grow" }), addresses, way, reload, continuity, session, connection);

  const drawCounts = whenChanged((state) => [state.log, state.session, state.connection], ({ log, session: open, connection: how }) => {
    counts.textContent = open === null ? ""
      : log.filtered && how === "connecting" && log.rows.length === 0 ? "searching\u2026"
      : (log.filtered ? `${foundText(log)} found of ` : "") + `${grouped(log.total)} events${shareText(log)}`;
  });
  return (state) => {
    drawCounts(state);
    const open = state.session !== null;
    say(selected, selectedText(state));
    say(problem, state.problem ?? "");
    const standing = addressStanding(warningsOf(state));
    addresses.hidden = standing.text === "";
    addresses.className = `quiet addresses ${standing.kind}`;
    say(addresses, standing.text);
    say(way, wayText(state.instances, state.instancesKnown));
    say(reload, reloadText(state.reloads));
    continuity.hidden = !open;
    const verdict = state.continuity?.verdict;
    say(continuity, state.looking ? lookingText(state.looking) : verdict ? `continuity: ${verdict}` : "check continuity");
    continuity.className = `quiet continuity ${verdict ?? ""}`;
    const current = currentSession(state);
    say(session, current ? `${titleOf(current)} \u00b7 ${current.endedAt === undefined ? "running" : "ended"}` : "");
    const ended = state.connection === "live" && hasEnded(state);
    say(connection, ended ? "complete" : STATES[state.connection]);
    connection.className = `connection ${ended ? "complete" : state.connection}`;
    const title = current ? `${titleOf(current)} \u00b7 Kontor` : "Kontor";
    if (document.title !== title) document.title = title;
  };
}
