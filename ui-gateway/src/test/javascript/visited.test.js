import { current, nothingVisited, turned, visit } from "../../main/resources/static/state/visited.js";
import { equal, test } from "./harness.js";

const at = (sequence, part = 0) => ({ sequence, part });
const all = (...jumps) => jumps.reduce((visited, sequence) => visit(visited, at(sequence), false), nothingVisited());

test("the reader goes back to the packets where he was, and forth again", () => {
  let visited = all(5, 90, 7);
  visited = turned(turned(visited, -1), -1);
  equal(current(visited), at(5));
  equal(current(turned(visited, -1)), at(5));
  equal(current(turned(visited, 1)), at(90));
  equal(current(turned(nothingVisited(), -1)), null);
});

test("who goes elsewhere has nothing ahead, and the same packet again is no other place", () => {
  const back = turned(all(5, 90, 7), -1);
  equal(current(turned(visit(back, at(90), false), 1)), at(7));
  const elsewhere = visit(back, at(30), false);
  equal([current(turned(elsewhere, 1)), current(turned(elsewhere, -1))], [at(30), at(90)]);
});

test("row by row is one place, and only the newest places are kept", () => {
  let visited = all(5);
  for (let s = 6; s < 50; s++) visited = visit(visited, at(s), true);
  equal([visited.all.length, current(visited)], [1, at(49)]);
  equal(all(...Array.from({ length: 300 }, (_, i) => i + 1)).all.length, 100);
});
