// The list's columns and what stands in them. Pure. A column is one of those below, or a field by its
// name: then it shows the values that the row's message has of it.

import { clockMicros, endpoint, micros, relative, visible, words } from "./format.js";

/** `from`: shown by default only where the list has so many pixels. */
export const COLUMNS = {
  no: { label: "No.", width: "8ch" },
  time: { label: "Time", width: "14ch" },
  game: { label: "Game", width: "7ch" },
  direction: { label: "Direction", width: "9ch" },
  source: { label: "Source", width: "16ch", from: 1240 },
  destination: { label: "Destination", width: "16ch", from: 1240 },
  flow: { label: "Flow", width: "6ch", extra: true },
  protocol: { label: "Protocol", width: "8ch", from: 1240 },
  type: { label: "Type", width: "minmax(14ch, 20ch)" },
  length: { label: "Length", width: "7ch" },
  info: { label: "Info", width: "minmax(24ch, 1fr)" },
  verdict: { label: "Verdict", width: "13ch" },
};
const FIELD_WIDTH = "minmax(9ch, 16ch)";

export const isField = (column) => COLUMNS[column] === undefined;
export const labelOf = (column) => COLUMNS[column]?.label ?? column;
export const fieldsIn = (columns) => (columns ?? []).filter(isField);

/** The columns to show: those that were chosen, else what fits. */
export const shownColumns = (chosen, width) => chosen ?? Object.keys(COLUMNS)
  .filter((name) => !COLUMNS[name].extra && (COLUMNS[name].from ?? 0) <= width);

/** Grid tracks for these columns. */
export const tracks = (columns) =>
  columns.map((name) => COLUMNS[name]?.width ?? FIELD_WIDTH).join(" ");

/** With a column more, before Info, or without it where it is there. */
export function toggled(columns, name) {
  if (columns.includes(name)) return columns.filter((other) => other !== name);
  const at = columns.indexOf("info");
  return at < 0 ? [...columns, name] : columns.toSpliced(at, 0, name);
}

/** With a column moved by some places to the right. */
export function moved(columns, name, by) {
  const at = columns.indexOf(name);
  const to = Math.min(columns.length - 1, Math.max(0, at + by));
  return at < 0 ? columns : columns.toSpliced(at, 1).toSpliced(to, 0, name);
}

/** How the times of rows are written; two with the same key write them alike. */
export function timesOf({ time, reference, sessions, session, log }) {
  const started = sessions.find(({ id }) => id === session)?.startedAt;
  const begin = reference?.at ?? started ?? log.rows[0]?.event?.at;
  return { form: reference === null ? time : "start", begin: begin ? micros(begin) : 0,
    reference: reference?.sequence ?? null, key: `${time} ${reference?.sequence} ${begin}` };
}

function timeOf(event, previous, times) {
  switch (times.form) {
    case "clock": return clockMicros(event.at);
    case "previous": return previous?.event ? relative(event.at, micros(previous.event.at)) : "";
    default: return event.sequence === times.reference ? "*REF*" : relative(event.at, times.begin);
  }
}

export const typeOf = ({ event, messages }) => messages.length
  ? [...new Set(messages.map((message) => message.type))].join(", ") : words(event.type);

export const infoOf = ({ event, messages }) => messages.length
  ? messages.map((message) =>
      message.problem ? `${message.summary} [${message.problem}]` : message.summary).join(" \u00b7 ")
  : event.info;

const CELLS = {
  no: ({ event, part }) => (part > 0 ? `\u21b3 ${event.sequence}` : String(event.sequence)),
  time: ({ event, part }, previous, times) => (part > 0 ? "" : timeOf(event, previous, times)),
  game: ({ event }) => event.instance ?? "",
  direction: ({ event: { flow } }) => (flow ? `\u2192 ${flow.destination.instance ?? "\u2014"}` : ""),
  source: ({ event: { flow } }) => (flow ? endpoint(flow.source) : ""),
  destination: ({ event: { flow } }) => (flow ? endpoint(flow.destination) : ""),
  flow: ({ event: { flow } }) => (flow ? String(flow.number) : ""),
  protocol: ({ event: { flow }, messages }) => messages[0]?.protocol ?? flow?.protocol ?? "",
  type: typeOf,
  length: ({ event, messages, part, parts }) => {
    const length = parts > 1 ? messages[0].length : part > 0 ? undefined : event.length;
    return length === undefined ? "" : String(length);
  },
  info: infoOf,
  verdict: ({ event, part }) => (part > 0 ? "" : event.verdict),
};

/** The names of fields' values, by field and value, as the fields are declared. */
export const namesOf = (catalogue) => new Map(catalogue.filter(({ values }) => values.length > 0)
  .map(({ name, values }) => [name, new Map(values.filter(({ name: word }) => word !== undefined)
    .map(({ value, name: word }) => [Number(value), word]))]));

/** The text of each column of a row; `previous` is the row above it, `names` as namesOf gives it. */
export function cellsOf(row, previous, times, columns, names = new Map()) {
  if (row.gap) {
    const { from, to } = row.gap;
    return { no: String(to), type: "gap", info: `${to - from + 1} events are missing: ${from} to ${to}` };
  }
  return Object.fromEntries(columns.map((name) => [name,
    visible(isField(name) ? valuesOf(row, name, names.get(name)) : CELLS[name](row, previous, times))]));
}

const valuesOf = ({ messages }, name, names) => messages.flatMap(({ values }) => values?.[name] ?? [])
  .map((value) => (names?.has(value) ? `${value} ${names.get(value)}` : String(value))).join(", ");
