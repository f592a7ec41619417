import { cellCondition, combined, completed, conversation, effective, fieldCondition, HEARTBEATS, quoted, sameBytes,
  split, typeCondition } from "../../main/resources/static/state/filters.js";
import { equal, test } from "./harness.js";

test("a condition is added to a filter without changing what it means", () => {
  equal(combined("", "udp", "and"), "udp");
  equal(combined("tcp", "udp", "only"), "udp");
  equal(combined("tcp", "udp", "not"), "!(udp)");
  equal(combined("a || b", "c", "and"), "(a || b) && c");
  equal(combined("a", "b or c", "and"), "a && (b or c)");
  equal(combined("a", "b || c", "and-not"), "a && !(b || c)");
  equal(combined("a", "b", "or"), "a || b");
});

test("heartbeats are left out of what is asked for, not out of what is typed", () => {
  equal(effective({ filter: "udp", quiet: false }), "udp");
  equal(effective({ filter: "", quiet: true }), `!(${HEARTBEATS})`);
  equal(effective({ filter: "a || b", quiet: true }), `(a || b) && !(${HEARTBEATS})`);
});

test("texts of games are quoted", () => {
  equal(quoted('say "hi"\\\n'), '"say \\"hi\\"\\\\\\x0a"');
});

test("a field's condition is written as its type wants it", () => {
  const field = (value) => ({ name: "f", value });
  equal(fieldCondition(field(22), "integer"), "f == 22");
  equal(fieldCondition(field(true), "boolean"), "f == true");
  equal(fieldCondition(field("Tom"), "string"), 'f == "Tom"');
  equal(fieldCondition(field("127.0.0.1"), "ipv4"), "f == 127.0.0.1");
  equal(fieldCondition(field("0a0b"), "bytes"), "f == 0a:0b");
  equal(fieldCondition(field(undefined), "group"), "f");
  equal(fieldCondition(field([1, 2]), "integer"), "f");
});

test("a cell's condition is about its own column", () => {
  const flow = { number: 3, protocol: "udp", source: { instance: "game1", address: "127.1.0.1", port: 2350 },
    destination: { instance: "game2", address: "127.1.0.2", port: 2351 } };
  const row = { event: { sequence: 7, type: "datagram", instance: "game1", verdict: "relayed", flow, length: 36 },
    messages: [{ type: "PING", protocol: "dplay", summary: "PING" }] };
  equal(["no", "game", "direction", "source", "destination", "type", "length", "verdict", "flow"]
    .map((column) => cellCondition(row, column)), ["frame.number == 7", 'instance == "game1"', 'to == "game2"',
    "ip.src == 127.1.0.1 && udp.srcport == 2350", "ip.dst == 127.1.0.2 && udp.dstport == 2351",
    'message.type == "PING"', "frame.len == 36", 'verdict == "relayed"', "flow == 3"]);
  equal(conversation(row),
    '(instance == "game1" && to == "game2") || (instance == "game2" && to == "game1")');
  equal(typeCondition({ event: { type: "flow_opened" }, messages: [] }), 'event.type == "flow_opened"');
});

test("the same bytes are looked for anywhere in a payload", () => {
  equal(sameBytes([0x70, 0x0a]), "payload contains 70:0a");
});

test("the failing part of a filter is cut out, also where something is missing at its end", () => {
  equal(split("a == bogus && b", { offset: 5, length: 5 }), ["a == ", "bogus", " && b"]);
  equal(split("a ==", { offset: 4, length: 0 }), ["a ==", " ", ""]);
  equal(split("a", undefined), ["a", "", ""]);
});

test("a proposal takes the place of what is typed of it", () => {
  equal(completed("dplay.com && x", { text: "dplay.command", offset: 0, length: 9, kind: "field" }),
    { text: "dplay.command && x", caret: 13 });
  equal(completed("dplay", { text: "dplay.command", offset: 0, length: 5, kind: "field" }),
    { text: "dplay.command ", caret: 14 });
});
