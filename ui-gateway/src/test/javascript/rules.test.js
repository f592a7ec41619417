import { behind, fileStanding, isRuleFile, namesIn, newFile, placesOf, ruleFrom, ruleName, scalar, trialText, withRule }
  from "../../main/resources/static/state/rules.js";
import { DRAFT, IN_USE, WITHOUT, changes, requested, runStanding, share, summary, withMore, withRun }
  from "../../main/resources/static/state/runs.js";
import { equal, test } from "./harness.js";

const row = (more) => ({ sequence: 7, part: 0, event: { type: "datagram", sequence: 7,
  flow: { number: 2, protocol: "udp", source: { instance: "game1" }, destination: { instance: "game2" } } },
messages: [{ type: "CHAT", protocol: "x642" }], ...more });

test("a rule made from a packet is for packets like it, and only counts", () => {
  equal(ruleFrom(row(), null, undefined, []), `  - rule: CHAT
    from: game1
    to: game2
    when: 'message.type == "CHAT"'
    dry-run: true   # only counts; without this line it acts
    do: { tag: seen }   # or: drop, set, patch, duplicate, impair: docs/RULES.md
`);
  equal(ruleFrom(row({ messages: [] }), null, undefined, []).includes("    protocol: udp\n"), true);
});

test("a rule made from a field sets it where it has the value it has here", () => {
  const text = ruleFrom(row(), { name: "x642.value", value: 5 }, "integer", ["CHAT x642.value"]);
  equal(text.includes("  - rule: CHAT x642.value 2\n"), true);
  equal(text.includes("    when: 'x642.value == 5'\n"), true);
  equal(text.includes("    do: { set: x642.value, to: 5 }\n"), true);
  equal(ruleFrom(row(), { name: "x642.chat.text", value: "it's }" }, "text", []).includes("to: 'it''s }' }"), true);
});

test("whatever a game sends stays a text in YAML, and its name a name", () => {
  equal([scalar("it's"), scalar('"\n\\'), scalar("\u202e"), scalar("\u{1f600}")],
    ["'it''s'", '"\\"\\U0000000a\\\\"', '"\\U0000202e"', '"\\U0001f600"']);
  equal([ruleName("<b>Ä{CHAT}", []), ruleName("***", []), ruleName("CHAT", ["CHAT", "CHAT 2"]), ruleName("x".repeat(99), []).length],
    ["b CHAT", "rule", "CHAT 3", 56]);
});

test("a rule is added behind those that are there", () => {
  equal(withRule("", "  - rule: a\n"), "rules:\n  - rule: a\n");
  equal(withRule("rules:\n  - rule: a\n", "  - rule: b\n"), "rules:\n  - rule: a\n\n  - rule: b\n");
  equal(withRule("- rule: a\n", "  - rule: b\n    to: c\n"), "- rule: a\n\n- rule: b\n  to: c\n");
  equal(namesIn("rules:\n  - rule: cheap ships   # one\n  - rule: 'a b'\n"), ["cheap ships", "a b"]);
});

test("what is wrong has its line, what was before holds, and labs may be behind", () => {
  equal(placesOf(["a.yaml:3:9: unknown key: form", "strange"]),
    [{ line: 3, column: 9, message: "unknown key: form" }, { line: 0, column: 0, message: "strange" }]);
  equal(fileStanding({ inUse: false, used: "x", problems: [{}] }).text, "wrong; what it said before holds");
  equal(fileStanding({ inUse: false, problems: [{}] }).text, "wrong; nothing of it holds");
  equal(fileStanding({ inUse: true, problems: [] }).kind, "good");
  equal(behind({ version: "b", labs: { one: "b", two: "a" } }), ["two"]);
  equal(["a.yaml", "a.json", "../a.yaml", "a.txt", ".yaml"].map(isRuleFile), [true, true, false, false, false]);
  equal(["HalfPrice.java", "half-price.java", "a.java"].map(isRuleFile), [true, false, false]);
  equal(trialText({ events: 1200, changed: 1, rules: [{ matched: 2 }, { matched: 1 }] }),
    "Would have matched 3 times in 1\u202f200 packets; 1 packet would have been changed.");
});

test("a new file is one that only counts, in the language of its name", () => {
  equal(newFile("a.yaml").startsWith("#"), true);
  equal(newFile("HalfPrice.java").startsWith("/* rule: HalfPrice\n"), true);
  equal(newFile("HalfPrice.java").includes("public final class HalfPrice implements PacketRule"), true);
  equal([newFile("a.yaml"), newFile("A.java")].every((text) => text.includes("dry-run: true")), true);
});

test("a run works with what is in use, but for what is chosen", () => {
  equal(requested({ a: IN_USE, b: WITHOUT, c: "v2", d: DRAFT }, { file: "d.ksy", text: "meta:" }), { analyzers: [
    { name: "b" }, { name: "c", version: "v2" }, { file: "d.ksy", source: "meta:" }] });
  equal(requested({ d: DRAFT }, null), { analyzers: [] });
});

test("a run says how far it is and what came of it", () => {
  equal([share({ state: "running", lastSequence: 3, total: 9 }), share({ state: "finished", lastSequence: 3, total: 9 }),
    share({ state: "waiting", lastSequence: 0, total: 0 })], [1 / 3, 1, 0]);
  equal(runStanding({ state: "running", lastSequence: 3, total: 9 }).text, "at 3 of 9");
  equal(runStanding({ state: "failed", problem: "no source" }), { kind: "problem", text: "no source" });
});

test("what changed most comes first, and a type that was not there has no share", () => {
  const side = (messages, bytes, understood) => ({ messages, bytes, understood });
  const types = [{ protocol: "p", type: "A", before: side(2, 16, 4), after: side(2, 16, 4) },
    { protocol: "p", type: "B", before: side(0, 0, 0), after: side(1, 8, 6) }];
  equal(changes(types).map(({ type, before, after, gain }) => [type, before, after, gain]),
    [["B", null, 0.75, 6], ["A", 0.25, 0.25, 0]]);
  equal(summary(types), { before: 0.25, after: 10 / 24 });
  equal(withMore({ before: "stored", messages: [1], next: 5 }, { messages: [2] }),
    { before: "stored", messages: [1, 2], next: undefined });
});

test("what the stream says of a run stands in the list, and of an unknown one it is read again", () => {
  const runs = [{ id: "a", state: "running", lastSequence: 1, requestedAt: "x" }, { id: "b", state: "finished" }];
  equal(withRun(runs, { id: "a", state: "running", lastSequence: 7 })[0],
    { id: "a", state: "running", lastSequence: 7, requestedAt: "x" });
  equal(withRun(runs, { id: "b", state: "deleted" }).map(({ id }) => id), ["a"]);
  equal(withRun(runs, { id: "c", state: "running" }), null);
});
