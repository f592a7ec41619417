// Values of fields that are shown as columns: which ones the loaded rows lack, and rows with them. Pure.

import { PAGE, before } from "./log.js";

/**
 * What is to be loaded so that the rows at these places have these fields of their messages: a query
 * of the API, or null. Rows that came over the stream have none, and those loaded before others.
 */
export function missingValues(log, first, end, fields) {
  if (fields.length === 0) return null;
  const from = before(log);
  const lacking = log.rows.slice(Math.max(0, first - from), Math.max(0, end - from))
    .filter(({ messages }) => messages.some((message) => !hasValues(message, fields)));
  if (lacking.length === 0) return null;
  const [one, last] = [lacking[0].sequence, lacking.at(-1).sequence];
  return { after: one - 1, before: last + 1, limit: Math.min(PAGE, last - one + 1), fields };
}

/** Those that have no value are there too, with none. */
const hasValues = ({ values }, fields) =>
  values !== undefined && fields.every((name) => values[name] !== undefined);

/** A page that was asked for fields: messages that have no value of one have none of it, for sure. */
export function withNone(page, fields) {
  if (fields.length === 0) return page;
  const none = Object.fromEntries(fields.map((name) => [name, []]));
  return { ...page, events: page.events.map(({ messages, ...more }) => ({ ...more,
    messages: messages.map((message) => ({ ...message, values: { ...none, ...message.values } })) })) };
}

/** The loaded rows with the values that a page brings. */
export function withValues(log, page, fields) {
  const found = new Map(withNone(page, fields).events.map(({ event, messages }) => [event.sequence, messages]));
  const rows = log.rows.map((row) => found.has(row.sequence) && row.messages.length > 0
    ? { ...row, messages: row.messages.map((message) =>
      withValuesOf(message, found.get(row.sequence))) } : row);
  return { ...log, rows, version: log.version + 1 };
}

function withValuesOf(message, found) {
  const same = found.find(({ analyzer, index }) => analyzer === message.analyzer && index === message.index);
  return same === undefined ? message : { ...message, values: { ...message.values, ...same.values } };
}
