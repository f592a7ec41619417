import { initialState, reduce } from "../../main/resources/static/state/reducer.js";
import { bannerText } from "../../main/resources/static/views/banner.js";
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
