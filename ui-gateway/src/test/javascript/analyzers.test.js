import { isFileName, lineAt, percent, placeIn, standing, template, trial, understood, verdictOf }
  from "../../main/resources/static/state/analyzers.js";
import { importText, progressOf, unfit } from "../../main/resources/static/state/importing.js";
import { emptyLog, withPage, withRead } from "../../main/resources/static/state/log.js";
import { equal, test } from "./harness.js";

const harbour = (more) => ({ name: "harbour", file: "Harbour.java", state: "current", version: "v1", problems: [],
  changedAt: "2026-11-28T12:00:00Z", ...more });

test("an analyzer is in use, or says which version stays in use", () => {
  equal(standing(harbour()), { kind: "good", text: "in use" });
  equal(standing(harbour({ state: "refused", refused: "v2" })), { kind: "problem", text: "refused; v1 stays in use" });
  equal(standing(harbour({ state: "refused", refused: "v2", version: undefined })).text, "refused; none is in use");
});

test("what is saved is tried until analysis has another verdict", () => {
  const before = [harbour()];
  const verdict = verdictOf(before, "Harbour.java");
  equal(trial(before, "Harbour.java", verdict).text, "Saved; analysis tries it\u2026");
  const problems = [{ line: 3, column: 7, message: "';' expected" }];
  const after = [harbour({ state: "refused", refused: "v2", problems, changedAt: "2026-11-28T12:00:01Z" })];
  equal(trial(after, "Harbour.java", verdict), { kind: "problem", text: "Refused; v1 stays in use", problems });
  equal(trial(after, "New.java", undefined).text, "Not saved yet");
  equal(trial([], "New.java", "").text, "Saved; analysis tries it\u2026");
});

test("a share is never rounded to all or to nothing", () => {
  equal([understood({ bytes: 200, unknownBytes: 50 }), understood({ bytes: 0, unknownBytes: 0 })], [0.75, 1]);
  equal([1, 0.999, 0.5, 0.001, 0].map(percent), ["100 %", "99 %", "50 %", "1 %", "0 %"]);
});

test("lines and columns are places in the source, and back", () => {
  const text = "one\ntwo\nthree";
  equal([placeIn(text, 2, 2), placeIn(text, 3, 99), placeIn(text, 9, 1), placeIn(text, 0, 0)], [[5, 7], [13, 13], [13, 13], [0, 0]]);
  equal([lineAt(text, 0), lineAt(text, 5)], [{ line: 1, column: 1 }, { line: 2, column: 2 }]);
});

test("an analyzer's file is called as analysis takes it", () => {
  equal(["Harbour.java", "harbour.ksy", "harbour.java", "../Harbour.java", ".Harbour.java", "Harbour.jar"].map(isFileName),
    [true, true, false, false, false, false]);
  equal(template("Harbour.java").includes("public class Harbour implements"), true);
  equal(template("harbour.ksy").startsWith("meta:\n  id: harbour\n"), true);
});

test("rows are what their messages are by now, and an event may have more of them", () => {
  const event = (sequence) => ({ sequence, type: "datagram" });
  const message = (analyzer) => ({ analyzer, index: 0, type: "A" });
  const log = withPage({ ...emptyLog(), total: 3 }, { events: [
    { event: event(1), messages: [message("x642")] }, { event: event(2), messages: [message("x642")] }, { event: event(3), messages: [] }] });
  const read = withRead(log, { events: [{ event: event(2), messages: [message("x642"), message("harbour")] }] });
  equal(read.rows.map(({ sequence, part, messages }) => [sequence, part, messages[0]?.analyzer ?? null]),
    [[1, 0, "x642"], [2, 0, "x642"], [2, 1, "harbour"], [3, 0, null]]);
  equal(withRead(read, { events: [{ event: event(2), messages: [message("x642")] }] }).rows.length, 3);
});

test("a capture is sent, read, and accounted for", () => {
  const one = { name: "lobby.pcapng", size: 2048, sent: 1024, report: null, problem: null };
  equal([importText(one), progressOf(one)], ["lobby.pcapng: 1.0 KiB of 2.0 KiB sent", 0.5]);
  equal([importText({ ...one, sent: 2048 }), progressOf({ ...one, sent: 2048 })], ["lobby.pcapng: being read\u2026", null]);
  equal(importText({ ...one, report: { events: 12, frames: 20, complete: false } }), "lobby.pcapng: 12 events of 20 frames, incomplete");
  equal(importText({ ...one, problem: "neither pcapng nor pcap" }), "lobby.pcapng was not imported: neither pcapng nor pcap");
  equal([unfit({ name: "a.pcap", size: 1 }), unfit({ name: "a.pcap", size: 0 }), unfit({ name: "a.png", size: 9 }) !== null], [null, "a.pcap is empty", true]);
});
