// Rules of interception as the page shows them, and those that are made from a packet. Pure: texts only.

import { fieldCondition, typeCondition } from "./filters.js";
import { typeOf } from "./columns.js";
import { grouped } from "./format.js";

export const FILE = "page.yaml";

/** Whether this can be the name of a file of rules. One in Java is named after its class. */
export const isRuleFile = (name) => /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\.(yaml|yml|json)$/.test(name)
  || /^[A-Z][A-Za-z0-9_]{0,63}\.java$/.test(name);

export const isCode = (name) => name.endsWith(".java");

/** How a file of rules gets on: a word for its colour, and a sentence. */
export function fileStanding({ inUse, used, problems }) {
  if (problems.length > 0) {
    return { kind: "problem", text: used === undefined ? "wrong; nothing of it holds" : "wrong; what it said before holds" };
  }
  return inUse ? { kind: "good", text: "holds" } : { kind: "warn", text: "about to hold" };
}

/** Labs in which something else holds than what is in use. */
export const behind = ({ version, labs }) =>
  Object.entries(labs).filter(([, holds]) => holds !== version).map(([lab]) => lab).sort();

/** Each "page.yaml:3:9: message" of a refused file: { line, column, message }. */
export const placesOf = (texts) => texts.map((text) => {
  const found = /^[^:]*:(\d+):(\d+): ([\s\S]*)$/.exec(text);
  return found === null ? { line: 0, column: 0, message: text }
    : { line: Number(found[1]), column: Number(found[2]), message: found[3] };
});

/** A text as YAML takes it for a text, whatever is in it. */
export function scalar(text) {
  if (/[^\x20-\x7e]/.test(text)) {
    return '"' + [...text].map((sign) => {
      const code = sign.codePointAt(0);
      if (sign === '"' || sign === "\\") return "\\" + sign;
      return code < 0x20 || code > 0x7e ? `\\U${code.toString(16).padStart(8, "0")}` : sign;
    }).join("") + '"';
  }
  return `'${text.replaceAll("'", "''")}'`;
}

/** A name for a rule that no other one has, of the characters that names may have. */
export function ruleName(wanted, taken) {
  const name = wanted.replace(/[^A-Za-z0-9._ -]+/g, " ").trim().replace(/^[^A-Za-z0-9]+/, "").slice(0, 56).trim() || "rule";
  let free = name;
  for (let i = 2; taken.includes(free); i++) free = `${name} ${i}`;
  return free;
}

/** The names of rules in a text, as far as they can be seen without understanding it. */
export const namesIn = (text) =>
  [...text.matchAll(/^\s*-\s*rule:\s*(['"]?)(.*?)\1\s*(?:#.*)?$/gm)].map(([, , name]) => name);

/**
 * A rule that is for packets like this one, and as yet only counts them.
 *
 * @param field the field that it is about, or null; its type as it is declared
 */
export function ruleFrom(row, field, type, taken) {
  const { event } = row;
  const from = event.flow?.source.instance;
  const to = event.flow?.destination.instance;
  const lines = [`  - rule: ${ruleName(`${typeOf(row)}${field === null ? "" : ` ${field.name}`}`, taken)}`];
  if (from) lines.push(`    from: ${from}`);
  if (to) lines.push(`    to: ${to}`);
  const when = field === null ? conditionOf(row) : fieldCondition(field, type);
  lines.push(when === null ? `    protocol: ${event.flow.protocol}` : `    when: ${scalar(when)}`);
  lines.push("    dry-run: true   # only counts; without this line it acts");
  lines.push(field === null ? "    do: { tag: seen }   # or: drop, set, patch, duplicate, impair: docs/RULES.md"
    : `    do: { set: ${field.name}, to: ${settable(field.value)} }`);
  return `${lines.join("\n")}\n`;
}

/** What a rule of this type asks for; null where the packet has no message, as all such packets are meant. */
export const conditionOf = (row) => (row.messages[0] ? typeCondition(row) : null);

const settable = (value) => (typeof value === "number" || typeof value === "boolean" ? String(value) : scalar(String(value)));

/** A text with one more rule at its end. */
export function withRule(text, rule) {
  const there = text.trimEnd();
  if (there === "" || there === "rules: []") return `rules:\n${rule}`;
  return `${there}\n\n${/^\s*rules\s*:/m.test(there) ? rule : rule.replace(/^ {2}/gm, "")}`;
}

/** What a trial found, in a sentence. */
export function trialText({ events, changed, rules }) {
  const matched = rules.reduce((sum, { matched: of }) => sum + of, 0);
  return `Would have matched ${count(matched, "time")} in ${count(events, "packet")}; `
    + (changed === 0 ? "none would have been changed." : `${count(changed, "packet")} would have been changed.`);
}

const count = (number, what) => `${grouped(number)} ${what}${number === 1 ? "" : "s"}`;

/** What a new file says at first. */
export const newFile = (name) => (isCode(name) ? newCode(name.slice(0, -".java".length)) : NEW_FILE);

const newCode = (className) => `/* rule: ${className}
   when: message.type == "CHAT"
   dry-run: true */
import kontor.packetrules.*;

/** Saved, it holds within a second in every lab; without "dry-run" it acts. docs/RULES.md tells more. */
public final class ${className} implements PacketRule {
    public void on(PacketView packet, Ruling ruling) {
        if (packet.text("x642.chat.text").startsWith("attack")) {
            ruling.set("x642.chat.text", "hello");
        }
    }
}
`;

const NEW_FILE = `# Saved, it holds within a second in every lab. docs/RULES.md has all keys and actions.
rules:
  - rule: first
    when: message.type == "CHAT"
    dry-run: true   # only counts; without this line it acts
    do: { tag: seen }
`;
