import { bitsOf, bitText, bytesOfHex, COPIES, fieldsOf, inspect, ownerOfBit, owners, rangesIn, stretches }
  from "../../main/resources/static/state/bytes.js";
import { equal, test } from "./harness.js";

test("a message over two events has its bytes in each", () => {
  const spans = [{ sequence: 7, offset: 10, length: 4 }, { sequence: 9, offset: 0, length: 6 }];
  equal(rangesIn(spans, 7, 2, 5), [{ from: 12, to: 14, behind: 0 }]);
  equal(rangesIn(spans, 9, 2, 5), [{ from: 0, to: 3, behind: 2 }]);
  equal(rangesIn(spans, 8, 2, 5), []);
});

test("a byte belongs to its deepest field, and to none where no field explains it", () => {
  const field = (offset, length, children = []) => ({ offset, length, children });
  const detail = { event: { sequence: 1 }, messages: [{ message: { length: 6 },
    spans: [{ sequence: 1, offset: 0, length: 6 }], fields: [field(0, 4, [field(1, 2)])] }] };
  const owner = owners(fieldsOf(detail), 6);
  equal([...owner], [1, 2, 2, 1, -1, -1]);
});

const word = { offset: 0, length: 4, children: [
  { offset: 0, length: 4, bits: "ffff0f00", children: [] }, { offset: 0, length: 4, bits: "0000f0ff", children: [] }] };
const sized = (spans) => ({ event: { sequence: 1 }, messages: [{ message: { length: 4 }, spans, fields: [word] }] });

test("a field of twelve bits has exactly those, and a click on a digit finds whose bits it has", () => {
  const fields = fieldsOf(sized([{ sequence: 1, offset: 0, length: 4 }]));
  const [, , size, token] = fields;
  equal([...bitsOf(token)], [[2, 0xf0], [3, 0xff]]);
  equal([...bitsOf(size)], [[0, 0xff], [1, 0xff], [2, 0x0f]]);
  const owner = owners(fields, 4);
  equal([owner[0], owner[1], owner[3]], [2, 2, 3]);
  equal([0, 3, 4, 7].map((bit) => ownerOfBit(fields, owner, 2, bit)), [3, 3, 2, 2]);
  equal(bitText(bytesOfHex("3400b0fa"), bitsOf(token)), "1011\u00b7\u00b7\u00b7\u00b7 11111010");
});

test("a word over two events has its bits in each", () => {
  const [, , , token] = fieldsOf(sized([{ sequence: 9, offset: 0, length: 3 }, { sequence: 1, offset: 7, length: 1 }]));
  equal([...bitsOf(token)], [[7, 0xff]]);
});

test("bits that lie together are one stretch", () => {
  equal(stretches(0b10110001), [{ from: 0, to: 1 }, { from: 2, to: 4 }, { from: 7, to: 8 }]);
  equal(stretches(0xff), [{ from: 0, to: 8 }]);
});

test("the inspector says what the bytes from one on may be", () => {
  const values = Object.fromEntries(inspect(bytesOfHex("7f0000014869"), 0));
  equal(values.u8, "127");
  equal(values["u16 le"], "127");
  equal(values["u16 be"], "32512");
  equal(values["u32 le"], "16777343");
  equal(values.IPv4, "127.0.0.1");
  equal(values["player id"], "0x0100007f");
  equal(Object.fromEntries(inspect(bytesOfHex("ffff"), 0))["u16 le"], "65535 / -1");
  equal(Object.fromEntries(inspect(bytesOfHex("486921"), 0)).text, "Hi!");
  equal(inspect(bytesOfHex("00"), 1), []);
});

test("bytes are copied in the form that was chosen", () => {
  const bytes = bytesOfHex("00225c41ff");
  equal(COPIES["hex stream"](bytes), "00225c41ff");
  equal(COPIES["C array"](bytes), "{ 0x00, 0x22, 0x5c, 0x41, 0xff }");
  equal(COPIES["escaped string"](bytes), '"\\x00\\"\\\\A\\xff"');
  equal(COPIES["filter (payload contains)"](bytes), "payload contains 00:22:5c:41:ff");
  equal(COPIES["hex dump"](bytes), `0000  00 22 5c 41 ff${" ".repeat(33)}  ."\\A.`);
});
