import { before, behind, count, emptyLog, goesOn, loadedIn, missing, MOST_ROWS, nextRow, PAGE, placeOf, rowAt, rowOf,
  sequenceAt, serves, withItems, withPage, withTotal } from "../../main/resources/static/state/log.js";
import { missingValues, withValues } from "../../main/resources/static/state/values.js";
import { equal, test } from "./harness.js";

const event = (sequence, flow = 1) => ({ sequence, type: "datagram", flow: { number: flow } });
const page = (from, to) => {
  const events = [];
  for (let s = from; s <= to; s++) events.push({ event: event(s), messages: [] });
  return { events };
};
const live = (sequence) => ({ kind: "event", data: event(sequence) });
const found = (sequence, type, analyzer = "dplay") =>
  ({ kind: "messages", data: { sequence, analyzer, messages: [{ analyzer, type }] } });
const sequences = (log) => log.rows.map((row) => row.sequence);
const range = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

test("a log knows the places of rows that are not loaded", () => {
  const log = withTotal(withPage(emptyLog(), page(401, 500)), 1000);
  equal(count(log), 1000);
  equal(before(log), 400);
  equal(behind(log), 500);
  equal(sequenceAt(log, 0), 1);
  equal(sequenceAt(log, 999), 1000);
  equal(placeOf(log, 450), 449);
  equal(placeOf(log, 1000), 999);
  equal(rowAt(log, 449).sequence, 450);
  equal(rowAt(log, 399), null);
});

test("pages join where they touch, and stand instead where they do not", () => {
  let log = withPage(emptyLog(), page(401, 500));
  log = withPage(log, page(301, 400));
  log = withPage(log, page(490, 600));
  equal(sequences(log), range(301, 600));
  equal(sequences(withPage(log, page(10, 20))), range(10, 20));
});

test("a page over all that is loaded brings what is missing on both sides", () => {
  equal(sequences(withPage(withPage(emptyLog(), page(50, 60)), page(1, 100))), range(1, 100));
});

test("live events are appended at the end only, once each", () => {
  let log = withPage(emptyLog(), page(1, 3));
  log = withItems(log, [live(3), live(4), live(4), live(5)]);
  equal(sequences(log), range(1, 5));
});

test("a session is shown from its first event on", () => {
  equal(sequences(withItems(emptyLog(), [live(1), live(2)])), [1, 2]);
});

test("who reads far back keeps the rows there, and the total rises", () => {
  const log = withItems(withTotal(withPage(emptyLog(), page(401, 500)), 1000), [live(1001)]);
  equal(sequences(log), range(401, 500));
  equal(log.total, 1001);
});

test("what came while the last page was on its way is not missing behind it", () => {
  let log = withTotal(withPage(emptyLog(), page(1, 10)), 1000);
  log = withItems(log, [live(1001), live(1002), found(1000, "PING")]);
  log = withPage(log, page(901, 1000));
  equal(sequences(log), range(901, 1002));
  equal(rowOf(log, 1000).messages[0].type, "PING");
  equal(behind(log), 0);
});

test("messages take the place of those of the same analyzer only", () => {
  let log = withPage(emptyLog(), page(1, 2));
  log = withItems(log, [found(2, "OLD"), found(2, "OTHER", "x642"), found(2, "NEW")]);
  equal(log.rows.map(({ sequence, part, messages }) => [sequence, part, messages.map(({ type }) => type)]),
    [[1, 0, []], [2, 0, ["OTHER"]], [2, 1, ["NEW"]]]);
});

test("an event with several messages has a row for each, and is one event", () => {
  const several = { events: [
    { event: event(1), messages: [] },
    { event: event(2), messages: [{ type: "A" }, { type: "B" }, { type: "C" }] },
    { event: event(3), messages: [] },
  ] };
  const log = withTotal(withPage(emptyLog(), several), 5);
  equal(log.rows.map(({ sequence, part }) => [sequence, part]), [[1, 0], [2, 0], [2, 1], [2, 2], [3, 0]]);
  equal([count(log), loadedIn(log), placeOf(log, 2), placeOf(log, 3), placeOf(log, 5)], [7, 3, 1, 4, 6]);
  equal([2, 3, 4, 6].map((place) => sequenceAt(log, place)), [2, 2, 3, 5]);
  equal(nextRow(log, 2, 1, () => true).sequence, 3);
  equal(nextRow(log, 3, -1, () => true).sequence, 2);
});

