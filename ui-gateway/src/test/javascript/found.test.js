import { arrived, around, before, behind, count, emptyLog, eventsIn, isNumbered, isWhole, loadedIn, missing, MOST_ROWS,
  numberAt, PAGE, placeOf, placeOfNumber, rowAt, rowOf, sequenceAt, withBlocks, withItems, withPage, withTotal }
  from "../../main/resources/static/state/log.js";
import { foundText, selectedText } from "../../main/resources/static/views/status.js";
import { equal, test } from "./harness.js";

// A filter that finds every third event of a session: 3, 6, 9 ...
const TOTAL = 90_000;
const FOUND = TOTAL / 3;
const LENGTH = 256;

const found = (from, to) => {
  const all = [];
  for (let s = Math.ceil(Math.max(from, 1) / 3) * 3; s <= Math.min(to, TOTAL); s += 3) all.push(s);
  return all;
};
const pageOf = (sequences, through = TOTAL) => ({ cursor: `s:${through}:0`,
  events: sequences.map((sequence) => ({ event: { sequence }, messages: [] })) });
/** As the gateway answers. */
const answer = ({ after, before: below, limit }) => pageOf(after !== undefined
  ? found(after + 1, TOTAL).slice(0, limit) : found(1, below - 1).slice(-limit));
const ask = (log, query) => withPage(log, answer(query), query);
const blocks = () => ({ through: TOTAL, blockLength: LENGTH,
  found: Array.from({ length: Math.floor(TOTAL / LENGTH) + 1 }, (_, i) => found(i * LENGTH, (i + 1) * LENGTH - 1).length) });
const atEnd = () => withTotal(ask(emptyLog(true), { before: TOTAL + 1, limit: PAGE }), TOTAL);
const live = (sequence) => ({ kind: "event", data: { sequence } });
const isRight = (log) => log.rows.every(({ sequence, number }) => sequence === 3 * number);
/** Loads what is before the loaded rows, as the list does at its top. */
const older = (log) => ask(log, missing(log, -50, 50));
/** Loads what a view at a place wants, as the list does. */
const look = (log, place, height = 160) => {
  let next = log;
  for (let calls = 0; calls < 20; calls++) {
    const query = missing(next, place - height / 2, place + height / 2);
    if (query === null) return next;
    next = ask(next, query);
  }
  throw new Error(`the rows around ${place} never come`);
};

test("what a filter found last is there before all of it is counted, and leads on page by page", () => {
  let log = atEnd();
  equal([loadedIn(log), before(log), behind(log), isNumbered(log), foundText(log)], [PAGE, 1, 0, false, "500+"]);
  equal([rowAt(log, 0), sequenceAt(log, 0), sequenceAt(log, count(log) - 1)], [null, null, TOTAL]);
  equal(missing(log, -50, 50), { before: log.rows[0].sequence, limit: PAGE });
  log = older(log);
  equal([loadedIn(log), before(log), behind(log)], [2 * PAGE, 1, 0]);
});

test("once it is counted, every event has its number and its place, loaded or not", () => {
  const log = withBlocks(atEnd(), blocks());
  equal([count(log), eventsIn(log), isRight(log), foundText(log)], [FOUND, FOUND, true, "30\u202f000"]);
  equal([numberAt(log, 0), placeOf(log, TOTAL), placeOfNumber(log, 17)], [1, FOUND - 1, 16]);
  equal(Math.abs(placeOf(log, 45_000) - 14_999) < 90, true);
  equal(selectedText({ log, selected: TOTAL }), "No. 90\u202f000 selected, 30\u202f000 of 30\u202f000 found");
});

test("any place of what was found can be looked at, forward and back, and its rows have their numbers", () => {
  let log = withBlocks(atEnd(), blocks());
  for (const place of [15_000, 0, 29_999, 7_777, 7_900, 7_300, 22_222, 100, 29_700, 1]) {
    log = look(log, place);
    equal([sequenceAt(log, place), count(log), isRight(log)], [3 * (place + 1), FOUND, true]);
  }
});

test("the window goes along in both directions, and its size is bounded", () => {
  let log = withBlocks(atEnd(), blocks());
  for (let place = FOUND - 1; place >= 0; place -= 200) {
    log = look(log, place);
    equal([log.rows.length <= MOST_ROWS, sequenceAt(log, place)], [true, 3 * (place + 1)]);
  }
  for (let place = 0; place < FOUND; place += 200) {
    log = look(log, place);
    equal([log.rows.length <= MOST_ROWS, sequenceAt(log, place)], [true, 3 * (place + 1)]);
  }
  equal([isRight(log), count(log)], [true, FOUND]);
});

