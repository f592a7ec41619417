import { found, groups } from "../../main/resources/static/state/sessions.js";
import { equal, test } from "./harness.js";

const session = (ordinal, day, more = {}) => ({ id: `s${ordinal}`, lab: "evening", ordinal,
  startedAt: `2026-11-${day}T12:00:00.000000Z`, endedAt: `2026-11-${day}T13:00:00.000000Z`, ...more });
const all = [session(3, 28, { endedAt: undefined }), session(2, 27, { name: "the fisher's hut" }), session(1, 27)];
const now = new Date("2026-11-28T15:00:00Z");

test("running sessions stand first, the others by day", () => {
  equal(groups(all, now).map(({ heading, sessions }) => [heading, sessions.map(({ id }) => id)]),
    [["Running", ["s3"]], ["2026-11-27", ["s2", "s1"]]]);
});

test("a session is found by each of its words", () => {
  const ids = (text) => found(all, text).map(({ id }) => id);
  equal(ids("hut"), ["s2"]);
  equal(ids("evening #1"), ["s1"]);
  equal(ids("running"), ["s3"]);
  equal(ids("2026-11-27 evening"), ["s2", "s1"]);
  equal(ids(""), ["s3", "s2", "s1"]);
});
