import { marks, rates, sequenceAtTime } from "../../main/resources/static/state/timeline.js";
import { labels, nextMarker, withMarker } from "../../main/resources/static/state/markers.js";
import { moment } from "../../main/resources/static/state/format.js";
import { equal, test } from "./harness.js";

const at = (second) => `2026-11-28T12:00:${String(second).padStart(2, "0")}.000000Z`;
const line = { from: at(0), through: at(10), turns: [{ sequence: 50, at: at(4), type: "game_frozen", instance: "game1" }],
  parts: [{ number: 0, at: at(0), firstSequence: 1, counts: { game2: 10 } }, { number: 3, at: at(6), firstSequence: 40, counts: { game10: 5, game2: 1 } }] };

test("rates are events per second, also where nothing came", () => {
  const { names, data, seconds } = rates(line, 5);
  equal([names, seconds], [["game2", "game10"], 10]);
  equal(data, [[0, 2, 4, 6, 8], [5, 0, 0, 0.5, 0], [0, 0, 0, 2.5, 0]]);
});

test("a click goes to the part's first event", () => {
  equal([0, 5, 6.5, 99].map((seconds) => sequenceAtTime(line, seconds)), [1, 1, 40, 40]);
  equal(sequenceAtTime({ ...line, parts: [] }, 5), null);
});

test("markers, freezes and the reloads of that time stand on the line in order", () => {
  const found = marks(line, [{ label: "hut", sequence: 45, createdAt: at(7) }],
    [{ service: "ui-gateway", phase: "completed", since: at(2) }, { service: "x", phase: "failed", since: at(40) }], () => undefined);
  equal(found.map(({ kind, seconds }) => [kind, seconds]), [["reload", 2], ["freeze", 4], ["marker", 7]]);
});

test("markers follow the stream's word, by sequence, and are found one after the other", () => {
  const marker = (id, sequence) => ({ id, sequence, label: id, createdAt: at(sequence) });
  let markers = withMarker([], { marker: marker("b", 20), deleted: false });
  markers = withMarker(markers, { marker: marker("a", 10), deleted: false });
  markers = withMarker(markers, { marker: marker("a", 10), deleted: false });
  equal(markers.map(({ id }) => id), ["a", "b"]);
  equal([nextMarker(markers, 10, 1).id, nextMarker(markers, 10, -1), nextMarker(markers, 99, -1).id], ["b", null, "b"]);
  equal([...labels(withMarker(markers, { marker: marker("c", 10), deleted: false }))], [[10, "a, c"], [20, "b"]]);
  equal(withMarker(markers, { marker: marker("a", 10), deleted: true }).length, 1);
});

test("times of an axis differ where its steps do, in short sessions and in long ones", () => {
  equal([0, 0.005, 0.01].map((seconds) => moment(seconds, 0.005)), ["0 s", "0.005 s", "0.01 s"]);
  equal([59, 60, 61.5, 600].map((seconds) => moment(seconds, 0.5)), ["59 s", "1:00.0", "1:01.5", "10:00.0"]);
  equal([0, 30, 60, 90].map((seconds) => moment(seconds, 30)), ["0 s", "30 s", "1:00", "1:30"]);
  equal([moment(59.99), moment(0.04)], ["1:00.0", "0 s"]);
});
