import { change, course, fresh, groupsOf, sequenceAt } from "../../main/resources/static/state/game.js";
import { betweenMarkers, columnText, heat, numbers, windows } from "../../main/resources/static/state/statistics.js";
import { equal, test } from "./harness.js";

const value = (path, number, previous) => ({ path, number, previous });

test("a player's values stand in groups, and what changed last is marked", () => {
  const player = { money: value("m", 5, 3), islands: [{ number: 0, stock: [value("s", 1)], tax: [], inhabitants: [] }], other: [] };
  equal(groupsOf(player).map(({ heading, values }) => [heading, values.map(({ path }) => path)]),
    [["", ["m"]], ["Island 0: stock", ["s"]]]);
  const changed = ["a", "b", "c", "d", "e", "f"].map((path) => ({ path }));
  equal([fresh({ changed }).has("a"), fresh({ changed }).has("f")], [true, false]);
  equal([change(value("m", 5, 3)), change(value("m", 3, 5)), change(value("m", 5))], ["+2", "-2", ""]);
  equal([change({ number: 864, previous: 1248, unit: "1/32 t" }), change({ number: 3, previous: 1, unit: "coins" })], ["-12 t", "+2"]);
});

test("a value's course is drawn over seconds, and a click finds its change", () => {
  const points = [{ sequence: 7, at: "2026-11-28T12:00:00.000000Z", number: 1 }, { sequence: 9, at: "2026-11-28T12:00:04.000000Z", number: 3 }];
  equal(course({ points }), { times: [0, 4], values: [1, 3] });
  equal([sequenceAt({ points }, 1), sequenceAt({ points }, 3.5), sequenceAt({ points: [] }, 1)], [7, 9, null]);
});

test("a byte's place is as warm as its values vary", () => {
  equal([heat({ constant: true, entropy: 0, distinct: 1 }), heat({ entropy: 0.5, distinct: 2 }), heat({ entropy: 7, distinct: 200 })], [0, 1, 4]);
  equal(columnText({ offset: 16, constant: false, least: 1, most: 9, distinct: 3, changes: 4, messages: 10, flips: [2, 0, 1] }),
    "offset 16 (0x10), in 10 messages: 3 values from 1 to 9, changed 4 times; flipped bit 0: 2, bit 2: 1");
});

test("what is typed to be found is read, or is not right", () => {
  equal([windows("120-140, 300-320"), windows("140-120"), windows("x"), windows("")], [["120-140", "300-320"], null, null, null]);
  equal([numbers("9297 0x10,-3"), numbers("9297 x"), numbers("")], [["9297", "0x10", "-3"], null, null]);
});

test("windows lie between markers", () => {
  equal(betweenMarkers([{ sequence: 5, label: "a" }, { sequence: 9, label: "b" }], 20),
    [{ label: "a", window: "5-8" }, { label: "b", window: "9-20" }]);
});
