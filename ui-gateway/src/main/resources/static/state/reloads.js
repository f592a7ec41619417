// Reloads as the page tells of them. Pure.

export const PHASES = {
  requested: "asked for", announced: "announced", freezing: "freezing the games",
  restarting: "new process", handing_over: "handing over", verifying: "verifying",
  thawing: "the games go on", completed: "done", failed: "failed",
};

/** Each phase that has passed with its share of the whole, and the one that lasts. */
export function steps(reload) {
  const all = reload.phases.reduce((sum, { tookMicros }) => sum + tookMicros, 0);
  const passed = reload.phases.map(({ phase, tookMicros }) =>
    ({ phase, label: PHASES[phase] ?? phase, micros: tookMicros, share: all > 0 ? tookMicros / all : 0 }));
  return { passed, micros: all,
    now: reload.finished ? null : { phase: reload.phase, label: PHASES[reload.phase] ?? reload.phase } };
}

/** The last one that has ended, or null. */
export const lastFinished = (reloads) => reloads.find(({ finished }) => finished) ?? null;

/** Which services can be reloaded, and whether one is being reloaded now. */
export const RELOADABLE = ["orchestrator-service", "analysis-service", "ui-gateway"];
export const running = (reloads) => reloads.find(({ finished }) => !finished) ?? null;
