// A capture that is dropped on the page, or chosen, becomes a session.

import * as api from "../api/http.js";
import { unfit } from "../state/importing.js";

export function importingActs({ dispatch, failed }) {
  let busy = false;

  /** One at a time; the session that it became is at hand when it is done. */
  async function importFile(file) {
    if (busy) {
      dispatch({ type: "problem", text: "One import at a time: another one is under way" });
      return;
    }
    const known = { name: file.name, size: file.size, sent: 0, report: null, problem: unfit(file) };
    dispatch({ type: "importing", importing: known });
    if (known.problem !== null) return;
    busy = true;
    let { sent } = known;
    const say = (change) => dispatch({ type: "importing", importing: { ...known, sent, ...change } });
    try {
      const report = await api.importCapture(file, (bytes) => {
        sent = bytes;
        say({});
      });
      sent = file.size;
      say({ report });
      dispatch({ type: "sessions", sessions: (await api.sessions(200)).sessions });
    } catch (problem) {
      say({ problem: problem.message });
      if (problem.status === 401) failed(problem);
    } finally {
      busy = false;
    }
  }

  return { importFile, importSeen: () => dispatch({ type: "importing", importing: null }) };
}
