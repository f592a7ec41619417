// The packet list's rows: a window of loaded rows on a list of any length: a session, or what a filter
// finds in it. Pure: every function takes a log and gives one. Events have a number in the list, 1 for
// the first one; rows have a place, 0 for the first one, as every event that is not loaded takes one.
// (An event that holds several messages has a row for each once it is loaded; a view keeps what it shows
// by sequence.) The number of a session's event is its sequence. What a filter finds is numbered by how
// much of it each block of the session has (blocks.js), and as long as that is not known one place stands
// for all before the loaded rows, and one for all behind them. The rows are shared between the versions
// of a log, as copying thousands of rows twenty times a second would be felt; `version` tells them apart.

import { blocksOf, countIn, firstNumber, foundIn, numberNear, pageBegin } from "./blocks.js";

/** Rows of one call to the API. */
export const PAGE = 500;
/** What a browser keeps around the place that is looked at; the rest is loaded again on demand. */
export const MOST_ROWS = 10_000;
/** Rows are dropped so many at a time. */
const SLACK = 1_000;
/** Live items kept for a page that is on its way and may have been read before them. */
const MOST_RECENT = 5_000;
/** Of a page around a place, what is at least behind it, where the blocks let it. */
const ROOM = (PAGE * 3) / 4;

/**
 * `total`: the highest sequence known of the session. Of a filter: `found` events are in the list, as far
 * as is known, `came` over the stream, all up to `counted`; `lost` is the newest that came and is kept no more.
 */
export const emptyLog = (filtered = false) => ({ rows: [], total: 0, recent: [], version: 0, filtered,
  blocks: null, found: 0, came: 0, counted: 0, lost: 0 });

/** The rows of an event: one for each of its messages, and one where it has none. */
const rowsOf = (event, messages, number) => messages.length < 2
  ? [{ sequence: event.sequence, number, event, messages, part: 0 }]
  : messages.map((message, part) =>
    ({ sequence: event.sequence, number, event, messages: [message], part, parts: messages.length }));
const firstOf = (row) => row.gap?.from ?? row.sequence;
const firstNumberOf = (row) => row.number - row.sequence + firstOf(row);

/** How many events the list has, as far as is known. */
export const eventsIn = ({ filtered, found, total }) => (filtered ? found : total);

/** How many events of the list have come since it was opened, or are known of since: what is new is a difference. */
export const arrived = ({ filtered, came, total }) => (filtered ? came : total);

/** How many events are loaded. */
export const loadedIn = ({ rows }) => (rows.length === 0 ? 0 : rows.at(-1).number - firstNumberOf(rows[0]) + 1);

/** Events before the first loaded row. */
export const before = ({ rows }) => (rows.length === 0 ? 0 : firstNumberOf(rows[0]) - 1);

/** Events behind the last loaded row. */
export const behind = (log) => eventsIn(log) - (log.rows.at(-1)?.number ?? 0);

/** Whether all of the list is loaded. */
export const isWhole = (log) => before(log) === 0 && behind(log) === 0;

/** Whether the numbers are those of the whole list. */
export const isNumbered = (log) => !log.filtered || log.blocks !== null || isWhole(log);

/** All places of the list, loaded or not. */
export const count = (log) => before(log) + log.rows.length + behind(log);

/** The row at a place, or null where it is not loaded. */
export const rowAt = (log, place) => log.rows[place - before(log)] ?? null;

/** The number of the event at a place, loaded or not. */
export function numberAt(log, place) {
  const index = place - before(log);
  if (index < 0 || log.rows.length === 0) return place + 1;
  if (index < log.rows.length) return log.rows[index].number;
  return log.rows.at(-1).number + 1 + index - log.rows.length;
}

/** The sequence at a place; null where that is known of loaded rows only. */
export const sequenceAt = (log, place) =>
  log.filtered ? rowAt(log, place)?.sequence ?? null : numberAt(log, place);

/** The place of the first row of the event with a number, loaded or not. */
export function placeOfNumber(log, number) {
  const { rows } = log;
  const ahead = before(log);
  if (number <= ahead || rows.length === 0) return number - 1;
  const last = rows.at(-1).number;
  return number > last ? ahead + rows.length + number - last - 1 : ahead + lowerBound(rows, number, "number");
}

/**
 * The place of a sequence's first row, loaded or not; of the next one where it is missing in the list. What
 * a filter found is near this place where it is not loaded.
 */
