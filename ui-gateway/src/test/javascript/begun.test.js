import { begun } from "../../main/resources/static/state/sessions.js";
import { equal, test } from "./harness.js";

test("a new running session is reported; known, imported and ended ones are not", () => {
  const known = [{ id: "a" }];
  equal(begun(known, [{ id: "b" }, { id: "a" }]), "b");
  equal([begun(known, known), begun([], [{ id: "b" }])], [null, null]);
  equal(begun(known, [{ id: "i", origin: "import" }, { id: "o", endedAt: "2026-11-22T12:00:00Z" }, { id: "a" }]), null);
});
