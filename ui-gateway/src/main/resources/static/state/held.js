// What the orchestrator holds back, and what may be sent to a game, as the page shows it. Pure.

import { grouped } from "./format.js";
import { infoOf, typeOf } from "./columns.js";
import { conditionOf, ruleName, scalar } from "./rules.js";

/** The way of a packet: those of one way wait for each other. */
const wayOf = ({ lab, from, fromPort, to, toPort }) => `${lab} ${from} ${fromPort} ${to} ${toPort}`;

/**
 * What waits for a person, the shown session's lab first; `first`: nothing waits before it on its way.
 *
 * @param held in the order in which it came
 */
export function heldRows(held, lab) {
  const ways = new Set();
  const rows = held.map((one) => {
    const first = !ways.has(wayOf(one));
    ways.add(wayOf(one));
    return { ...one, first };
  }).filter(({ reason }) => reason === "person");
  return [...rows.filter((one) => one.lab === lab), ...rows.filter((one) => one.lab !== lab)];
}

/** What is said of all that waits. */
export function heldText(held) {
  const people = held.filter(({ reason }) => reason === "person").length;
  const delayed = held.filter(({ reason }) => reason === "network").length;
  return [`${grouped(people)} held`, delayed > 0 ? `${grouped(delayed)} delayed` : ""].filter((one) => one !== "").join(", ");
}

/** Seconds with a tenth: how long something has waited, and how long it waits at most. */
export function ageText({ ageMillis, heldAt, dueAt }, sinceMillis) {
  const age = `${((ageMillis + sinceMillis) / 1000).toFixed(1)} s`;
  return dueAt === undefined ? age : `${age} of ${((Date.parse(dueAt) - Date.parse(heldAt)) / 1000).toFixed(0)} s`;
}

/** What is behind it on its way. */
export const blocksText = ({ blocks, first }) => !first ? "waits behind another one"
  : blocks === 0 ? "blocks nothing" : `blocks ${grouped(blocks)} behind it`;

/** What it is, in a line: by the row of its event where that is loaded. */
export const whatText = ({ bytes, sequence }, row) => row === null || row?.event === undefined
  ? `No. ${grouped(sequence)}, ${bytes.length / 2} bytes` : `${typeOf(row)}: ${infoOf(row)}`;

export const HOLD_FILE = "hold-next.yaml";

/** A rule that holds the next packet like this one, once. */
export function holdRule(row, taken) {
  const { source, destination } = row.event.flow;
  const lines = [`  - rule: ${ruleName(`hold ${typeOf(row)}`, taken)}`];
  if (source.instance) lines.push(`    from: ${source.instance}`);
  if (destination.instance) lines.push(`    to: ${destination.instance}`);
  const when = conditionOf(row);
  lines.push("    protocol: udp");
  if (when !== null) lines.push(`    when: ${scalar(when)}`);
  lines.push("    limit: 1", "    do: hold");
  return `${lines.join("\n")}\n`;
}

/** The file's rules without those that have held what they were for. */
export function withoutUsed(text, rules) {
  const used = new Set(rules.filter(({ limit, hits }) => limit !== undefined && hits >= limit).map(({ name }) => name));
  return text.split(/^(?= {2}- rule:)/m)
    .filter((part) => !used.has(/^ {2}- rule:\s*(.*?)\s*$/m.exec(part)?.[1])).join("").replace(/^rules:\s*$/, "");
}

/** The session that plays now, where something can be sent to games: the lab's, else the newest one. */
export const playing = (sessions, lab) => {
  const running = sessions.filter(({ endedAt }) => endedAt === undefined);
  return running.find((session) => session.lab === lab) ?? running[0] ?? null;
};

/** What is asked for to send bytes to a game, as the API has it. */
export function injection(bytes, { flow, from, to, fromPort, toPort, times, everyMillis }) {
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const where = flow === undefined ? { to, fromPort: Number(fromPort), toPort: Number(toPort) } : { flow };
  const again = Number(times) > 1 ? { times: Number(times), everyMillis: Number(everyMillis) } : {};
  return { from, ...where, parts: [{ hex }], ...again, author: "page" };
}
