// What the reader has chosen for this browser, session by session the same. Pure; acts/choices.js
// keeps it. What was kept by an older page, or by hand, is taken as far as it is right.

const MOST_HISTORY = 50;
export const PAINTS = 6;

export const initialChoices = () => ({
  columns: null, // names, in order; null: what fits
  colours: "type", // what colours a row by default: type or instance
  rules: [], // { where: type | game | info, text, paint: 1 to PAINTS }, the first that fits counts
  saved: [], // { name, filter }
  history: [], // filters, the newest first
  side: true, // whether the sessions are shown at the left
});

/** What was kept, where it is what it should be. */
export function readChoices(kept) {
  const otherwise = initialChoices();
  const given = kept !== null && typeof kept === "object" ? kept : {};
  const list = (value, right) => (Array.isArray(value) ? value.filter(right) : []);
  const isText = (value) => typeof value === "string";
  const columns = list(given.columns, isText);
  return {
    columns: columns.length > 0 ? columns : null,
    colours: given.colours === "instance" ? "instance" : otherwise.colours,
    rules: list(given.rules, (rule) => ["type", "game", "info"].includes(rule?.where)
      && isText(rule.text) && rule.text !== "" && rule.paint >= 1 && rule.paint <= PAINTS),
    saved: list(given.saved, (one) => isText(one?.name) && isText(one?.filter)),
    history: list(given.history, isText).slice(0, MOST_HISTORY),
    side: given.side !== false,
  };
}

/** With a filter as the newest of the history. */
export const withUsed = (choices, filter) => filter === "" ? choices
  : { ...choices, history: [filter, ...choices.history.filter((other) => other !== filter)]
    .slice(0, MOST_HISTORY) };

/** With a filter saved under a name; instead of another one of that name. */
export const withSaved = (choices, name, filter) =>
  ({ ...choices, saved: [...choices.saved.filter((one) => one.name !== name), { name, filter }]
    .sort((a, b) => a.name.localeCompare(b.name)) });

export const withoutSaved = (choices, name) =>
  ({ ...choices, saved: choices.saved.filter((one) => one.name !== name) });

/** With a rule in front; instead of another one for the same. */
export const withRule = (choices, rule) =>
  ({ ...choices, rules: [rule, ...without(choices.rules, rule)] });

export const withoutRule = (choices, rule) => ({ ...choices, rules: without(choices.rules, rule) });

const without = (rules, { where, text }) =>
  rules.filter((other) => other.where !== where || other.text !== text);

/** Which paint the rules give to a row, 0 for none. */
export function paintOf(rules, { type = "", game = "", info = "" }) {
  const texts = { type, game, info: info.toLowerCase() };
  const rule = rules.find(({ where, text }) => where === "info"
    ? texts.info.includes(text.toLowerCase()) : texts[where] === text);
  return rule?.paint ?? 0;
}
