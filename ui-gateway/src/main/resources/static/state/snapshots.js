// Snapshots of a lab's games, and what became of those that were asked for. Pure.

import { titleOf } from "./format.js";

const NAME = /^[a-z0-9][a-z0-9-]{0,62}$/;

const isOver = ({ state }) => state !== "requested" && state !== "running";

/** Whether something is under way: one is taken or restored at a time. */
export const busy = ({ acts }) => acts.some((act) => !isOver(act));

/** Why a new snapshot may not be called so; empty: it may. */
export function nameProblem(name, { snapshots }) {
  if (!NAME.test(name)) return "Letters a to z, digits and '-'.";
  return snapshots.some((one) => one.name === name) ? `There is '${name}' already.` : "";
}

/** How an act gets on: a word for its colour, and a sentence. */
export function actStanding({ kind, state, detail }) {
  switch (state) {
    case "requested": return { kind: "dim", text: "asked for" };
    case "running": return { kind: "warn", text: kind === "take" ? "the games stand still" : "the games are read" };
    case "done": return { kind: "good", text: kind === "take" ? "taken" : "restored" };
    case "refused": return { kind: "problem", text: `refused: ${detail ?? "no reason is given"}` };
    default: return { kind: "problem", text: `failed: ${detail ?? "no reason is given"}` };
  }
}

/** The session that a snapshot is of, as it is called, or by its id where it is not listed. */
export const takenIn = ({ session }, sessions) => {
  const known = sessions.find(({ id }) => id === session);
  return known === undefined ? session.slice(0, 8) : titleOf(known);
};
