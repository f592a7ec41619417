import { begun } from "../../main/resources/static/state/sessions.js";
import { equal, test } from "./harness.js";

test("a session that begins is told from those that were there, from imports and from those that are over", () => {
  const known = [{ id: "a" }];
  equal(begun(known, [{ id: "b" }, { id: "a" }]), "b");
  equal([begun(known, known), begun([], [{ id: "b" }])], [null, null]);
  equal(begun(known, [{ id: "i", origin: "import" }, { id: "o", endedAt: "2026-11-22T12:00:00Z" }, { id: "a" }]), null);
});
