// Analyzers: how they get on, what they leave unexplained, and the one that is edited.

import * as api from "../api/http.js";
import { hasEnded } from "../state/reducer.js";
import { isFileName, template, verdictOf } from "../state/analyzers.js";
import { PAGE } from "../state/log.js";
import { effective } from "../state/filters.js";
import { fieldsIn } from "../state/columns.js";
import { ask, askText } from "../views/dialogs.js";

const COVERAGE_MILLIS = 5_000;
/** What analysis may still write after it said that a version took over. */
const SETTLED_MILLIS = 300;

export function analyzerActs({ store, dispatch, failed }, dialog, { loadDetail }) {
  const put = (tab, data, session = store.state.session) => dispatch({ type: "tab-data", tab, session, data });
  let coverageFor = "";
  let coverageAt = 0;

  async function load() {
    const { session } = store.state;
    const { analyzers, editable } = await api.analyzers();
    put("editable", editable, session);
    put("analyzers", analyzers, session);
    const old = hasEnded(store.state) ? Infinity : COVERAGE_MILLIS;
    if (coverageFor === session && Date.now() - coverageAt < old) return;
    [coverageFor, coverageAt] = [session, Date.now()];
    put("coverage", await api.coverage(session), session);
  }

  const shown = (editor) => dispatch({ type: "editor", editor });

  /** Another file in the editor; what was typed and not saved is asked about. */
  async function edit(file) {
    if (!await mayLeave()) return;
    try {
      const { text, version } = await api.analyzerFile(file);
      shown({ file, text, version, before: undefined, dirty: false });
    } catch (problem) {
      failed(problem);
    }
  }

  async function create() {
    if (!await mayLeave()) return;
    const file = await askText(dialog, "Name of the new analyzer's file", "Harbour.java",
      "In lower case, without the ending, it is the name of the analyzer, with which its fields begin.");
    if (file === null) return;
    if (!isFileName(file)) {
      dispatch({ type: "problem", text: "An analyzer's file is called Name.java, or name.ksy" });
      return;
    }
    if (store.state.tabs.analyzers?.some((analyzer) => analyzer.file === file && analyzer.state !== "removed")) edit(file);
    else shown({ file, text: template(file), version: null, before: undefined, dirty: true });
  }

  const mayLeave = async () => !store.state.editor?.dirty || ask(dialog, "Leave what was not saved?",
    `${store.state.editor.file} has changes that were not saved.`, "Leave them");

  async function save(text) {
    const { editor } = store.state;
    const before = verdictOf(store.state.tabs.analyzers, editor.file);
    try {
      const { version } = await api.saveAnalyzer(editor.file, text, editor.version ?? undefined);
      // The same text again changes nothing, so there is no verdict to wait for.
      const same = version === editor.version;
      shown({ ...editor, text, version, dirty: false, before: same ? undefined : before });
      dispatch({ type: "problem", text: null });
      await load();
    } catch (problem) {
      failed(problem);
    }
  }

  async function remove() {
    const { file, version } = store.state.editor;
    if (version === null) return shown(null);
    if (!await ask(dialog, `Delete ${file}?`, "It goes out of use, and its messages out of the running session.", "Delete")) return;
    try {
      await api.deleteAnalyzer(file, version);
      shown(null);
      await load();
    } catch (problem) {
      failed(problem);
    }
  }

  async function closeEditor() {
    if (await mayLeave()) shown(null);
  }

  const typed = (dirty) => {
    const { editor } = store.state;
    if (editor !== null && editor.dirty !== dirty) shown({ ...editor, dirty });
  };

  /** An item of the live stream: another version may have dissected what is loaded. */
  function onAnalyzer(notice) {
    if (store.state.tab === "analyzers") load().catch(failed);
    if (notice.session === undefined || notice.session !== store.state.session) return;
    setTimeout(() => readAgain(notice.session, notice.dissectedFrom ?? 0).catch(failed), SETTLED_MILLIS);
  }

  async function readAgain(session, from) {
    if (store.state.session !== session) return;
    loadDetail();
    const filter = effective(store.state);
    const fields = fieldsIn(store.state.choices.columns);
    const rows = store.state.log.rows.filter(({ sequence }) => sequence >= from);
    if (rows.length === 0) return;
    const last = rows.at(-1).sequence;
    let after = rows[0].sequence - 1;
    while (after < last && store.state.session === session && effective(store.state) === filter) {
      const page = await api.events(session, { after, limit: PAGE, filter, fields });
      if (page.events.length === 0) return;
      dispatch({ type: "read-again", session, page, fields });
      after = page.events.at(-1).event.sequence;
    }
  }

  return { loads: { analyzers: load }, onAnalyzer,
    acts: { editAnalyzer: edit, newAnalyzer: create, saveAnalyzer: save, deleteAnalyzer: remove, closeEditor, typed } };
}
