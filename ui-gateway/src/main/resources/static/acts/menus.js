// What can be done with a row, a field or a session: the menus' entries.

import { bytesOfHex, fieldsOf } from "../state/bytes.js";
import { PAINTS, withoutRule, withRule } from "../state/choices.js";
import { cellsOf, isField, labelOf, namesOf, timesOf, toggled, typeOf } from "../state/columns.js";
import { cellCondition, combined, conversation, fieldCondition, quoted, sameBytes, typeCondition } from "../state/filters.js";
import { titleOf, visible } from "../state/format.js";
import { placeOf, rowAt } from "../state/log.js";
import { openMenu } from "../views/menu.js";

const WAYS = [["only", "Apply as filter"], ["not", "Exclude"], ["and", "\u2026 and also"],
  ["or", "\u2026 or else"], ["and-not", "\u2026 and not"]];

const copy = (text) => navigator.clipboard?.writeText(text);
const jsonOf = (value) => JSON.stringify(value, null, 2);
const isOfType = ({ type }) => `message.type == ${quoted(type)}`;

export function menuActs({ store, dispatch }, root, acts) {
  const apply = (condition, how) => acts.filter(combined(store.state.filter, condition, how));
  const prepare = (condition, how) =>
    dispatch({ type: "prepare", filter: combined(store.state.filter, condition, how) });

  /** All ways to filter on a condition. */
  const filterEntries = (condition) => condition === null ? [] : [
    [visible(condition, 60)],
    ...WAYS.map(([how, label]) => [label, () => apply(condition, how)]),
    ["Prepare as filter", () => prepare(condition, "and")],
    ["Prepare as exclusion", () => prepare(condition, "and-not")],
    null];

  const columnEntry = (name) => {
    const columns = acts.columns();
    return [columns.includes(name) ? `Without the column ${labelOf(name)}` : `Show ${labelOf(name)} as a column`,
      () => acts.choose({ ...store.state.choices, columns: toggled(columns, name) })];
  };

  /** A row as the list shows it. */
  function lineOf(row) {
    const { log, catalogue } = store.state;
    const columns = acts.columns();
    const above = rowAt(log, placeOf(log, row.sequence) + row.part - 1);
    const cells = cellsOf(row, above, timesOf(store.state), columns, namesOf(catalogue));
    return columns.map((column) => cells[column]).filter((text) => text !== "").join("  ");
  }

  /** A row's own, where a field's menu has others. */
  function rowMenu(row, column, x, y) {
    const type = typeOf(row);
    const rule = { where: "type", text: type };
    const between = conversation(row);
    const { choices } = store.state;
    const condition = isField(column) ? column : cellCondition(row, column);
    openMenu(root, [
      ...filterEntries(condition),
      [`Hide the type ${visible(type, 30)}`, () => apply(typeCondition(row), "and-not")],
      ["Find related: all between these two games", between === null ? undefined : () => apply(between, "only")],
      row.event.flow ? ["Follow the stream", () => acts.follow(row.event.flow.number)] : undefined,
      row.event.flow ? ["Only this flow", () => apply(`flow == ${row.event.flow.number}`, "only")] : undefined,
      row.event.flow && acts.ruleOf ? ["Make a rule from this\u2026", () => acts.ruleOf(row, null)] : undefined,
      ...acts.interceptions(row),
      ["Times count from here", () => { acts.select(row.sequence, row.part); acts.reference(); }],
      ["Copy the link", () => acts.copyLink(row.sequence)],
      ["Copy as text", () => copy(lineOf(row))],
      ["Copy as JSON", () => copy(jsonOf({ event: row.event, messages: row.messages }))],
      ...acts.marking(row.sequence),
      null, [`Colour of ${visible(type, 30)}`],
      ...Array.from({ length: PAINTS }, (_, i) => [String(i + 1),
        () => acts.choose(withRule(choices, { ...rule, paint: i + 1 })), `paint${i + 1}`, "swatch"]),
      ["none", () => acts.choose(withoutRule(choices, rule)), "swatch"],
    ].filter((entry) => entry === null || entry === undefined || entry.length !== 2 || entry[1] !== undefined), x, y);
  }

  /** @param at as the tree names a field: { message, path } */
  function fieldMenu(at, x, y) {
    const { detail, catalogue } = store.state;
    const entry = detail && fieldsOf(detail).find(({ message, path }) => message === at.message && path === at.path);
    if (!entry) return;
    const { message } = detail.messages[at.message];
    if (entry.field === null) {
      openMenu(root, [...filterEntries(isOfType(message)), ...ofMessage(detail, message),
        ["Copy as JSON", () => copy(jsonOf(detail.messages[at.message]))]], x, y);
      return;
    }
    const { name } = entry.field;
    const declared = catalogue.find((field) => field.name === name);
    const bytes = bytesIn(detail, entry);
    openMenu(root, [
      ...filterEntries(fieldCondition(entry.field, declared?.type)),
      [`All that have ${name}`, () => apply(name, "only")],
      bytes.length > 1 ? ["Find related: the same bytes anywhere", () => apply(sameBytes(bytes), "only")] : undefined,
      ...ofMessage(detail, message),
      columnEntry(name),
      acts.ruleOf && ["number", "string", "boolean"].includes(typeof entry.field.value)
        ? ["Make a rule from this\u2026", () => acts.ruleOf(acts.selectedRow(), entry.field, declared?.type)] : undefined,
      ["Copy the value", () => copy(entry.field.display)],
      ["Copy the filter", () => copy(fieldCondition(entry.field, declared?.type))],
      ["Copy as JSON", () => copy(jsonOf(entry.field))],
    ], x, y);
  }

  /** What can be done with a message from any of its fields. */
  const ofMessage = ({ event: { flow } }, message) => [
    [`Hide the type ${visible(message.type, 30)}`, () => apply(isOfType(message), "and-not")],
    flow ? ["Follow the stream", () => acts.follow(flow.number)] : undefined];

  const bytesIn = (detail, { ranges }) => {
    const all = detail.original === undefined ? new Uint8Array(0) : bytesOfHex(detail.original.hex);
    return ranges.flatMap(({ from, to }) => [...all.slice(from, to)]);
  };

  const sessionMenu = (session, x, y) => openMenu(root, [
    [titleOf(session)],
    ["Open", () => acts.open(session.id)],
    ["Copy the link", () => copy(new URL(`?session=${session.id}`, location.href).href)],
    ...acts.sessionUses(session),
    session.endedAt === undefined ? acts.injectable() : undefined,
    session.endedAt === undefined ? ["End\u2026", () => acts.end(session), "danger"] : undefined,
  ], x, y);

  return { rowMenu, fieldMenu, sessionMenu };
}
