import { filterText, isApplicable } from "../../main/resources/static/views/filter.js";
import { initialState, reduce } from "../../main/resources/static/state/reducer.js";
import { equal, test } from "./harness.js";

test("the filter bar says what is wrong and what was expected", () => {
  const problems = [{ message: "there is no field udp.prt", expected: ["udp.port"] }];
  equal(filterText({ state: "invalid", problems }),
    "there is no field udp.prt; expected: udp.port");
  equal(filterText({ state: "valid", problems: [] }), "");
});

test("only what is a filter is applied", () => {
  equal(["empty", "valid", "deprecated", "intermediate", "invalid"]
    .filter((state) => isApplicable({ state })), ["empty", "valid", "deprecated"]);
});

test("a filter stays when another session is opened, whose log holds what is found", () => {
  const filtered = reduce(initialState(), { type: "filter", filter: "udp" });
  const opened = reduce(filtered, { type: "open", session: "s", followNewest: true });
  equal([opened.filter, opened.log.filtered], ["udp", true]);
});
