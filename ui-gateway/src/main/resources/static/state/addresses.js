// Addresses in messages that mean nobody in the lab, and which of them a rule already mends. Pure.

import { grouped } from "./format.js";

/**
 * The warnings of the shown session, each with whether the rule that mends it is set.
 *
 * @param ruleFiles names of the files of rules
 */
export const warningsOf = ({ addressWarnings, session, ruleFiles }) => addressWarnings
  .filter((warning) => session !== null && warning.session === session)
  .map((warning) => ({ ...warning, mended: warning.rule !== undefined && ruleFiles.includes(warning.rule.file) }));

/** What the status bar says: a word for its colour, and a text; empty where there is nothing to say. */
export function addressStanding(warnings) {
  const open = warnings.filter(({ mended }) => !mended).length;
  const count = (number) => `${grouped(number)} address${number === 1 ? "" : "es"}`;
  if (open > 0) return { kind: "warn", text: `${count(open)} of nobody` };
  return warnings.length > 0 ? { kind: "dim", text: `${count(warnings.length)} mended by rules` } : { kind: "", text: "" };
}
