import { bytesOfHex } from "../../main/resources/static/state/bytes.js";
import { differences, differenceText, digitsOf, parsed, valueIn, withValue, writableFields }
  from "../../main/resources/static/state/edits.js";
import { ageText, blocksText, heldRows, heldText, holdRule, injection, playing, withoutUsed }
  from "../../main/resources/static/state/held.js";
import { equal, test } from "./harness.js";

const HEX = "3400b0fa08fc7f00000148690000410042000000";
const bytes = bytesOfHex(HEX);
const field = (name, offset, length, value, more) => ({ name, label: name, offset, length, value, children: [], ...more });
const detail = { event: { sequence: 1 }, messages: [{ message: { length: 20 }, spans: [{ sequence: 1, offset: 0, length: 20 }],
  fields: [
    field("word", 0, 4, 4205838388, { children: [field("size", 0, 4, 52, { bits: "ffff0f00" }), field("token", 0, 4, 4011, { bits: "0000f0ff" })] }),
    field("port", 4, 2, 2300), field("ip", 6, 4, "127.0.0.1"), field("text", 10, 4, "Hi"), field("wide", 14, 6, "AB"),
    field("raw", 14, 2, "4100"), field("odd", 4, 2, 77), field("none", 4, 0, 5)] }] };
const fields = writableFields(detail, bytes);
const named = (name) => fields.find((one) => one.name === name);

test("a field can be written where its bytes read as its value in some way", () => {
  equal(fields.map(({ name }) => name), ["word", "size", "token", "port", "ip", "text", "wide", "raw"]);
  equal(fields.map((one) => valueIn(bytes, one)), ["4205838388", "52", "4011", "2300", "127.0.0.1", "Hi", "AB", "4100"]);
  equal(writableFields(null, bytes), []);
});

const written = (name, text) => {
  const { bytes: now, problem } = withValue(bytes, named(name), text);
  return problem ?? differences(bytes, now).map((place) => [place, now[place]]);
};

test("a field that is written changes its own bytes and bits only", () => {
  equal(written("token", "0xBAB"), [[3, 0xba]]);
  equal(written("size", "53"), [[0, 53]]);
  equal(written("port", "47624"), [[4, 0xba], [5, 0x08]]);
  equal(written("ip", "10.0.0.1"), [[6, 10]]);
  equal(written("text", "H"), [[11, 0]]);
  equal(written("wide", "AC"), [[16, 0x43]]);
  equal(written("raw", "4101"), [[15, 1]]);
});

test("what does not fit is said and changes nothing", () => {
  equal(written("token", "4096"), "token does not fit into 12 bits");
  equal(written("port", "x"), "port is no whole number");
  equal(written("port", ""), "port is no whole number");
  equal(written("ip", "1.2.3.256"), "ip is no IPv4 address");
  equal(written("text", "longer"), "text has more than 4 signs");
  equal(withValue(bytesOfHex("00"), named("port"), "1").problem, "port: the bytes end before it");
});

test("bytes are typed as digits, and what is none is said", () => {
  equal(digitsOf(bytes).split("\n").map((line) => line.length), [47, 11]);
  equal([...parsed(" 34 0\n0").bytes], [0x34, 0]);
  equal([parsed("3g").problem, parsed("345").problem],
    ["\u201cg\u201d is no hexadecimal digit", "a byte has two digits; the last one has one"]);
  equal([differenceText(bytes, bytes), differenceText(bytes, bytesOfHex(`35${HEX.slice(2)}`)),
    differenceText(bytesOfHex("00"), bytesOfHex("0001"))],
  ["as it is", "1 byte differs, from 0x0000 on", "1 byte differs, from 0x0001 on, 2 bytes instead of 1"]);
});

const held = (number, more) => ({ lab: "default", number, from: "game1", to: "game2", fromPort: 1, toPort: 2, reason: "person",
  blocks: 0, ageMillis: 1500, heldAt: "2026-11-29T10:00:00Z", ...more });

test("what waits for a person is shown, and only the first of a way can go on", () => {
  const all = [held(1, { lab: "other" }), held(2), held(3, { reason: "behind" }), held(4), held(5, { reason: "network", toPort: 9 })];
  equal(heldRows(all, "default").map(({ number, first }) => [number, first]), [[2, true], [4, false], [1, true]]);
  equal(heldText(all), "3 held, 1 delayed");
  equal([ageText(held(1), 500), ageText(held(1, { dueAt: "2026-11-29T10:00:04Z" }), 0)], ["2.0 s", "1.5 s of 4 s"]);
  equal([blocksText({ blocks: 3, first: true }), blocksText({ blocks: 0, first: true }), blocksText({ blocks: 0, first: false })],
    ["blocks 3 behind it", "blocks nothing", "waits behind another one"]);
});

const row = { sequence: 7, part: 0, messages: [{ type: "CHAT", protocol: "x642" }],
  event: { type: "datagram", sequence: 7, flow: { number: 2, protocol: "udp", source: { instance: "game1" }, destination: { instance: "game2" } } } };

test("a rule that holds the next one acts once, and those that have acted go", () => {
  const rule = holdRule(row, []);
  equal(rule, `  - rule: hold CHAT
    from: game1
    to: game2
    protocol: udp
    when: 'message.type == "CHAT"'
    limit: 1
    do: hold
`);
  const text = `rules:\n${rule}\n${rule.replace("hold CHAT", "hold CHAT 2")}`;
  equal(withoutUsed(text, [{ name: "hold CHAT", limit: 1, hits: 1 }, { name: "hold CHAT 2", limit: 1, hits: 0 }])
    .includes("hold CHAT 2"), true);
  equal(withoutUsed(`rules:\n${rule}`, [{ name: "hold CHAT", limit: 1, hits: 1 }]), "");
});

test("something is sent to the lab's running session, as a datagram or in a flow", () => {
  const sessions = [{ id: "c", lab: "b" }, { id: "b", lab: "a", endedAt: "x" }, { id: "a", lab: "a" }];
  equal([playing(sessions, "a").id, playing(sessions, "import").id, playing([], "a")], ["a", "c", null]);
  const values = { from: "game1", to: "game2", fromPort: "2350", toPort: "2350", times: "1", everyMillis: "500" };
  equal(injection(bytesOfHex("00ff"), values),
    { from: "game1", to: "game2", fromPort: 2350, toPort: 2350, parts: [{ hex: "00ff" }], author: "page" });
  equal(injection(bytesOfHex("00ff"), { ...values, flow: 3, times: "2" }),
    { from: "game1", flow: 3, parts: [{ hex: "00ff" }], times: 2, everyMillis: 500, author: "page" });
});
