// The packet list's rows: a window of loaded rows on a session of any length. Pure: every function
// takes a log and gives one. Rows have a place, 0 for the first event of the session, that never
// changes: what is loaded, dropped or appended elsewhere moves nothing. (An event that holds several
// messages has a row for each once it is loaded; a view keeps what it shows by sequence.) The rows
// array is shared between the versions of a log, as copying thousands of rows twenty times a second
// would be felt; `version` tells them apart.

/** Rows of one call to the API. */
export const PAGE = 500;
/** What a browser keeps around the place that is looked at; the rest is loaded again on demand. */
export const MOST_ROWS = 10_000;
/** Rows are dropped so many at a time. */
const SLACK = 1_000;
/** Live items kept for a page that is on its way and may have been read before them. */
const MOST_RECENT = 5_000;

/**
 * `total`: the highest sequence known of the session. A filtered log holds what was found, from the
 * newest on: its places are those of its rows, and `older` says that there may be more before them.
 */
export const emptyLog = (filtered = false) =>
  ({ rows: [], total: 0, recent: [], version: 0, filtered, older: false });

/** The rows of an event: one for each of its messages, and one where it has none. */
const rowsOf = (event, messages) => messages.length < 2
  ? [{ sequence: event.sequence, event, messages, part: 0 }]
  : messages.map((message, part) =>
    ({ sequence: event.sequence, event, messages: [message], part, parts: messages.length }));
const firstOf = (row) => row.gap?.from ?? row.sequence;

/** Events before the first loaded row. */
export const before = (log) => (log.filtered || log.rows.length === 0 ? 0 : firstOf(log.rows[0]) - 1);

/** Events behind the last loaded row. */
export const behind = (log) => log.filtered ? 0 : log.total - (log.rows.at(-1)?.sequence ?? 0);

/** All places of the list, loaded or not. */
export const count = (log) => before(log) + log.rows.length + behind(log);

/** The row at a place, or null where it is not loaded. */
export const rowAt = (log, place) => log.rows[place - before(log)] ?? null;

/** The sequence at a place, loaded or not. */
export function sequenceAt(log, place) {
  const index = place - before(log);
  if (index < 0 || log.rows.length === 0) return place + 1;
  if (index < log.rows.length) return log.rows[index].sequence;
  return log.rows.at(-1).sequence + 1 + index - log.rows.length;
}

/** The place of a sequence's first row, loaded or not; of the next one where it is missing in the session. */
export function placeOf(log, sequence) {
  if (log.filtered) return lowerBound(log.rows, sequence);
  const ahead = before(log);
  const last = log.rows.at(-1)?.sequence ?? 0;
  if (sequence <= ahead || log.rows.length === 0) return sequence - 1;
  if (sequence > last) return ahead + log.rows.length + sequence - last - 1;
  return ahead + lowerBound(log.rows, sequence);
}

/** The first loaded row with a sequence, or null. */
export function rowOf(log, sequence) {
  const found = log.rows[lowerBound(log.rows, sequence)];
  return found?.sequence === sequence ? found : null;
}

/** The loaded row of an event's message, never another one's; of its first where it has no such message; or null. */
export function partOf(log, sequence, part) {
  if (sequence === null || rowOf(log, sequence) === null) return null;
  const row = rowAt(log, placeOf(log, sequence) + part);
  return row?.sequence === sequence ? row : rowOf(log, sequence);
}

/** How many events came behind a sequence. */
export const newer = (log, sequence) => log.filtered
  ? eventsIn(log.rows.slice(lowerBound(log.rows, sequence + 1))) : log.total - sequence;

/** How many events these rows are of. */
export const eventsIn = (rows) => rows.reduce((sum, { part }) => sum + (part ? 0 : 1), 0);

/** With a larger total, where one is known from elsewhere. */
export const withTotal = (log, total) =>
  total > log.total ? { ...log, total, version: log.version + 1 } : log;

/** A page of events in rising order: joined to the rows where it touches them, else instead of them. */
export function withPage(log, page) {
  const rows = page.events.flatMap(({ event, messages }) => rowsOf(event, messages));
  if (log.filtered) return withFound(log, rows);
  if (rows.length === 0) return log;
  const total = Math.max(log.total, rows.at(-1).sequence);
  const next = caughtUp({ ...log, ...joined(log.rows, rows), total });
  return { ...next, version: log.version + 1 };
}

/** What came over the live stream, in the order in which it came. Repeats change nothing. */
export function withItems(log, items) {
  let next = { ...log, recent: recentWith(log.recent, items) };
  for (const item of items) next = withItem(next, item);
  const excess = next.rows.length - MOST_ROWS;
  if (excess > SLACK) next.rows.splice(0, wholeFrom(next.rows, excess));
  return { ...next, version: log.version + 1 };
}

/** What was found before the rows that are there; as much as a browser keeps. */
function withFound(log, page) {
  const first = log.rows[0]?.sequence ?? Infinity;
  const older = page.filter(({ sequence }) => sequence < first);
  const next = caughtUp({ ...log, rows: older.concat(log.rows),
    total: Math.max(log.total, page.at(-1)?.sequence ?? 0),
    older: page.length > 0 && page[0].sequence > 1 });
  return { ...next, version: log.version + 1 };
}