test("without numbers the first and the last rows can be had all the same", () => {
  let log = atEnd();
  for (let i = 0; i < 30; i++) log = older(log);
  equal([loadedIn(log), behind(log) > 0, isNumbered(log)], [MOST_ROWS, true, false]);
  const top = ask(log, { after: 0, limit: PAGE });
  equal([sequenceAt(top, 0), before(top), behind(top)], [3, 0, 1]);
  const last = ask(top, around(top, count(top) - 1));
  equal([sequenceAt(last, count(last) - 1), behind(last)], [TOTAL, 0]);
  equal(isRight(withBlocks(log, blocks())), true);
});

test("what comes is a row where the end is loaded, and else counted, once each", () => {
  let log = withItems(withBlocks(atEnd(), blocks()), [live(TOTAL), live(TOTAL + 3), live(TOTAL + 3), live(TOTAL + 6)]);
  equal([count(log), behind(log), arrived(log), log.total, isRight(log)], [FOUND + 2, 0, 2, TOTAL + 6, true]);
  log = withItems(look(log, 15_000), [live(TOTAL + 9)]);
  equal([count(log), arrived(log), isRight(log), rowOf(log, TOTAL + 9)], [FOUND + 3, 3, true, null]);
  // The last page was read before all of that.
  log = ask(log, { before: TOTAL + 1, limit: PAGE });
  equal([behind(log) > 0, rowOf(log, TOTAL + 9)], [true, null]);
  log = look(log, FOUND + 2);
  equal([count(log), sequenceAt(log, FOUND + 2), behind(log), isRight(log)], [FOUND + 3, TOTAL + 9, 0, true]);
});

test("what came while it was counted is counted too", () => {
  const log = withBlocks(withItems(atEnd(), [live(TOTAL + 3), live(TOTAL + 6)]), { ...blocks(), through: TOTAL });
  equal([count(log), isRight(log), behind(log)], [FOUND + 2, true, 0]);
  const elsewhere = withBlocks(withItems(ask(emptyLog(true), { after: 44_999, limit: PAGE }), [live(TOTAL + 3)]), blocks());
  equal([count(elsewhere), isRight(elsewhere)], [FOUND + 1, true]);
});

test("a short result is whole at once, and an empty one begins with what comes", () => {
  let log = withPage(emptyLog(true), pageOf([400, 450]), { before: 1001, limit: PAGE });
  log = withItems(withTotal(log, 1000), [live(450), live(1010)]);
  equal([count(log), isWhole(log), isNumbered(log), sequenceAt(log, 2)], [3, true, true, 1010]);
  equal(missing(log, -50, 50), null);
  log = withPage(emptyLog(true), pageOf([]), { before: 1001, limit: PAGE });
  equal([count(log), isWhole(log), missing(log, 0, 40)], [0, true, null]);
  equal(count(withItems(log, [live(1020)])), 1);
});

test("a list that is opened at a packet goes on in both directions from there", () => {
  let log = withTotal(ask(emptyLog(true), { after: 44_999, limit: PAGE }), TOTAL);
  equal([before(log), behind(log), placeOf(log, 45_000)], [1, 1, 1]);
  log = look(withBlocks(log, blocks()), 14_999);
  equal([sequenceAt(log, 14_998), sequenceAt(log, 14_999), count(log), isRight(log)], [44_997, 45_000, FOUND, true]);
});

test("where fewer or more are found than were counted, the ends of the list are those of its pages", () => {
  const wrong = blocks();
  wrong.found[0] += 40;
  wrong.found[wrong.found.length - 1] += 700;
  let log = look(withBlocks(older(atEnd()), wrong), 0);
  equal([sequenceAt(log, 0), before(log)], [3, 0]);
  for (let i = 0; i < 5; i++) log = look(log, count(log) - 1);
  equal([sequenceAt(log, count(log) - 1), behind(log)], [TOTAL, 0]);
});

test("in a session so long that a block is longer than a page its rows are reached page by page", () => {
  const length = 8192;
  const long = { through: TOTAL, blockLength: length, found: Array.from({ length: Math.floor(TOTAL / length) + 1 },
    (_, i) => found(i * length, (i + 1) * length - 1).length) };
  let log = withBlocks(atEnd(), long);
  for (const place of [15_000, 20_000, 3, 29_000]) {
    log = look(log, place);
    equal([sequenceAt(log, place), isRight(log)], [3 * (place + 1), true]);
  }
});

test("an event with several messages has several rows in a filter's list, and one number", () => {
  const several = { cursor: "s:9:9", events: [{ event: { sequence: 3 }, messages: [] },
    { event: { sequence: 6 }, messages: [{}, {}, {}] }, { event: { sequence: 9 }, messages: [] }] };
  const log = withPage(emptyLog(true), several, { before: 10, limit: PAGE });
  equal([count(log), eventsIn(log), placeOf(log, 9), numberAt(log, 4), placeOfNumber(log, 3)], [5, 3, 4, 3, 4]);
});
