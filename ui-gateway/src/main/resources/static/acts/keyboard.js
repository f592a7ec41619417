// The keyboard: all of it is listed by `?`.

/** @param keys what each key does, wherever nothing is typed: { anywhere, inSession, withControl } */
export function keyboard(store, { anywhere, inSession, withControl }) {
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, select, textarea, dialog, [role=menu]");
    if (event.defaultPrevented || event.metaKey || event.altKey) return;
    const open = store.state.session !== null;
    if (typing && !(event.ctrlKey && event.key === "f" && !event.target.closest("dialog"))) return;
    const act = event.ctrlKey ? (open ? withControl[event.key] : undefined)
      : anywhere[event.key] ?? (open ? inSession[event.key] : undefined);
    // Buttons and tabs have keys of their own.
    if (act && !(event.target.closest?.("button, [role=tab]") && ["Enter", " "].includes(event.key))) {
      event.preventDefault();
      act();
    }
  });
}
