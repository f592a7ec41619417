// Sessions and moments are named, marked, taken along and deleted.

import * as api from "../api/http.js";
import { nextMarker } from "../state/markers.js";
import { titleOf } from "../state/format.js";
import { ask, askText } from "../views/dialogs.js";

export function keepingActs({ store, dispatch, failed }, dialog) {
  const offers = (path) => store.state.offers.has(path);
  const done = () => dispatch({ type: "problem", text: null });

  /** Labels the selected event, or the newest one. */
  async function mark(sequence = store.state.selected) {
    const { session } = store.state;
    if (session === null || !offers("/api/sessions/{id}/markers")) return;
    const label = await askText(dialog, sequence === null ? "Mark this moment" : `Mark No. ${sequence}`, "",
      "What happened, such as: built a fisher's hut");
    if (label !== null) await api.mark(session, label, sequence ?? undefined).then(done, failed);
  }

  const unmark = (marker) => api.unmark(store.state.session, marker.id).then(done, failed);

  function toMarker(step, select) {
    const { markers, selected, log } = store.state;
    const next = nextMarker(markers, selected ?? (step > 0 ? 0 : log.total + 1), step);
    if (next !== null) select(next.sequence);
  }

  async function rename(session) {
    const name = await askText(dialog, "Rename the session", titleOf(session));
    if (name !== null) await api.describe(session.id, { name }).then(refreshed, failed);
  }

  async function note(session) {
    const text = await askText(dialog, `Note on ${titleOf(session)}`, session.note ?? "");
    if (text !== null) await api.describe(session.id, { note: text }).then(refreshed, failed);
  }

  /** Asked twice: whether, and the session's name. */
  async function remove(session) {
    const sure = await ask(dialog, `Delete ${titleOf(session)}?`,
      "Its events, messages, markers and verdicts go for ever. To keep them, export it before.", "Delete\u2026");
    if (!sure) return;
    const name = await askText(dialog, "Type the session's name to delete it", "", titleOf(session));
    if (name === null) return;
    if (name !== session.name) {
      dispatch({ type: "problem", text: "That is not its name; nothing was deleted" });
      return;
    }
    await api.removeSession(session.id, name).then(refreshed, failed);
  }

  async function refreshed() {
    done();
    dispatch({ type: "sessions", sessions: (await api.sessions(200)).sessions });
  }

  /** What a session's menu has of this, as far as the gateway offers it. */
  const sessionUses = (session) => [
    offers("/api/sessions/{id}/export")
      ? ["Export for Wireshark (pcapng)", () => open(api.exportPath(session.id, "pcapng"))] : undefined,
    offers("/api/sessions/{id}/markers") ? ["Rename\u2026", () => rename(session)] : undefined,
    offers("/api/sessions/{id}/markers") ? ["Note\u2026", () => note(session)] : undefined,
    offers("/api/sessions/{id}/markers") && session.endedAt !== undefined
      ? ["Delete\u2026", () => remove(session), "danger"] : undefined,
  ];

  /** A download: the answer says that it is one, so the page stays. */
  const open = (path) => {
    const link = document.createElement("a");
    Object.assign(link, { href: path, download: "" });
    link.click();
  };

  const marking = (sequence) => offers("/api/sessions/{id}/markers") ? [
    ["Mark this moment\u2026", () => mark(sequence)],
    ...store.state.markers.filter((marker) => marker.sequence === sequence)
      .map((marker) => [`Without the marker \u201c${marker.label}\u201d`, () => unmark(marker)])] : [];

  return { mark, toMarker, sessionUses, marking };
}