export function placeOf(log, sequence) {
  const { rows } = log;
  if (rows.length === 0) return log.filtered ? 0 : sequence - 1;
  if (isWithin(log, sequence)) return before(log) + lowerBound(rows, sequence);
  return placeOfNumber(log, numberOf(log, sequence));
}

/** Whether a sequence is between the loaded rows, so that its row is loaded if it has one. */
export function isWithin({ rows }, sequence) {
  return rows.length > 0 && sequence >= firstOf(rows[0]) && sequence <= rows.at(-1).sequence;
}

/** Whether the list goes on from a sequence in a direction (+1, -1) with loaded rows. */
export function goesOn(log, sequence, step) {
  const { rows } = log;
  if (rows.length === 0 || isWithin(log, sequence)) return rows.length > 0;
  return step > 0 ? sequence < firstOf(rows[0]) && before(log) === 0
    : sequence > rows.at(-1).sequence && behind(log) === 0;
}

/** The number of an event outside of the loaded rows. */
function numberOf(log, sequence) {
  if (!log.filtered) return sequence;
  const { rows, blocks } = log;
  const near = blocks === null ? 1 : numberNear(blocks, sequence);
  return sequence < rows[0].sequence ? Math.max(1, Math.min(near, before(log)))
    : Math.max(rows.at(-1).number + 1, Math.min(near, eventsIn(log)));
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

/** With a larger total, where one is known from elsewhere. */
export const withTotal = (log, total) =>
  total > log.total ? { ...log, total, version: log.version + 1 } : log;

/**
 * A page of events in rising order: joined to the rows where it touches them, else instead of them.
 *
 * @param query that was asked for, from which follows what there is not around the page
 */
export function withPage(log, page, query = {}) {
  const rows = page.events.flatMap(({ event, messages }) => rowsOf(event, messages, event.sequence));
  if (rows.length === 0 && !log.filtered) return log;
  const covered = coverage(log, page, query);
  const touches = touching(log.rows, covered);
  const total = Math.max(log.total, rows.at(-1)?.sequence ?? 0);
  let next = { ...log, total, rows: touches || rows.length === 0 ? joined(log, rows) : rows };
  if (log.filtered) {
    if (!touches) number(rows, numberOfFirst(log, rows, covered, query.after));
    next = withEdges(next, log, { rows, covered, touches });
  }
  return { ...caughtUp(next), version: log.version + 1 };
}

/** What came over the live stream, in the order in which it came. Repeats change nothing. */
export function withItems(log, items) {
  let next = withRecent(log, items);
  for (const item of items) next = withItem(next, item);
  const excess = next.rows.length - MOST_ROWS;
  if (excess > SLACK) next.rows.splice(0, wholeFrom(next.rows, excess));
  return { ...next, version: log.version + 1 };
}

/** With how much of a filter each block of the session has: what is loaded gets its numbers in the whole list. */
export function withBlocks(log, answer) {
  const blocks = blocksOf(answer);
  if (blocks === null || log.rows.length === 0) return log;
  for (const { kind, data } of log.recent) {
    if (kind === "event" && data.sequence > answer.through) countIn(blocks, data.sequence);
  }
  const { rows } = log;
  const ends = behind(log) === 0;
  const first = firstNumber(blocks, rows)
    ?? (ends ? foundIn(blocks) - loadedIn(log) + 1 : numberNear(blocks, rows[0].sequence));
  number(rows, before(log) === 0 ? 1 : Math.max(2, first));
  return { ...log, blocks, found: foundBehind({ rows, found: foundIn(blocks), blocks }, ends),
    counted: Math.max(log.counted, answer.through), version: log.version + 1 };
}

/** What is to be loaded so that these places can be shown: a query of the API, or null. */
export function missing(log, first, end) {
  const all = count(log);
  const from = Math.max(0, Math.min(first, all));
  const to = Math.min(end, all);
  if (from >= to) return null;
  const loadedFrom = before(log);
  const loadedTo = loadedFrom + log.rows.length;
  if (log.rows.length > 0 && from >= loadedFrom && to <= loadedTo) return null;
  if (log.rows.length > 0 && from < loadedFrom && to >= loadedFrom - PAGE / 2 && to <= loadedTo) {
    return { before: firstOf(log.rows[0]), limit: PAGE };
  }
  if (log.rows.length > 0 && to > loadedTo && from <= loadedTo + PAGE / 2 && from >= loadedFrom) {
    return { after: log.rows.at(-1).sequence, limit: PAGE };
  }
  return around(log, Math.floor((from + to) / 2));
}

/** The query for a page with a place that is not loaded, or for one that leads there. */
export function around(log, place) {
  const wanted = numberAt(log, place);
  if (!log.filtered) return { after: Math.max(0, Math.min(wanted - PAGE / 2, log.total - PAGE)), limit: PAGE };
  const last = log.rows.at(-1);
  if (wanted <= 1) return { after: 0, limit: PAGE };
  if (wanted >= log.found) return { before: log.total + 1, limit: PAGE };
  if (log.blocks === null) {
    return { ...(wanted > last.number ? { after: last.sequence } : { before: firstOf(log.rows[0]) }), limit: PAGE };
  }
  const after = pageBegin(log.blocks, wanted, ROOM);
  // A block may be longer than a page.
  return { after: wanted > last.number ? Math.max(after, last.sequence) : after, limit: PAGE };
}

/** Whether a call that is on its way brings what another one is wanted for, or most of it. */
export const serves = (query, wanted) =>
  (query.before === wanted.before && query.after === wanted.after)
  || Math.abs(query.after - wanted.after) <= PAGE / 2;

/** The next loaded row of another event in a direction (+1, -1) that is wanted, or null. */
export function nextRow(log, sequence, step, wanted) {
  let i = step > 0 ? lowerBound(log.rows, sequence + 1) : lowerBound(log.rows, sequence) - 1;
  for (; i >= 0 && i < log.rows.length; i += step) {
    if (wanted(log.rows[i])) return log.rows[i];
  }
  return null;
}

/** The loaded rows with what their events' messages are by now. */
export function withRead(log, page) {
  const found = new Map(page.events.map((read) => [read.event.sequence, read]));
  const rows = log.rows.flatMap((row) => {
    const read = found.get(row.sequence);
    if (read === undefined || row.gap) return [row];
    return row.part > 0 ? [] : rowsOf(read.event, read.messages, row.number);
  });
  return { ...log, rows, version: log.version + 1 };
}

/** The sequences of which a page has all that is in the list. */
function coverage({ total }, { events, cursor }, { after, before: below, limit }) {
  const isFull = limit === undefined || events.length >= limit;
  const first = events[0]?.event.sequence ?? Infinity;
  const last = events.at(-1)?.event.sequence ?? 0;
  // Its cursor names the last sequence that was searched.
  const through = Number(cursor?.split(":")[1] ?? Infinity);
  if (after !== undefined) return { from: after + 1, to: isFull ? last : Infinity, through };
  if (below === undefined) return { from: first, to: last, through };
  return { from: isFull ? first : 1, to: below > total ? Infinity : below - 1, through };
}

const touching = (rows, { from, to }) =>
  rows.length > 0 && from <= rows.at(-1).sequence + 1 && to >= firstOf(rows[0]) - 1;

/** The rows with a page before, behind or over them; what is too many goes at the other side. */
function joined(log, page) {
  const { rows: known, filtered } = log;
  if (known.length === 0) return page;
  const older = page.filter(({ sequence }) => sequence < firstOf(known[0]));
  const newer = page.filter(({ sequence }) => sequence > known.at(-1).sequence);
  if (filtered) {
    number(older, firstNumberOf(known[0]) - older.filter(({ part }) => part === 0).length);
    number(newer, known.at(-1).number + 1);
  }
  const rows = older.concat(known, newer);
  if (rows.length <= MOST_ROWS) return rows;
  return older.length > newer.length
    ? rows.slice(0, wholeFrom(rows, MOST_ROWS)) : rows.slice(wholeFrom(rows, rows.length - MOST_ROWS));
}

/** The first index from this one on at which an event begins: no event is kept in part. */
function wholeFrom(rows, index) {
  let from = index;
  while (from < rows.length && rows[from].part > 0) from++;
  return from;
}

/** Numbers the events of these rows from this one on. */
function number(rows, first) {
  let next = first - 1;
  for (const row of rows) {
    if (row.part === 0) next++;
    row.number = next;
  }
}

/** The number of the first event of a page that stands for itself, as far as it can be known. */
function numberOfFirst({ blocks }, rows, { to }, after) {
  if (blocks === null || rows.length === 0) return 1;
  return firstNumber(blocks, rows, after)
    ?? (to === Infinity ? foundIn(blocks) - loadedIn({ rows }) + 1 : numberNear(blocks, rows[0].sequence));
}

/**
 * The list's ends are where a page shows that nothing is beyond it, whatever was counted: events may be found,
 * or no longer, when their messages come. Where that is not shown a place is left for what may be there.
 */
function withEdges(log, was, { rows: page, covered, touches }) {
  const { rows } = log;
  if (rows.length === 0) return { ...log, found: 0 };
  if (page.length === 0 && !touches) {
    return { ...log, found: foundBehind({ ...log, found: Math.min(log.found, numberOf(log, covered.from) - 1) }, false) };
  }
  const isFirst = (row) => rows[0] === row;
  const isLast = (row) => rows.at(-1) === row;
  const begins = (isFirst(was.rows[0]) && before(was) === 0)
    || (covered.from <= 1 && (isFirst(was.rows[0]) || isFirst(page[0])));
  const ends = (isLast(was.rows.at(-1)) && behind(was) === 0)
    || (covered.to === Infinity && log.lost <= covered.through && (isLast(was.rows.at(-1)) || isLast(page.at(-1))));
  const first = rows[0].number;
  const isPossible = first > 1 || (first === 1 && log.blocks !== null);
  const shift = begins ? 1 - first : isPossible ? 0 : 2 - first;
  if (shift !== 0) number(rows, first + shift);
  const found = touches ? log.found + shift : log.blocks === null ? 0 : log.found;
  return { ...log, found: foundBehind({ ...log, found }, ends),
    counted: ends ? Math.max(log.counted, rows.at(-1).sequence) : log.counted };
}

/** How many are found, where the loaded rows are the last ones, or there may be more. */
function foundBehind({ rows, found, blocks }, ends) {
  const last = rows.at(-1).number;
  if (ends) return last;
  return found > last || (found === last && blocks !== null) ? found : last + 1;
}

/** A page may have been read before what the stream brought while it was on its way. */
function caughtUp(log) {
  return log.recent.reduce(withItem, log);
}

function withItem(log, { kind, data }) {
  const { rows } = log;
  switch (kind) {
    case "event":
      return log.filtered ? withFound(log, data) : withNext(log, data);
    case "gap": {
      const last = rows.at(-1)?.sequence ?? 0;
      if (!log.filtered && data.from === last + 1) {
        rows.push({ sequence: data.to, number: data.to, gap: data, messages: [], part: 0 });
      }
      return data.to > log.total ? { ...log, total: data.to } : log;
    }
    case "messages": {
      const at = lowerBound(rows, data.sequence);
      const end = lowerBound(rows, data.sequence + 1);
      if (at < end && rows[at].event) {
        const others = rows.slice(at, end).flatMap(({ messages }) => messages)
          .filter(({ analyzer }) => analyzer !== data.analyzer);
        rows.splice(at, end - at, ...rowsOf(rows[at].event, others.concat(data.messages), rows[at].number));
      }
      return log;
    }
    default:
      return log;
  }
}

/** With a session's event, where it is the next one. */
function withNext(log, event) {
  const { rows } = log;
  const last = rows.at(-1)?.sequence ?? 0;
  if (event.sequence === last + 1 && (rows.length > 0 || behind(log) === 0)) {
    rows.push(...rowsOf(event, [], event.sequence));
  }
  return event.sequence > log.total ? { ...log, total: event.sequence } : log;
}

/** With an event that the filter finds: a row where the end is loaded, and counted in any case, once. */
function withFound(log, event) {
  const { rows, blocks, counted } = log;
  const { sequence } = event;
  const isNew = sequence > counted;
  const isNext = behind(log) === 0 && sequence > (rows.at(-1)?.sequence ?? 0);
  if (!isNew && !isNext) return log;
  if (isNext) rows.push(...rowsOf(event, [], log.found + 1));
  if (isNew && blocks !== null) countIn(blocks, sequence);
  return { ...log, found: log.found + 1, came: log.came + (isNew ? 1 : 0), counted: Math.max(counted, sequence),
    total: Math.max(log.total, sequence) };
}

function withRecent(log, items) {
  const all = log.recent.concat(items);
  if (all.length <= MOST_RECENT + SLACK) return { ...log, recent: all };
  const lost = all.slice(0, -MOST_RECENT).findLast(({ kind }) => kind === "event");
  return { ...log, recent: all.slice(-MOST_RECENT), lost: lost?.data.sequence ?? log.lost };
}

/** The first row whose sequence, or number, is not below this one. */
function lowerBound(rows, wanted, by = "sequence") {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle][by] < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
