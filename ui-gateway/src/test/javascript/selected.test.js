import { inspect, bytesOfHex } from "../../main/resources/static/state/bytes.js";
import { emptyLog, partOf, withPage, withTotal } from "../../main/resources/static/state/log.js";
import { equal, test } from "./harness.js";

const of = (...found) => ({ events: found.map(([sequence, ...types]) =>
  ({ event: { sequence, flow: { number: sequence } }, messages: types.map((type) => ({ type })) })) });

test("what is done with a selected packet is never done with another one", () => {
  const log = withTotal(withPage(emptyLog(), of([1, "A", "B", "C"], [2, "D"], [3, "E"])), 3);
  equal([2, 3].map((sequence) => partOf(log, sequence, 0).event.flow.number), [2, 3]);
  equal([0, 1, 2, 3].map((part) => partOf(log, 1, part).messages[0].type), ["A", "B", "C", "A"]);
  const filtered = withPage(emptyLog(true), of([10, "A"], [20, "B"]));
  equal([partOf(filtered, 15, 0), partOf(filtered, null, 0), partOf(filtered, 20, 0).sequence], [null, null, 20]);
});

test("the inspector reads floats in both byte orders", () => {
  const values = Object.fromEntries(inspect(bytesOfHex("3fc00000"), 0));
  equal(values["f32 be"], "1.5");
});
