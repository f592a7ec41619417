// Runs: the session is dissected again with other analyzers, beside what is stored of it, and compared.

import * as api from "../api/http.js";
import { STORED, isOver, requested, withMore } from "../state/runs.js";
import { ask } from "../views/dialogs.js";

const PAGE = 100;

export function runActs({ store, dispatch, failed }, dialog) {
  const put = (tab, session, data) => dispatch({ type: "tab-data", tab, session, data });
  let started = null; // the run that was started here: when it is over, it is compared
  let versionsFor = "";

  async function load() {
    const { session } = store.state;
    const { runs } = await api.runs(session);
    put("runs", session, runs);
    const { analyzers } = await api.analyzers();
    const own = analyzers.filter(({ file, state }) => file !== undefined && state !== "removed");
    put("analyzers", session, analyzers);
    const wanted = `${session} ${own.map(({ name, version, refused }) => `${name} ${version} ${refused}`)}`;
    if (wanted !== versionsFor) {
      const versions = await Promise.all(own.map(async ({ name }) => [name, (await api.versions(name)).versions]));
      put("versions", session, Object.fromEntries(versions));
      versionsFor = wanted;
    }
    const mine = runs.find(({ id }) => id === started);
    if (mine !== undefined && isOver(mine)) {
      started = null;
      if (mine.state === "finished") await compareRuns(STORED, mine.id);
    }
  }

  /** @param choice of versions, by the analyzers' names */
  async function startRun(choice) {
    const { session, editor } = store.state;
    try {
      started = (await api.startRun(session, requested(choice, editor))).id;
      dispatch({ type: "problem", text: null });
    } catch (problem) {
      failed(problem);
    }
  }

  async function cancelRun(run) {
    const over = isOver(run);
    if (over && !await ask(dialog, "Delete the run?", "Its results go. What is stored of the session stays.", "Delete")) return;
    await api.cancelRun(run.session, run.id).then(() => dispatch({ type: "problem", text: null }), failed);
  }

  async function compareRuns(before, after) {
    const { session } = store.state;
    put("comparison", session, { before, after, types: null, messages: [] });
    try {
      const page = await api.compareRuns(session, before, after, undefined, PAGE);
      put("comparison", session, { before, after, ...page });
    } catch (problem) {
      put("comparison", session, undefined);
      failed(problem);
    }
  }

  async function compareMore() {
    const { session, tabs: { comparison: known } } = store.state;
    try {
      const page = await api.compareRuns(session, known.before, known.after, known.next, PAGE);
      if (store.state.tabs.comparison === known) put("comparison", session, withMore(known, page));
    } catch (problem) {
      failed(problem);
    }
  }

  async function promote(name, version) {
    const sure = await ask(dialog, `Use ${version} of ${name}?`,
      "It is used from now on, live too, until the analyzer's file changes.", "Use it");
    if (sure) await api.promote(name, version).then(() => dispatch({ type: "problem", text: null }), failed);
  }

  return { loads: { runs: load }, acts: { startRun, cancelRun, compareRuns, compareMore, promote } };
}
