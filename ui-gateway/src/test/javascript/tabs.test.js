import { asDump, asText, delta, MOST_TURNS, withTurns } from "../../main/resources/static/state/turns.js";
import { drawing } from "../../main/resources/static/state/lanes.js";
import { lastFinished, running, steps } from "../../main/resources/static/state/reloads.js";
import { findings } from "../../main/resources/static/views/continuity.js";
import { reloadText, wayText } from "../../main/resources/static/views/status.js";
import { initialState, reduce } from "../../main/resources/static/state/reducer.js";
import { equal, test } from "./harness.js";

const turn = (sequence, from = "opener") => ({ sequence, from, hex: "70", at: `2026-11-28T12:00:00.${String(sequence).padStart(6, "0")}Z` });

test("a followed stream grows by what is new, and says whether it is complete", () => {
  let stream = withTurns(undefined, { flow: 3, turns: [turn(1), turn(2)], next: 2 });
  equal([stream.complete, stream.turns.length], [false, 2]);
  stream = withTurns(stream, { flow: 3, turns: [turn(2), turn(5)] });
  equal([stream.complete, stream.turns.map(({ sequence }) => sequence)], [true, [1, 2, 5]]);
  equal([delta(stream.turns, 0), delta(stream.turns, 2)], [null, 3]);
});

test("a followed stream is bounded, and says that it was cut", () => {
  const many = Array.from({ length: MOST_TURNS + 5 }, (_, i) => turn(i + 1));
  const stream = withTurns(undefined, { flow: 3, turns: many });
  equal([stream.turns.length, stream.turns[0].sequence, stream.cut], [MOST_TURNS, 6, true]);
});

test("bytes of a stream are text or a dump", () => {
  equal(asText("48690d0a00"), "Hi\n\u00b7");
  equal(asDump("4869"), `0000  48 69${" ".repeat(42)}  Hi`);
});

const event = (sequence, instance, deliveredTo, more = {}) => ({ event: { sequence, instance, deliveredTo, type: "datagram",
  verdict: "relayed", info: "", at: `2026-11-28T12:00:00.${String(sequence).padStart(6, "0")}Z` }, messages: [], ...more });

test("an arrow goes from the game that a message left to each that it reached, with latency and receipt", () => {
  const receipt = { outcome: "done", at: "2026-11-28T12:00:00.002001Z" };
  const picture = drawing([
    event(1, "game1", ["game2", "game3"], { deliveries: [{ instance: "game2", receipts: [receipt] }, { instance: "game3", receipts: [] }] }),
    event(2, "game2", [])], ["game1", "game10"], 1000);
  equal(picture.lanes.map(({ name }) => name), ["game1", "game2", "game3", "game10"]);
  const x = Object.fromEntries(picture.lanes.map(({ name, x: at }) => [name, at]));
  equal(picture.rows[0].from, x.game1);
  equal(picture.rows[0].arrows.map(({ to, receipt: word, latency }) => [to, word, latency]),
    [[x.game2, "done", "2.0 ms"], [x.game3, "missing", "no receipt"]]);
  equal(picture.rows[1].arrows, []);
  equal(picture.rows[1].y > picture.rows[0].y, true);
});

test("a reload's phases have their share of the whole", () => {
  const reload = { finished: false, phase: "verifying", phases: [{ phase: "announced", tookMicros: 100 }, { phase: "restarting", tookMicros: 300 }] };
  const { passed, now, micros } = steps(reload);
  equal([passed.map(({ share }) => share), now.phase, micros], [[0.25, 0.75], "verifying", 400]);
  const done = { finished: true, phase: "completed", since: "2026-11-28T12:00:00Z", phases: [] };
  equal([running([reload, done]) === reload, lastFinished([reload, done]) === done], [true, true]);
});

test("the status bar sums up what is on its way, and the last reload", () => {
  const instances = [{ connected: true, lagEvents: 2, spoolBytes: 1024 }, { connected: false, lagEvents: 9 }, { connected: true }];
  equal(wayText(instances, true), "lag 2 \u00b7 spool 1.0 KiB");
  equal(wayText(instances, false), "lag unknown");
  equal(reloadText([]), "no reload");
  equal(reloadText([{ finished: false, service: "ui-gateway" }]), "reloading ui-gateway");
});

test("everything that continuity found has its place, in the order of the session", () => {
  const report = { faults: [{ sequence: 500, check: "receipts", detail: "none" }, { check: "equation", detail: "off" }],
    losses: [{ sequence: 7, cause: "spool_full", datagrams: 3, instance: "game1" }],
    unconfirmed: [{ sequence: 900, instance: "game2", commands: 2 }] };
  equal(findings(report).map(({ sequence, kind }) => [sequence ?? null, kind]),
    [[null, "fault"], [7, "loss"], [500, "fault"], [900, "unconfirmed"]]);
});

test("what a tab has loaded of another session is not shown", () => {
  const opened = (state, session) => reduce(state, { type: "open", session, followNewest: false });
  let state = opened(initialState(), "s");
  state = reduce(state, { type: "tab-data", tab: "flows", session: "s", data: [1] });
  equal(reduce(state, { type: "tab-data", tab: "flows", session: "t", data: [2] }).tabs.flows, [1]);
  equal(opened(state, "s").tabs.flows, [1]);
  equal(opened(state, "t").tabs, {});
});

test("the stream's word on a reload stands in the list of reloads too", () => {
  const reload = (phase, since) => ({ id: "a", phase, since, finished: false, phases: [] });
  let state = reduce(initialState(), { type: "reload", reload: reload("announced", "1") });
  state = reduce(state, { type: "reload", reload: reload("restarting", "2") });
  equal(state.reloads.map(({ id, phase }) => [id, phase]), [["a", "restarting"]]);
});