/** What is to be loaded so that these places can be shown: a query of the API, or null. */
export function missing(log, first, end) {
  if (log.filtered) {
    return first <= 0 && log.older && log.rows.length < MOST_ROWS
      ? { before: log.rows[0].sequence, limit: PAGE } : null;
  }
  const all = count(log);
  const from = Math.max(0, Math.min(first, all));
  const to = Math.min(end, all);
  if (from >= to) return null;
  const loadedFrom = before(log);
  const loadedTo = loadedFrom + log.rows.length;
  if (log.rows.length > 0 && from >= loadedFrom && to <= loadedTo) return null;
  if (log.rows.length > 0 && from < loadedFrom && to >= loadedFrom - PAGE / 2 && to <= loadedTo) {
    return { before: loadedFrom + 1, limit: PAGE };
  }
  if (log.rows.length > 0 && to > loadedTo && from <= loadedTo + PAGE / 2 && from >= loadedFrom) {
    return { after: log.rows.at(-1).sequence, limit: PAGE };
  }
  const middle = sequenceAt(log, Math.floor((from + to) / 2));
  const after = Math.max(0, Math.min(middle - PAGE / 2, log.total - PAGE));
  return { after, limit: PAGE };
}

/** Whether a call that is on its way brings what another one is wanted for, or most of it. */
export const serves = (query, wanted) =>
  (query.before === wanted.before && query.after === wanted.after)
  || Math.abs(query.after - wanted.after) <= PAGE / 2;

/** The next loaded row of the same flow in a direction (+1, -1), or null. */
export function nextInFlow(log, sequence, step) {
  const from = lowerBound(log.rows, sequence);
  const flow = log.rows[from]?.event?.flow?.number;
  return flow === undefined ? null : nextRow(log, sequence, step,
    (row) => row.event?.flow?.number === flow);
}

/** The next loaded row of another event in a direction (+1, -1) that is wanted, or null. */
export function nextRow(log, sequence, step, wanted) {
  let i = step > 0 ? lowerBound(log.rows, sequence + 1) : lowerBound(log.rows, sequence) - 1;
  for (; i >= 0 && i < log.rows.length; i += step) {
    if (wanted(log.rows[i])) return log.rows[i];
  }
  return null;
}

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

/** The loaded rows with what their events' messages are by now. */
export function withRead(log, page, fields) {
  const found = new Map(withNone(page, fields).events.map((read) => [read.event.sequence, read]));
  const rows = log.rows.flatMap((row) => {
    const read = found.get(row.sequence);
    if (read === undefined || row.gap) return [row];
    return row.part > 0 ? [] : rowsOf(read.event, read.messages);
  });
  return { ...log, rows, version: log.version + 1 };
}

function withValuesOf(message, found) {
  const same = found.find(({ analyzer, index }) => analyzer === message.analyzer && index === message.index);
  return same === undefined ? message : { ...message, values: { ...message.values, ...same.values } };
}

/** The rows with a page before, behind or over them; what is too many goes at the other side. */
function joined(known, page) {
  if (known.length === 0) return { rows: page };
  const first = firstOf(known[0]);
  const last = known.at(-1).sequence;
  if (page.at(-1).sequence < first - 1 || page[0].sequence > last + 1) return { rows: page };
  const older = page.filter(({ sequence }) => sequence < first);
  const newer = page.filter(({ sequence }) => sequence > last);
  const rows = older.concat(known, newer);
  if (rows.length <= MOST_ROWS) return { rows };
  return { rows: older.length > newer.length
    ? rows.slice(0, wholeFrom(rows, MOST_ROWS)) : rows.slice(wholeFrom(rows, rows.length - MOST_ROWS)) };
}

/** The first index from this one on at which an event begins: no event is kept in part. */
function wholeFrom(rows, index) {
  let from = index;
  while (from < rows.length && rows[from].part > 0) from++;
  return from;
}

/** A page may have been read before what the stream brought while it was on its way. */
function caughtUp(log) {
  return log.recent.reduce(withItem, log);
}

function withItem(log, { kind, data }) {
  const { rows } = log;
  const attached = behind(log) === 0;
  switch (kind) {
    case "event": {
      const last = rows.at(-1)?.sequence ?? 0;
      const next = log.filtered ? data.sequence > last
        : data.sequence === last + 1 && (attached || rows.length > 0);
      if (next) rows.push(...rowsOf(data, []));
      return data.sequence > log.total ? { ...log, total: data.sequence } : log;
    }
    case "gap": {
      const last = rows.at(-1)?.sequence ?? 0;
      if (!log.filtered && data.from === last + 1) {
        rows.push({ sequence: data.to, gap: data, messages: [], part: 0 });
      }
      return data.to > log.total ? { ...log, total: data.to } : log;
    }
    case "messages": {
      const at = lowerBound(rows, data.sequence);
      const end = lowerBound(rows, data.sequence + 1);
      if (at < end && rows[at].event) {
        const others = rows.slice(at, end).flatMap(({ messages }) => messages)
          .filter(({ analyzer }) => analyzer !== data.analyzer);
        rows.splice(at, end - at, ...rowsOf(rows[at].event, others.concat(data.messages)));
      }
      return log;
    }
    default:
      return log;
  }
}

function recentWith(recent, items) {
  const all = recent.concat(items);
  return all.length > MOST_RECENT + SLACK ? all.slice(-MOST_RECENT) : all;
}

/** The first row whose sequence is not below this one. */
function lowerBound(rows, sequence) {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle].sequence < sequence) low = middle + 1;
    else high = middle;
  }
  return low;
}
