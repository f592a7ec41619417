import { actStanding, busy, nameProblem, takenIn } from "../../main/resources/static/state/snapshots.js";
import { equal, test } from "./harness.js";

test("a snapshot has a name that is a directory's, and no other has it", () => {
  const list = { snapshots: [{ name: "menu" }] };
  equal([nameProblem("after-turn-7", list), nameProblem("menu", list), nameProblem("../menu", list), nameProblem("Menu", list)],
    ["", "There is 'menu' already.", "Letters a to z, digits and '-'.", "Letters a to z, digits and '-'."]);
});

test("one snapshot is taken or restored at a time", () => {
  const of = (...states) => busy({ acts: states.map((state) => ({ state })) });
  equal([of(), of("done", "refused", "failed"), of("done", "requested"), of("running")], [false, false, true, true]);
});

test("a refusal and a failure have their reasons", () => {
  equal(actStanding({ kind: "take", state: "refused", detail: "no game is played" }),
    { kind: "problem", text: "refused: no game is played" });
  equal(actStanding({ kind: "restore", state: "failed" }).text, "failed: no reason is given");
  equal(["requested", "running", "done"].map((state) => actStanding({ kind: "take", state }).text),
    ["asked for", "the games stand still", "taken"]);
});

test("the session of a snapshot is named as in the list of sessions", () => {
  equal(takenIn({ session: "s1" }, [{ id: "s1", lab: "default", ordinal: 3 }]), "default 3");
  equal(takenIn({ session: "0123456789ab" }, []), "01234567");
});
