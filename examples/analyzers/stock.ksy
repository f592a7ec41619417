# What VALUES (0x084F) of Anno 1602 says, as a Kaitai Struct file: docs/ANALYZERS.md.
meta:
  id: stock
  title: Values of Anno 1602
  license: CC0-1.0
  endian: le
  -kontor:
    protocol: x642
    type: VALUES
    at: x642.action
seq:
  - id: action
    type: u4
  - id: size
    type: u4
    -unit: B
    -certainty: verified
  - id: count
    type: u2
    doc: Records that follow
    -certainty: verified
  - id: count_flags
    type: u2
  - id: record_length
    type: u4
    -unit: B
  - id: records
    type: record
    size: record_length
    repeat: expr
    repeat-expr: count
types:
  record:
    seq:
      - id: thing
        type: u1
        enum: things
        doc: What the value belongs to
      - id: island
        type: u1
      - id: number
        type: u2
      - id: value_id
        type: u2
        enum: values
        doc: What the value says
        -certainty: verified
      - id: index
        type: u2
        doc: The ware, or the level of inhabitants
      - id: value
        type: u4
        doc: The value itself
        -certainty: verified
    instances:
      tons:
        value: value / 32
        if: value_id == values::stock
        doc: Of stock, whole tons
        -unit: t
enums:
  things:
    0x01: ship
    0x35: island
    0x39: player
  values:
    0x002c: money
    0x1214: stock
    0x1231: inhabitants
    0x3331: tax
