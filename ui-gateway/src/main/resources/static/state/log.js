// The packet list's rows: a run of session events in rising order, with their messages. Pure: every
// function takes a log and gives one. The rows array is shared between the versions of a log, as
// copying a hundred thousand rows twenty times a second would be felt; `version` tells them apart.

// What a browser keeps; older rows are fetched again when somebody scrolls up to them.
export const MOST_ROWS = 200_000;

export const emptyLog = () => ({ rows: [], first: 0, last: 0, more: false, version: 0 });

const row = (event, messages) => ({ sequence: event.sequence, event, messages });

const changed = (log) => ({
  ...log,
  first: log.rows[0]?.sequence ?? 0,
  last: log.rows.at(-1)?.sequence ?? 0,
  version: log.version + 1,
});

/** A page of the past, in front of or instead of what is there. */
export function withPage(log, page) {
  const older = page.events
    .filter(({ event }) => log.rows.length === 0 || event.sequence < log.first)
    .map(({ event, messages }) => row(event, messages));
  return changed({ ...log, rows: older.concat(log.rows), more: page.previous !== undefined });
}

/** What came over the live stream, in the order in which it came. Repeats change nothing. */
export function withItems(log, items) {
  const rows = log.rows;
  let last = log.last;
  for (const { kind, data } of items) {
    if (kind === "event" && data.sequence > last) {
      rows.push(row(data, []));
      last = data.sequence;
    } else if (kind === "gap" && data.to > last) {
      rows.push({ sequence: data.to, gap: data, messages: [] });
      last = data.to;
    } else if (kind === "messages") {
      const at = indexOf(rows, data.sequence);
      if (at >= 0) {
        const others = rows[at].messages.filter((message) => message.analyzer !== data.analyzer);
        rows[at] = { ...rows[at], messages: others.concat(data.messages) };
      }
    }
  }
  let more = log.more;
  if (rows.length > MOST_ROWS) {
    rows.splice(0, rows.length - MOST_ROWS);
    more = true;
  }
  return changed({ ...log, rows, more });
}

/** Where the row with a sequence is, or -1. */
export function indexOf(rows, sequence) {
  let low = 0;
  let high = rows.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = rows[middle].sequence;
    if (found === sequence) return middle;
    if (found < sequence) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** The next row of the same flow in a direction (+1, -1), or -1. */
export function nextInFlow(rows, from, step) {
  const flow = rows[from]?.event?.flow?.number;
  if (flow === undefined) return -1;
  for (let i = from + step; i >= 0 && i < rows.length; i += step) {
    if (rows[i].event?.flow?.number === flow) return i;
  }
  return -1;
}
