// A line under the top bar while a service is being reloaded: what happens now, quietly.

import { whenChanged } from "./dom.js";
import { clock } from "../state/format.js";

const PHASES = {
  requested: (service) => `Reload of ${service}: asked for\u2026`,
  announced: (service) => `Reload of ${service} is imminent`,
  freezing: (service) => `Reload of ${service}: the games are being frozen\u2026`,
  restarting: (service) => `Reload of ${service}: waiting for its new process\u2026`,
  handing_over: (service) => `Reload of ${service}: handing over\u2026`,
  verifying: (service) => `Reload of ${service}: looking whether anything was lost\u2026`,
  thawing: (service) => `Reload of ${service}: the games go on\u2026`,
  completed: (service) => `Reload of ${service} is done`,
  failed: (service) => `Reload of ${service} failed`,
};

/** What the banner says about a reload. */
export function bannerText(reload) {
  const phase = PHASES[reload.phase] ?? ((service) => `Reload of ${service}: ${reload.phase}`);
  const took = reload.phases.reduce((sum, { tookMicros }) => sum + tookMicros, 0);
  const parts = [phase(reload.service)];
  if (reload.phase === "completed") parts[0] += ` after ${(took / 1e6).toFixed(1)} s`;
  if (reload.result !== undefined && reload.finished) parts.push(reload.result);
  return parts.join(": ");
}

/** Which readers of logs stand still, a line each: what the page shows may end where they stand. */
export function followersText(services) {
  return services.filter((service) => service.there).flatMap((service) => service.followers
    .filter(({ state }) => state === "waiting" || state === "halted")
    .map(({ name, state, reason, since }) =>
      `The ${name} of ${service.service} ${state === "halted" ? "has HALTED" : "waits"} since `
        + `${clock(since)}${reason === undefined ? "" : `: ${reason}`}`)).join("\n");
}

export function followers(root) {
  return whenChanged((state) => [followersText(state.services)], ({ services }) => {
    const text = followersText(services);
    root.hidden = text === "";
    root.className = "followers";
    root.textContent = text;
  });
}

export function banner(root) {
  return whenChanged((state) => [state.reload], ({ reload }) => {
    root.hidden = reload === null;
    if (reload === null) return;
    root.className = `banner ${reload.phase}`;
    root.textContent = bannerText(reload);
  });
}
