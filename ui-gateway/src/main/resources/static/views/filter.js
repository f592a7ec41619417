// The filter above the list. What is typed is checked as it is typed and applied by Enter, where it is a
// filter; Escape brings back what is applied. Half-typed text is never overwritten.

import { h, whenChanged } from "./dom.js";

const CHECK_MILLIS = 120;

/** What is said about a text. */
export function filterText({ state, problems }) {
  const [problem] = problems;
  if (problem === undefined) return "";
  const expected = problem.expected.length ? `; expected: ${problem.expected.join(" \u00b7 ")}` : "";
  return `${state === "intermediate" ? "\u2026 " : ""}${problem.message}${expected}`;
}

export const isApplicable = ({ state }) => ["empty", "valid", "deprecated"].includes(state);

export function filterBar(root, actions) {
  const input = h("input", { type: "search", name: "filter", spellcheck: "false",
    autocomplete: "off", "aria-label": "Filter", "aria-describedby": "filter-said",
    placeholder: 'Filter: dplay.command == 0x16 && instance == "game1"   ( / )' });
  const said = h("output", { id: "filter-said" });
  root.append(input, said);
  let timer = 0;
  let call = null;
  let applied = "";

  const show = (check) => {
    root.dataset.state = check.state;
    said.textContent = filterText(check);
    const [problem] = check.problems;
    input.setAttribute("aria-invalid", String(!isApplicable(check)));
    return problem;
  };

  const check = async () => {
    clearTimeout(timer);
    call?.abort();
    call = new AbortController();
    const text = input.value;
    const answer = await actions.checkFilter(text, input.selectionStart ?? text.length, call.signal);
    return input.value === text ? answer : null;
  };

  const soon = () => {
    clearTimeout(timer);
    root.dataset.state = "busy";
    timer = setTimeout(() => check().then((answer) => answer && show(answer), ignore), CHECK_MILLIS);
  };
  // The gateway is away: the list says so already.
  const ignore = () => {};

  const restore = () => {
    input.value = applied;
    soon();
  };

  input.addEventListener("input", soon);
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    restore();
    input.blur();
  });
  root.addEventListener("submit", async (event) => {
    event.preventDefault();
    const answer = await check().catch(() => null);
    if (answer === null) return;
    const problem = show(answer);
    if (isApplicable(answer)) actions.filter(input.value.trim());
    else input.setSelectionRange(problem.offset, problem.offset + problem.length);
  });

  return whenChanged((state) => [state.filter, state.session], ({ filter, session }) => {
    root.hidden = session === null;
    if (filter === applied) return;
    const untouched = input.value.trim() === applied;
    applied = filter;
    if (untouched || input.value.trim() === filter) restore();
  });
}
