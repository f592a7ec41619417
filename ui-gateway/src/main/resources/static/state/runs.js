// Runs over a stored session and what is different between two of them. Pure.

import { clock, grouped } from "./format.js";

export const STORED = "stored";

/** How far a run is, 0 to 1. */
export const share = ({ state, lastSequence, total }) =>
  (state === "finished" ? 1 : total > 0 ? Math.min(1, lastSequence / total) : 0);

/** How a run gets on: a word for its colour, and a sentence. */
export function runStanding({ state, lastSequence, total, messages, problem }) {
  switch (state) {
    case "waiting": return { kind: "dim", text: "waits for its turn" };
    case "running": return { kind: "warn", text: `at ${grouped(lastSequence)} of ${grouped(total)}` };
    case "finished": return { kind: problem === undefined ? "good" : "warn",
      text: `${grouped(messages)} messages${problem === undefined ? "" : `; ${problem}`}` };
    case "cancelled": return { kind: "dim", text: "cancelled" };
    default: return { kind: "problem", text: problem ?? "failed" };
  }
}

export const isOver = ({ state }) => state !== "waiting" && state !== "running";

const ofUsers = (run) => run.analyzers.filter(({ user }) => user);

/** What a run is called in a list: when it was asked for, and with which versions of users' analyzers. */
export const runName = (run) => `${clock(run.requestedAt, false)} ${
  ofUsers(run).map(({ name, version }) => `${name} ${version.slice(0, 8)}`).join(", ") || "built-in analyzers only"}`;

export const IN_USE = "";
export const WITHOUT = "without";
export const DRAFT = "draft";

/**
 * What is sent to start a run.
 *
 * @param choice by the analyzer's name: IN_USE, WITHOUT, DRAFT, or a version
 * @param draft { file, text } of the editor, or null
 */
export const requested = (choice, draft) => ({
  analyzers: Object.entries(choice).flatMap(([name, wanted]) => {
    if (wanted === IN_USE) return [];
    if (wanted === DRAFT) return draft === null ? [] : [{ file: draft.file, source: draft.text }];
    return [wanted === WITHOUT ? { name } : { name, version: wanted }];
  }),
});

/** Types with how much of each is understood before and after; what changed most comes first. */
export const changes = (types) => types.map(({ protocol, type, before, after }) => ({
  protocol, type, before: part(before), after: part(after),
  messages: [before.messages, after.messages], gain: after.understood - before.understood,
})).sort((a, b) => Math.abs(b.gain) - Math.abs(a.gain) || a.type.localeCompare(b.type));

/** Null where there are no such messages. */
const part = ({ messages, bytes, understood }) => (messages === 0 ? null : bytes > 0 ? understood / bytes : 1);

/** What is said of all types together. */
export function summary(types) {
  const sum = (side, what) => types.reduce((all, type) => all + type[side][what], 0);
  const side = (name) => (sum(name, "bytes") > 0 ? sum(name, "understood") / sum(name, "bytes") : 1);
  return { before: side("before"), after: side("after") };
}

/** A comparison with its next page. */
export const withMore = (known, page) =>
  ({ ...known, messages: [...known.messages, ...page.messages], next: page.next });
