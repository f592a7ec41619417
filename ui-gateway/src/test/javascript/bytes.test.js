import { bytesOfHex, COPIES, fieldsOf, inspect, owners, rangesIn }
  from "../../main/resources/static/state/bytes.js";
import { equal, test } from "./harness.js";

test("a message over two events has its bytes in each", () => {
  const spans = [{ sequence: 7, offset: 10, length: 4 }, { sequence: 9, offset: 0, length: 6 }];
  equal(rangesIn(spans, 7, 2, 5), [{ from: 12, to: 14 }]);
  equal(rangesIn(spans, 9, 2, 5), [{ from: 0, to: 3 }]);
  equal(rangesIn(spans, 8, 2, 5), []);
});

test("a byte belongs to its deepest field, and to none where no field explains it", () => {
  const field = (offset, length, children = []) => ({ offset, length, children });
  const detail = { event: { sequence: 1 }, messages: [{ message: { length: 6 },
    spans: [{ sequence: 1, offset: 0, length: 6 }], fields: [field(0, 4, [field(1, 2)])] }] };
  const owner = owners(fieldsOf(detail), 6);
  equal([...owner], [1, 2, 2, 1, -1, -1]);
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
