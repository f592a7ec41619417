import { cellsOf, fieldsIn, moved, namesOf, shownColumns, timesOf, toggled, tracks }
  from "../../main/resources/static/state/columns.js";
import { emptyLog } from "../../main/resources/static/state/log.js";
import { equal, test } from "./harness.js";

const at = "2026-11-28T12:00:01.500000Z";
const flow = { number: 3, protocol: "udp", source: { instance: "game1", address: "127.1.0.1", port: 2350 },
  destination: { instance: "game2", address: "127.1.0.2", port: 2350 } };
const event = { sequence: 7, type: "datagram", at, instance: "game1", verdict: "relayed", flow, length: 36, info: "36 bytes" };
const times = timesOf({ time: "start", reference: null, session: "s", log: emptyLog(),
  sessions: [{ id: "s", startedAt: "2026-11-28T12:00:00.000000Z" }] });
const row = (messages, part = 0, parts = undefined) => ({ sequence: 7, event, messages, part, parts });

test("a narrow list leaves the addresses out, unless they were chosen", () => {
  equal(shownColumns(null, 1000).includes("source"), false);
  equal(shownColumns(null, 1400).includes("source"), true);
  equal(shownColumns(["no", "source"], 500), ["no", "source"]);
});

test("any field can become a column before Info, and go again", () => {
  const columns = toggled(["no", "info", "verdict"], "dplay.command");
  equal(columns, ["no", "dplay.command", "info", "verdict"]);
  equal([fieldsIn(columns), fieldsIn(null)], [["dplay.command"], []]);
  equal(toggled(columns, "dplay.command"), ["no", "info", "verdict"]);
  equal(tracks(columns).includes("1fr"), true);
});

test("columns are moved within the list only", () => {
  equal(moved(["a", "b", "c"], "a", 1), ["b", "a", "c"]);
  equal(moved(["a", "b", "c"], "a", -1), ["a", "b", "c"]);
  equal(moved(["a", "b", "c"], "b", 9), ["a", "c", "b"]);
});

test("a row's cells say what the event and its message are", () => {
  const message = { type: "PING", summary: "PING tick 5", protocol: "dplay", length: 36, values: { "dplay.command": ["0x16 PING"] } };
  equal(cellsOf(row([message]), null, times, ["no", "time", "game", "direction", "source", "type", "length", "info", "dplay.command"]), {
    no: "7", time: "1.500000", game: "game1", direction: "\u2192 game2", source: "127.1.0.1:2350",
    type: "PING", length: "36", info: "PING tick 5", "dplay.command": "0x16 PING" });
});

test("an event's further messages are told from its first one, with their own lengths", () => {
  const message = { type: "CHAT", summary: "CHAT", protocol: "x642", length: 12 };
  equal(cellsOf(row([message], 1, 2), null, times, ["no", "time", "length", "verdict"]),
    { no: "\u21b3 7", time: "", length: "12", verdict: "" });
});

test("what a game sends is shown as text: control characters and reversed text are spelled out", () => {
  const message = { type: "CHAT", summary: "<script>\u202eevil\u0007", protocol: "x642", length: 1 };
  equal(cellsOf(row([message]), null, times, ["info"]).info, "<script>\\u202eevil\\u0007");
  const long = { ...message, summary: "x".repeat(65536) };
  equal(cellsOf(row([long]), null, times, ["info"]).info.length, 401);
});

test("values that have names are shown with them", () => {
  const names = namesOf([{ name: "dplay.command", values: [{ value: "0x16", name: "PING" }, { value: "0x17" }] },
    { name: "dplay.tick", values: [] }]);
  const message = { type: "PING", summary: "", values: { "dplay.command": [22, 23] } };
  equal(cellsOf(row([message]), null, times, ["dplay.command"], names)["dplay.command"], "22 PING, 23");
});
