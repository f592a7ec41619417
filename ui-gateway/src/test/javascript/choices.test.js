import { initialChoices, paintOf, readChoices, withRule, withSaved, withoutRule, withoutSaved, withUsed }
  from "../../main/resources/static/state/choices.js";
import { equal, test } from "./harness.js";

test("what was kept is taken as far as it is right", () => {
  equal(readChoices(null), initialChoices());
  equal(readChoices("nonsense"), initialChoices());
  const kept = readChoices({ columns: ["no", 5], colours: "instance", rules: [{ where: "type", text: "PING", paint: 2 },
    { where: "body", text: "x", paint: 1 }, { where: "type", text: "", paint: 1 }, { where: "type", text: "x", paint: 99 }],
    saved: [{ name: "n", filter: "f" }, { name: 1 }], history: ["a", null], side: false });
  equal(kept, { columns: ["no"], colours: "instance", rules: [{ where: "type", text: "PING", paint: 2 }],
    saved: [{ name: "n", filter: "f" }], history: ["a"], side: false });
});

test("the history has each filter once, the newest first", () => {
  const used = ["a", "b", "a", ""].reduce(withUsed, initialChoices());
  equal(used.history, ["a", "b"]);
});

test("saved filters are found by name", () => {
  const saved = withSaved(withSaved(withSaved(initialChoices(), "chat", "a"), "all", "b"), "chat", "c");
  equal(saved.saved, [{ name: "all", filter: "b" }, { name: "chat", filter: "c" }]);
  equal(withoutSaved(saved, "chat").saved.length, 1);
});

test("the newest colour rule that fits a row counts", () => {
  let choices = withRule(initialChoices(), { where: "type", text: "PING", paint: 1 });
  choices = withRule(choices, { where: "info", text: "Tools", paint: 3 });
  equal(paintOf(choices.rules, { type: "PING", info: "tick" }), 1);
  equal(paintOf(choices.rules, { type: "PING", info: "who has tools" }), 3);
  equal(paintOf(choices.rules, { type: "CHAT", info: "" }), 0);
  choices = withRule(choices, { where: "type", text: "PING", paint: 5 });
  equal(choices.rules.length, 2);
  equal(paintOf(withoutRule(choices, { where: "type", text: "PING" }).rules, { type: "PING" }), 0);
});