test("no event is kept in part where rows are dropped", () => {
  const three = (sequence) => ({ event: event(sequence), messages: [{}, {}, {}] });
  const some = (from, to) => ({ events: range(from, to).map(three) });
  const full = Math.ceil(MOST_ROWS / 3);
  const log = withPage(withPage(emptyLog(), some(101, 100 + full)), some(101 + full, 101 + full));
  equal(log.rows[0].part, 0);
  const older = withPage(withPage(emptyLog(), some(101, 100 + full)), some(100, 100));
  equal([older.rows[0].sequence, older.rows.at(-1).part], [100, 2]);
});

test("values of columns are asked for where rows in view lack them, and only there", () => {
  const one = (sequence, values) => ({ event: event(sequence), messages: [{ analyzer: "a", index: 0, values }] });
  const log = withPage(emptyLog(), { events: [one(1, { x: ["1"] }), one(2), one(3), one(4, { x: [] })] });
  equal(missingValues(log, 0, 4, []), null);
  equal(missingValues(log, 0, 4, ["x"]), { after: 1, before: 4, limit: 2, fields: ["x"] });
  equal(missingValues(log, 0, 1, ["x"]), null);
  const filled = withValues(log, { events: [one(2, { x: ["2"] }), one(3)] }, ["x"]);
  equal(filled.rows.map(({ messages }) => messages[0].values.x), [["1"], ["2"], [], []]);
  equal(missingValues(filled, 0, 4, ["x"]), null);
});

test("rows are bounded, and their places do not change when some are dropped", () => {
  let log = withItems(emptyLog(), range(1, MOST_ROWS + 2000).map(live));
  equal(log.rows.length <= MOST_ROWS + 1000, true);
  equal(count(log), MOST_ROWS + 2000);
  equal(rowAt(log, MOST_ROWS + 1999).sequence, MOST_ROWS + 2000);
});

test("a gap is one row and stands for all that is missing", () => {
  let log = withPage(emptyLog(), page(1, 3));
  log = withItems(log, [{ kind: "gap", data: { from: 4, to: 9 } }, live(10)]);
  equal(sequences(log), [1, 2, 3, 9, 10]);
  equal(placeOf(log, 10), 4);
});

test("what is in view and not loaded is asked for, from the nearest side", () => {
  const log = withTotal(withPage(emptyLog(), page(5001, 5500)), 10000);
  equal(missing(log, 5000, 5050), null);
  equal(missing(log, 4990, 5030), { before: 5001, limit: PAGE });
  equal(missing(log, 5480, 5520), { after: 5500, limit: PAGE });
  equal(missing(log, 100, 140), { after: 0, limit: PAGE });
  equal(missing(log, 9980, 10000), { after: 10000 - PAGE, limit: PAGE });
  equal(missing(emptyLog(), 0, 40), null);
});

test("a call on its way serves a wish for nearly the same place", () => {
  equal(serves({ after: 100 }, { after: 200 }), true);
  equal(serves({ after: 100 }, { after: 5000 }), false);
  equal(serves({ before: 100 }, { before: 100 }), true);
  equal(serves({ before: 100 }, { after: 100 }), false);
});

test("the next row of a flow skips the others", () => {
  const events = [1, 2, 1, 3, 1].map((flow, i) => ({ event: event(i + 1, flow), messages: [] }));
  const log = withPage(emptyLog(), { events });
  const inFlow = (flow) => ({ event: { flow: { number } } }) => number === flow;
  equal(nextRow(log, 1, 1, inFlow(1)).sequence, 3);
  equal(nextRow(log, 5, -1, inFlow(1)).sequence, 3);
  equal(nextRow(log, 4, 1, inFlow(3)), null);
});

test("loaded rows are enough for a search where it goes on with them", () => {
  const middle = withTotal(withPage(emptyLog(), page(401, 500)), 1000);
  equal([450, 500, 300, 600].map((from) => goesOn(middle, from, 1)), [true, true, false, false]);
  const last = withTotal(withPage(emptyLog(), page(901, 1000)), 1000);
  equal([goesOn(last, 1001, -1), goesOn(last, 0, 1), goesOn(emptyLog(), 0, 1)], [true, false, false]);
});
