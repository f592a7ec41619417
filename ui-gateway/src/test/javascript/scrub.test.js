import { nextPicture, paced, share, ticks, withPage } from "../../main/resources/static/state/scrub.js";
import { equal, test } from "./harness.js";

const tracks = [{ instance: "game1", sequences: [0, 40, 41, 80] }, { instance: "game2", sequences: [50] }];

test("the first event is at the left end, the newest at the right, and nothing is outside", () => {
  equal([1, 51, 101, 0, 500].map((sequence) => share(sequence, 101)), [0, 0.5, 1, 0, 1]);
  equal([share(1, 1), share(1, 0)], [0, 0]);
});

test("marks that would cover each other are one, in each game's own track", () => {
  equal(ticks(tracks, 101, 10), [{ instance: "game1", shares: [0, 0.4, 0.8] }, { instance: "game2", shares: [0.5] }]);
  equal(ticks(tracks, 101, 100)[0].shares, [0, 0.39, 0.4, 0.79]);
});

test("the next picture is that of any game, and the one before the session is shown at its first event", () => {
  equal([nextPicture(tracks, 41, 1), nextPicture(tracks, 50, 1), nextPicture(tracks, 80, 1)], [50, 80, null]);
  equal([nextPicture(tracks, 50, -1), nextPicture(tracks, 40, -1), nextPicture(tracks, 1, -1)], [41, 1, null]);
  equal(nextPicture([], 1, 1), null);
});

test("a page of pictures takes the place of what was known behind its beginning", () => {
  equal(withPage([1, 2, 3, 4], 2, [3, 4, 5]), [1, 2, 3, 4, 5]);
  equal(withPage([], 0, []), []);
});

test("rapid calls are passed on at intervals, and the last one always", () => {
  const told = [];
  const due = [];
  const tell = paced((value) => told.push(value), 150, (run, millis) => due.push({ run, millis }));
  [1, 2, 3, 4].forEach(tell);
  equal([told, due.length, due[0].millis], [[1], 1, 150]);
  due.shift().run();
  equal([told, due.length], [[1, 4], 1]);
  tell(5);
  equal(told, [1, 4]);
  due.shift().run();
  due.shift().run();
  equal([told, due.length], [[1, 4, 5], 0]);
  tell(6);
  equal(told, [1, 4, 5, 6]);
});
