import { initialState, reduce } from "../../main/resources/static/state/reducer.js";
import { rowAt } from "../../main/resources/static/state/log.js";
import { equal, test } from "./harness.js";

const after = (...actions) => actions.reduce(reduce, initialState());
const open = { type: "open", session: "s", followNewest: true };
const detail = (sequence) => ({ type: "detail", detail: { event: { sequence } } });
const page = (...sequences) => ({ type: "page", page: {
  events: sequences.map((sequence) => ({ event: { sequence, at: `at ${sequence}` }, messages: [] })) } });

test("nothing of another packet is kept when one is selected", () => {
  const state = after(open, { type: "select", sequence: 1 }, detail(1), { type: "field", field: { message: 0, path: "0" }, byte: 3 },
    { type: "select", sequence: 2 });
  equal([state.detail, state.field, state.byte, state.detailProblem], [null, null, null, null]);
});

test("an answer for a packet that is no longer selected is not shown", () => {
  equal(after(open, { type: "select", sequence: 2 }, detail(1)).detail, null);
  equal(after(open, { type: "select", sequence: 2 },
    { type: "detail-problem", sequence: 1, text: "away" }).detailProblem, null);
});

test("an unknown session is said and asked for no more", () => {
  const state = after(open, { type: "unknown-session", session: "s" });
  equal([state.session, state.unknownSession], [null, "s"]);
});

test("instances are not shown as of now while the gateway is down", () => {
  const known = after({ type: "instances", instances: [{ lab: "l", name: "game1" }] });
  equal(known.instancesKnown, true);
  equal(reduce(known, { type: "instances-unknown" }).instancesKnown, false);
});

test("the time column goes through its forms", () => {
  const forms = [0, 1, 2, 3].map((n) =>
    after(...Array(n).fill({ type: "next-time" })).time);
  equal(forms, ["start", "clock", "previous", "start"]);
});

test("a reference is the selected packet, and given up when it is chosen again", () => {
  const chosen = after(open, page(1, 2), { type: "select", sequence: 2 }, { type: "reference" });
  equal(chosen.reference, { sequence: 2, at: "at 2" });
  equal(reduce(chosen, { type: "reference" }).reference, null);
});

test("a reference can be chosen before it is read, and keeps its time when its row is dropped", () => {
  const chosen = after(open, { type: "select", sequence: 2 }, { type: "reference" });
  equal(chosen.reference, { sequence: 2, at: null });
  const read = reduce(chosen, page(1, 2));
  equal(read.reference, { sequence: 2, at: "at 2" });
  equal(reduce(read, { type: "filter", filter: "tcp" }).reference, read.reference);
  const detail = { event: { sequence: 2, at: "at 2" } };
  equal(reduce(chosen, { type: "detail", detail }).reference, { sequence: 2, at: "at 2" });
});

test("opening another session forgets the rows of the one before", () => {
  const state = after(open, page(1, 2), { type: "open", session: "t", followNewest: false });
  equal(rowAt(state.log, 0), null);
});

test("the end of a session comes over the stream before the list is read again", () => {
  const state = after({ type: "sessions", sessions: [{ id: "s", lastSequence: 0 }] }, open,
    { type: "items", items: [{ kind: "event", data: { sequence: 1, type: "session_ended", at: "now" } }] });
  equal(state.sessions[0].endedAt, "now");
});
