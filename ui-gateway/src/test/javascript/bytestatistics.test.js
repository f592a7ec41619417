import { bitFlips, distribution } from "../../main/resources/static/state/statistics.js";
import { equal, test } from "./harness.js";

test("a byte's values have their share, and what is not listed is summed up", () => {
  const { shown, others } = distribution({ messages: 10, distinct: 5, values: [{ value: 0x2a, messages: 6 }, { value: 0, messages: 1 }] });
  equal(shown, [{ value: 42, count: 6, share: 0.6, text: "0x2a  42  '*'" }, { value: 0, count: 1, share: 0.1, text: "0x00  0" }]);
  equal(others, { distinct: 3, count: 3, share: 0.3 });
  equal(distribution({ messages: 2, distinct: 1, values: [{ value: 7, messages: 2 }] }).others, null);
});

test("bits stand as they are written, each with its share of the byte's changes", () => {
  const bits = bitFlips({ changes: 4, flips: [4, 2, 0, 0, 0, 0, 0, 1] });
  equal([bits[0], bits[6], bits[7]], [{ bit: 7, count: 1, share: 0.25 }, { bit: 1, count: 2, share: 0.5 }, { bit: 0, count: 4, share: 1 }]);
  equal(bitFlips({ changes: 0, flips: [0] }), [{ bit: 0, count: 0, share: 0 }]);
});
