// node --test src/test/javascript/

import assert from "node:assert/strict";
import { test } from "node:test";
import { fieldsOf, owners, rangesIn } from "../../main/resources/static/state/bytes.js";
import { emptyLog, indexOf, nextInFlow, withItems, withPage } from "../../main/resources/static/state/log.js";
import { initialState, reduce } from "../../main/resources/static/state/reducer.js";
import { bannerText, followersText } from "../../main/resources/static/views/banner.js";
import { lookingText } from "../../main/resources/static/views/status.js";
import { follows, scrollToShow, visibleRows } from "../../main/resources/static/state/window.js";

const event = (sequence, flow) => ({
  kind: "event",
  data: { sequence, type: "datagram", flow: flow && { number: flow } },
});
const sequences = (log) => log.rows.map((row) => row.sequence);

test("the log takes each event once, in order", () => {
  const log = withItems(emptyLog(), [event(1), event(2), event(2), event(1), event(3)]);
  assert.deepEqual(sequences(log), [1, 2, 3]);
  assert.equal(log.last, 3);
});

test("messages find their event, and a repeat replaces", () => {
  const messages = (type) => ({
    kind: "messages",
    data: { sequence: 2, analyzer: "dplay", messages: [{ analyzer: "dplay", type }] },
  });
  const log = withItems(emptyLog(), [event(1), event(2), messages("PING"), messages("PINGREPLY")]);
  assert.deepEqual(log.rows[1].messages.map((m) => m.type), ["PINGREPLY"]);
});

test("older pages go in front", () => {
  const page = (...all) => ({
    events: all.map((sequence) => ({ event: { sequence }, messages: [] })), previous: all[0] });
  const log = withPage(withPage(emptyLog(), page(5, 6)), page(3, 4));
  assert.deepEqual(sequences(log), [3, 4, 5, 6]);
  assert.equal(log.first, 3);
});

test("rows are found by sequence, also around gaps", () => {
  const log = withItems(emptyLog(), [event(1), { kind: "gap", data: { from: 2, to: 4 } }, event(5)]);
  assert.equal(indexOf(log.rows, 5), 2);
  assert.equal(indexOf(log.rows, 3), -1);
});

test("the next row of a flow is found in both directions", () => {
  const log = withItems(emptyLog(), [event(1, 1), event(2, 2), event(3, 1)]);
  assert.equal(nextInFlow(log.rows, 0, 1), 2);
  assert.equal(nextInFlow(log.rows, 2, -1), 0);
  assert.equal(nextInFlow(log.rows, 1, 1), -1);
});

test("only rows in view and a few around are drawn", () => {
  assert.deepEqual(
    visibleRows({ scrollTop: 2000, height: 100, rowHeight: 20, count: 1000, around: 2 }),
    { first: 98, end: 107 });
  assert.deepEqual(
    visibleRows({ scrollTop: 0, height: 100, rowHeight: 20, count: 3 }), { first: 0, end: 3 });
  assert.equal(scrollToShow({ index: 10, scrollTop: 0, height: 100, rowHeight: 20 }), 120);
});

test("the list follows the end until somebody scrolls up", () => {
  const view = { scrollTop: 100, height: 100, rowHeight: 20, count: 10 };
  assert.equal(follows({ ...view, followed: false, from: 0 }), true, "the end is in view");
  assert.equal(follows({ ...view, scrollTop: 80, followed: true, from: 100 }), false);
  assert.equal(follows({ ...view, scrollTop: 80, followed: false, from: 20 }), false);
  // A banner came above the list before the scroll was told of.
  assert.equal(follows({ ...view, height: 70, followed: true, from: 100 }), true);
  assert.equal(follows({ ...view, count: 20, followed: true, from: 60 }), true);
});

test("a field over two events has its part of each", () => {
  const spans = [{ sequence: 7, offset: 10, length: 4 }, { sequence: 9, offset: 0, length: 8 }];
  assert.deepEqual(rangesIn(spans, 7, 2, 6), [{ from: 12, to: 14 }]);
  assert.deepEqual(rangesIn(spans, 9, 2, 6), [{ from: 0, to: 4 }]);
});

test("a byte belongs to its deepest field", () => {
  const field = (offset, length, children = []) => ({ offset, length, children });
  const detail = {
    event: { sequence: 1 },
    messages: [{
      message: { length: 6 },
      spans: [{ sequence: 1, offset: 0, length: 6 }],
      fields: [field(0, 4, [field(2, 2)])],
    }],
  };
  const fields = fieldsOf(detail);
  assert.deepEqual([...owners(fields, 6)].map((i) => fields[i]?.path ?? null),
    ["0", "0", "0.0", "0.0", null, null]);
});

test("a late answer about another packet changes nothing", () => {
  const state = reduce(initialState(), { type: "select", sequence: 5 });
  assert.equal(reduce(state, { type: "detail", detail: { event: { sequence: 4 } } }), state);
});

const reload = (phase, since, more = {}) => ({
  id: "a", service: "ui-gateway", phase, since, finished: phase === "completed", phases: [], ...more });

test("the banner follows a reload, and an older phase told again changes nothing", () => {
  const told = (state, news) => reduce(state, { type: "reload", reload: news });
  let state = told(initialState(), reload("announced", "12:00:00.000001"));
  state = told(state, reload("verifying", "12:00:02.000000"));
  assert.equal(told(state, reload("announced", "12:00:00.000001")), state);
  assert.equal(reduce(state, { type: "reload-seen", id: "a" }), state);
  state = told(state, reload("completed", "12:00:03.000000"));
  assert.equal(reduce(state, { type: "reload-seen", id: "b" }), state);
  assert.equal(reduce(state, { type: "reload-seen", id: "a" }).reload, null);
});

test("the banner says what happens and what came of it", () => {
  assert.equal(bannerText(reload("announced", "")), "Reload of ui-gateway is imminent");
  assert.equal(
    bannerText(reload("completed", "", {
      result: "continuity clean: 812 events",
      phases: [{ phase: "announced", tookMicros: 300_000 }, { phase: "restarting", tookMicros: 1_900_000 }],
    })),
    "Reload of ui-gateway is done after 2.2 s: continuity clean: 812 events");
});

test("a reader of logs that stands still is named with its reason, of a process that is there", () => {
  const service = (there, followers) => ({ service: "orchestrator-service", there, followers });
  const halted = { name: "journal", state: "halted", reason: "Kafka has lost records",
    since: "2026-11-28T12:00:00Z" };
  const running = { name: "tail", state: "running", since: "2026-11-28T12:00:00Z" };
  assert.match(followersText([service(true, [halted, running])]),
    /^The journal of orchestrator-service has HALTED since \S+: Kafka has lost records$/);
  assert.equal(followersText([service(false, [halted]), service(true, [running])]), "");
});

test("a long look says how far it is", () => {
  assert.equal(lookingText({ running: false }), "looking\u2026");
  assert.match(lookingText({ running: true, sequence: 50, last: 200 }), /^looking: 25 % of 200$/);
});
