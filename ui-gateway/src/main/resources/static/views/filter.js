// The filter above the list. What is typed is checked as it is typed and applied by Enter, where it is a
// filter; until then the list keeps what it shows. Escape brings back what is applied. Half-typed text is
// never overwritten. Behind the text lies a copy of it in which the failing part is underlined: an
// editor of its own would need styles in the page that its Content-Security-Policy does not allow.

import { completed, split } from "../state/filters.js";
import { fill, h, whenChanged } from "./dom.js";
import { proposals } from "./proposals.js";

const CHECK_MILLIS = 120;
const NO_PROPOSALS = { proposals: [] };

/** What is said about a text. */
export function filterText({ state, problems }) {
  const [problem] = problems;
  if (problem === undefined) return "";
  const expected = problem.expected.length ? `; expected: ${problem.expected.join(" \u00b7 ")}` : "";
  return `${state === "intermediate" ? "\u2026 " : ""}${problem.message}${expected}`;
}

export const isApplicable = ({ state }) => ["empty", "valid", "deprecated"].includes(state);

export function filterBar(root, actions) {
  const input = h("input", { type: "text", name: "filter", spellcheck: "false", role: "combobox",
    autocomplete: "off", "aria-label": "Filter", "aria-describedby": "filter-said",
    "aria-expanded": "false", "aria-controls": "filter-proposals", "aria-autocomplete": "list",
    placeholder: 'Filter: dplay.command == 0x16 && instance == "game1"   ( / )' });
  const behind = h("div", { class: "behind", "aria-hidden": "true" });
  const said = h("output", { id: "filter-said" });
  const clear = h("button", { type: "button", class: "quiet", title: "Show all again", hidden: true,
    onclick: () => { put(""); submit(); } }, "Clear");
  const save = h("button", { type: "button", class: "quiet", title: "Save this filter under a name",
    hidden: true, onclick: () => actions.saveFilter(input.value.trim()) }, "Save\u2026");
  const earlier = h("button", { type: "button", class: "quiet", title: "Saved filters, and earlier ones (arrow down); Shift+Delete forgets a saved one",
    "aria-label": "Saved and earlier filters", onclick: () => { input.focus(); offerRemembered(); } }, "\u25be");
  const quiet = h("button", { type: "button", class: "quiet", "aria-pressed": "false",
    title: "Hide what only keeps connections alive, or show it again (H)", onclick: actions.toggleQuiet }, "Hide heartbeats");
  const search = h("input", { type: "search", name: "search", class: "search", spellcheck: "false",
    autocomplete: "off", "aria-label": "Search and highlight", placeholder: "Search  (Ctrl+F)",
    title: "Highlights rows with this text and leaves the others where they are; Enter: next, Shift+Enter: previous" });
  const box = h("div", { class: "box" }, behind, input);
  const list = proposals(box, input, take, ({ description: name }) => {
    actions.forgetFilter(name);
    list.offer(remembered().filter(({ kind, description }) => kind !== "saved" || description !== name));
  });
  root.append(box, clear, save, earlier, said, quiet, search,
    h("button", { type: "button", class: "quiet", title: "Columns and colours of the list",
      onclick: actions.chooseColumns }, "Columns\u2026"));
  let timer = 0;
  let call = null;
  let applied = "";
  let choices = null;
  let seen = 0;
  // Whether the list has what fits to the text typed, or may have it soon.
  let proposes = false;

  const show = (check) => {
    root.dataset.state = check.state;
    said.textContent = filterText(check);
    said.title = said.textContent;
    const [problem] = check.problems;
    const wrong = !isApplicable(check) && problem !== undefined;
    const [before, failing, after] = split(input.value, wrong ? problem : undefined);
    fill(behind, before, failing === "" ? null : h("u", { class: check.state }, failing), after);
    behind.scrollLeft = input.scrollLeft;
    input.setAttribute("aria-invalid", String(check.state === "invalid"));
    return problem;
  };

  const check = async () => {
    clearTimeout(timer);
    call?.abort();
    call = new AbortController();
    const text = input.value;
    const caret = input.selectionStart ?? text.length;
    const { signal } = call;
    const [answer, completion] = await Promise.all([actions.checkFilter(text, caret, signal),
      document.activeElement === input && text !== applied
        // What may be proposed is no reason to know nothing of the text.
        ? actions.completeFilter(text, caret, signal).catch(() => NO_PROPOSALS) : NO_PROPOSALS]);
    if (input.value !== text) return null;
    return { ...answer, proposals: completion.proposals };
  };

  // The gateway is away: the list says so already.
  const ignore = () => {};
  const soon = () => {
    clearTimeout(timer);
    root.dataset.state = "busy";
    buttons();
    timer = setTimeout(() => check().then((answer) => {
      if (answer === null) return;
      show(answer);
      if (proposes) list.offer(answer.proposals.filter(({ text, offset, length }) =>
        input.value.slice(offset, offset + length) !== text));
    }, ignore), CHECK_MILLIS);
  };

  const typed = () => {
    proposes = true;
    soon();
  };

  const remembered = () => [
    ...choices.saved.map(({ name, filter }) =>
      ({ kind: "saved", text: filter, description: name, offset: 0, length: input.value.length })),
    ...choices.history.map((filter) =>
      ({ kind: "earlier", text: filter, description: "", offset: 0, length: input.value.length }))];

  const offerRemembered = () => {
    proposes = false;
    list.offer(remembered());
  };

  function take(proposal) {
    if (proposal.kind === "saved" || proposal.kind === "earlier") {
      put(proposal.text);
      submit();
      return;
    }
    const { text, caret } = completed(input.value, proposal);
    input.value = text;
    input.setSelectionRange(caret, caret);
    typed();
  }

  function put(text) {
    input.value = text;
    fill(behind, text);
    proposes = false;
    soon();
  }

  function buttons() {
    const text = input.value.trim();
    clear.hidden = text === "" && applied === "";
    save.hidden = text === "";
  }

  /** Waits for no proposals, and says why where a filter could not be checked. */
  async function submit() {
    list.close();
    clearTimeout(timer);
    call?.abort();
    call = new AbortController();
    const text = input.value;
    const answer = await actions.checkFilter(text, text.length, call.signal).catch((problem) => {
      if (problem.name !== "AbortError") said.textContent = `Not applied: ${problem.message}`;
      return null;
    });
    if (answer === null || input.value !== text) return;
    const problem = show(answer);
    if (isApplicable(answer)) actions.filter(input.value.trim());
    else input.setSelectionRange(problem.offset, problem.offset + problem.length);
  }

  input.addEventListener("input", typed);
  input.addEventListener("scroll", () => { behind.scrollLeft = input.scrollLeft; });
  input.addEventListener("keydown", (event) => {
    if (list.key(event)) return;
    if (event.key === "Enter") {
      event.preventDefault();
      submit();
    } else if (event.key === "ArrowDown") {
      event.preventDefault();
      if (input.value.trim() === "" || input.value.trim() === applied) offerRemembered();
      else typed();
    } else if (event.key === "Escape") {
      event.preventDefault();
      put(applied);
      input.blur();
    }
  });
  root.addEventListener("submit", (event) => event.preventDefault());
  search.addEventListener("input", () => actions.search(search.value));
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      actions.searchNext(event.shiftKey ? -1 : 1);
    } else if (event.key === "Escape") {
      event.preventDefault();
      search.value = "";
      actions.search("");
      search.blur();
    }
  });

  const prepared = whenChanged((state) => [state.prepared], (state) => {
    if (state.prepared === null || state.prepared.id === seen) return;
    seen = state.prepared.id;
    put(state.prepared.text);
    input.focus();
  });
  const redraw = whenChanged((state) => [state.filter, state.session, state.choices, state.quiet], (state) => {
    choices = state.choices;
    root.hidden = state.session === null;
    quiet.setAttribute("aria-pressed", String(state.quiet));
    if (state.filter !== applied) {
      const untouched = input.value.trim() === applied;
      applied = state.filter;
      if (untouched || input.value.trim() === state.filter) put(applied);
    }
    buttons();
  });
  return (state) => {
    redraw(state);
    prepared(state);
  };
}
