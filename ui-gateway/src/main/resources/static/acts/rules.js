// Rules: how they get on, the file that is edited, and how often it would have matched.

import * as api from "../api/http.js";
import { FILE, isCode, isRuleFile, newFile, namesIn, placesOf, ruleFrom, withRule } from "../state/rules.js";
import { ask, askText } from "../views/dialogs.js";

export function ruleActs({ store, dispatch, failed }, dialog) {
  const shown = (editor) => dispatch({ type: "rule-editor", editor });
  const editor = () => store.state.ruleEditor;
  const say = (change) => shown({ ...editor(), ...change });

  async function load() {
    const { session } = store.state;
    dispatch({ type: "tab-data", tab: "rules", session, data: await api.rules() });
  }

  const mayLeave = async () => !editor()?.dirty || ask(dialog, "Leave what was not saved?",
    `${editor().file} has changes that were not saved.`, "Leave them");

  const opened = (file, text, dirty) => shown({ file, text, dirty, isNew: dirty, problems: [], trial: null, said: "" });

  async function editRules(file) {
    if (!await mayLeave()) return;
    await load().catch(failed);
    const found = store.state.tabs.rules?.files.find(({ name }) => name === file);
    if (found !== undefined) opened(file, found.text, false);
  }

  const known = ({ files }) => dispatch({ type: "rule-files", files: files.map(({ name }) => name) });

  async function loadFiles() {
    if (store.state.offers.has("/api/rules")) known(await api.rules());
  }

  /** Sets a rule that the gateway has proposed, as it is. */
  async function mendAddress({ file, text }) {
    try {
      known(await api.saveRules(file, text));
      dispatch({ type: "problem", text: null });
    } catch (problem) {
      failed(problem);
    }
  }

  /** Opens a rule that the gateway has proposed; nothing is saved. */
  async function lookAtRule({ file, text }) {
    if (!await mayLeave()) return;
    dispatch({ type: "tab", tab: "rules" });
    opened(file, text, true);
    await load().catch(failed);
  }

  async function newRules() {
    if (!await mayLeave()) return;
    const file = await askText(dialog, "Name of the new file of rules, or of a rule in Java (HalfPrice.java)", "chat.yaml");
    if (file === null) return;
    if (!isRuleFile(file)) dispatch({ type: "problem", text: "A file of rules is called name.yaml, name.yml or name.json; a rule in Java as its class: Name.java" });
    else if (store.state.tabs.rules?.files.some(({ name }) => name === file)) editRules(file);
    else opened(file, newFile(file), true);
  }

  /** Into the file that is open, else into one of the page's own. Nothing is saved. */
  async function ruleOf(row, field, type) {
    const inCode = editor() !== null && isCode(editor().file);
    if (inCode && !await mayLeave()) return;
    dispatch({ type: "tab", tab: "rules" });
    try {
      await load();
    } catch (problem) {
      failed(problem);
      return;
    }
    const { files, rules } = store.state.tabs.rules;
    const open = (inCode ? null : editor()) ?? { file: FILE, text: files.find(({ name }) => name === FILE)?.text ?? "" };
    const taken = [...rules.map(({ name }) => name), ...namesIn(open.text)];
    opened(open.file, withRule(open.text, ruleFrom(row, field, type, taken)), true);
    await tryRules(editor().text);
  }

  const isBadRules = ({ type }) => type === "urn:kontor:problem:bad-rules";
  const refused = (problem) => placesOf(problem.allowed.length > 0 ? problem.allowed : [problem.message]);

  /** How often the text would have matched in what the session has stored; changes nothing. */
  async function tryRules(text) {
    const { file } = editor();
    say({ text, dirty: true, said: "Trying\u2026", problems: [], trial: null });
    try {
      const trial = await api.tryRules(store.state.session, text);
      if (editor()?.file === file) say({ trial, said: "" });
    } catch (problem) {
      if (editor()?.file !== file) return;
      if (isBadRules(problem)) say({ problems: refused(problem), said: "" });
      else { say({ said: "" }); failed(problem); }
    }
  }

  async function saveRules(text) {
    const { file } = editor();
    try {
      const list = await api.saveRules(file, text);
      dispatch({ type: "tab-data", tab: "rules", session: store.state.session, data: list });
      known(list);
      if (editor()?.file === file) say({ text, dirty: false, isNew: false, problems: [], said: "Saved" });
      dispatch({ type: "problem", text: null });
    } catch (problem) {
      if (editor()?.file !== file) return;
      if (isBadRules(problem)) say({ text, dirty: true, problems: refused(problem), said: "Refused" });
      else failed(problem);
    }
  }

  async function deleteRules() {
    const { file, isNew } = editor();
    if (isNew) return shown(null);
    if (!await ask(dialog, `Delete ${file}?`, "Its rules hold no longer, in any lab.", "Delete")) return;
    try {
      await api.deleteRules(file);
      shown(null);
      await load();
    } catch (problem) {
      failed(problem);
    }
  }

  async function closeRules() {
    if (await mayLeave()) shown(null);
  }

  const rulesTyped = (text) => {
    if (editor() !== null) say({ text, dirty: true, said: "", problems: [], trial: null });
  };

  return { loads: { rules: load }, loadFiles,
    acts: { mendAddress, lookAtRule, editRules, newRules, ruleOf, tryRules, saveRules, deleteRules, closeRules, rulesTyped } };
}
