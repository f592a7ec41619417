// Pages of the list that is shown.

import * as api from "../api/http.js";
import { fieldsIn } from "../state/columns.js";
import { effective } from "../state/filters.js";
import { withNone } from "../state/values.js";

export function pageActs({ store, dispatch }) {
  /**
   * Loads a page into the list, with the values of its columns.
   *
   * @param query as the log says it
   * @returns the page; null where another list is shown by now
   */
  async function loadPage(query, { signal, total } = {}) {
    const { session, opened } = store.state;
    const fields = fieldsIn(store.state.choices.columns);
    const page = await api.events(session, { ...query, filter: effective(store.state), fields }, signal);
    if (store.state.opened !== opened) return null;
    dispatch({ type: "page", page: withNone(page, fields), query, total });
    return page;
  }

  return { loadPage };
}
