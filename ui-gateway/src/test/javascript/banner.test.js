import { initialState, reduce } from "../../main/resources/static/state/reducer.js";
import { bannerText, followersText } from "../../main/resources/static/views/banner.js";
import { lookingText } from "../../main/resources/static/views/status.js";
import { equal, test } from "./harness.js";

const reload = (phase, since, more = {}) => ({
  id: "a", service: "ui-gateway", phase, since, finished: phase === "completed", phases: [], ...more });

test("the banner follows a reload, and an older phase reported again changes nothing", () => {
  const reported = (state, news) => reduce(state, { type: "reload", reload: news });
  let state = reported(initialState(), reload("announced", "12:00:00.000001"));
  state = reported(state, reload("verifying", "12:00:02.000000"));
  equal(reported(state, reload("announced", "12:00:00.000001")) === state, true);
  equal(reduce(state, { type: "reload-seen", id: "a" }) === state, true);
  state = reported(state, reload("completed", "12:00:03.000000"));
  equal(reduce(state, { type: "reload-seen", id: "b" }) === state, true);
  equal(reduce(state, { type: "reload-seen", id: "a" }).reload, null);
});

test("the banner says what happens and what came of it", () => {
  equal(bannerText(reload("announced", "")), "Reload of ui-gateway is imminent");
  equal(
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
  const text = followersText([service(true, [halted, running])]);
  equal(text.startsWith("The journal of orchestrator-service has HALTED since "), true);
  equal(text.endsWith(": Kafka has lost records"), true);
  equal(followersText([service(false, [halted]), service(true, [running])]), "");
});

test("a long look says how far it is", () => {
  equal(lookingText({ running: false }), "looking\u2026");
  equal(/^looking: 25 % of 200$/.test(lookingText({ running: true, sequence: 50, last: 200 })), true);
});
