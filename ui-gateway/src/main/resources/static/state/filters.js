// Filters made from what is clicked. Pure: texts in the filter language, nothing is applied here.

/** What keeps connections alive says nothing about the game. */
export const HEARTBEATS = 'message.type in {"PING" "PINGREPLY"} || event.type == "flow_confirmed"';

export const quoted = (text) => '"' + [...text].map((sign) => {
  const code = sign.codePointAt(0);
  if (sign === '"' || sign === "\\") return "\\" + sign;
  if (code < 0x20 || code === 0x7f) return "\\x" + code.toString(16).padStart(2, "0");
  return sign;
}).join("") + '"';

const loose = /\|\||\bor\b|\bxor\b|\^\^/;
const inParentheses = (filter) => (loose.test(filter) ? `(${filter})` : filter);

/** Adds a condition to a filter: only, not, and, or, and-not. */
export function combined(filter, condition, how) {
  const there = filter.trim();
  const negated = how === "not" || how === "and-not";
  const added = negated ? `!(${condition})` : condition;
  if (there === "" || how === "only" || how === "not") return added;
  if (how === "or") return `${there} || ${added}`;
  return `${inParentheses(there)} && ${negated ? added : inParentheses(condition)}`;
}

/** What is asked of the API: the filter as it stands, without heartbeats where they are hidden. */
export const effective = ({ filter, quiet }) =>
  (quiet ? combined(filter, HEARTBEATS, "and-not") : filter);

/**
 * The condition that a field has the value it has here; that it is there, where its value cannot be
 * written down.
 *
 * @param type as it is declared; undefined where that is not known
 */
export function fieldCondition({ name, value }, type) {
  switch (typeof value) {
    case "number": return `${name} == ${value}`;
    case "boolean": return `${name} == ${value}`;
    case "string":
      if (type === "bytes") return bytesCondition(name, value);
      if (type === "integer" || type === "decimal" || type === "time" || type === "ipv4") {
        return value === "" ? name : `${name} == ${value}`;
      }
      return `${name} == ${quoted(value)}`;
    default: return name;
  }
}

function bytesCondition(name, value) {
  const pairs = /^([0-9a-f]{2})+$/i.test(value) ? value.match(/../g) : null;
  return pairs === null ? name : `${name} == ${pairs.join(":")}`;
}

/** Events whose payload has the same bytes anywhere. */
export const sameBytes = (bytes) =>
  `payload contains ${[...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(":")}`;

/** The condition that a row has what it has in this column; null where that says nothing. */
export function cellCondition(row, column) {
  const { event, messages } = row;
  if (event === undefined) return null;
  const { flow } = event;
  switch (column) {
    case "no": return `frame.number == ${event.sequence}`;
    case "time": return `frame.time >= ${event.at}`;
    case "game": return event.instance ? `instance == ${quoted(event.instance)}` : null;
    case "direction":
      return flow?.destination.instance ? `to == ${quoted(flow.destination.instance)}` : null;
    case "source": return flow?.source.address ? endCondition(flow, flow.source, "src") : null;
    case "destination":
      return flow?.destination.address ? endCondition(flow, flow.destination, "dst") : null;
    case "flow": return flow ? `flow == ${flow.number}` : null;
    case "protocol":
      return messages[0] ? `message.protocol == ${quoted(messages[0].protocol)}` : flow?.protocol ?? null;
    case "length": return event.length === undefined ? null : `frame.len == ${event.length}`;
    case "verdict": return `verdict == ${quoted(event.verdict)}`;
    case "info": return messages[0] ? `message.summary == ${quoted(messages[0].summary)}` : typeCondition(row);
    default: return typeCondition(row);
  }
}

const endCondition = ({ protocol }, { address, port }, side) =>
  `ip.${side} == ${address} && ${protocol}.${side}port == ${port}`;

/** The condition that an event has a message of the same type, or is of the same kind. */
export const typeCondition = ({ event, messages }) => messages[0]
  ? `message.type == ${quoted(messages[0].type)}` : `event.type == ${quoted(event.type)}`;

/** All that goes between the two games of an event, in both directions; null where it is not between two. */
export function conversation({ event }) {
  const from = event?.flow?.source.instance;
  const to = event?.flow?.destination.instance;
  if (!from || !to) return null;
  const way = (a, b) => `(instance == ${quoted(a)} && to == ${quoted(b)})`;
  return `${way(from, to)} || ${way(to, from)}`;
}

/** Where a filter is wrong, in pieces of the text: before, the failing part, behind. */
export function split(text, problem) {
  if (problem === undefined) return [text, "", ""];
  const from = Math.min(problem.offset, text.length);
  const to = Math.min(from + Math.max(problem.length, 1), text.length);
  return [text.slice(0, from), from === to ? " " : text.slice(from, to), text.slice(to)];
}

/** A text with a proposal taken, and where the caret is then. */
export function completed(text, { text: proposed, offset, length, kind }) {
  const behind = text.slice(offset + length);
  const space = kind === "operator" || behind.startsWith(" ") ? "" : " ";
  const before = text.slice(0, offset);
  return { text: before + proposed + space + behind, caret: before.length + proposed.length + space.length };
}
