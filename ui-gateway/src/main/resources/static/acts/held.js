// What waits is released, edited or dropped; the next one like a packet is held; bytes are sent to a game.

import * as api from "../api/http.js";
import { bytesOfHex } from "../state/bytes.js";
import { writableFields } from "../state/edits.js";
import { HOLD_FILE, ageText, blocksText, heldRows, holdRule, injection, playing, withoutUsed } from "../state/held.js";
import { namesIn, withRule } from "../state/rules.js";
import { currentSession } from "../state/reducer.js";
import { standingStill } from "../state/network.js";
import { typeOf } from "../state/columns.js";
import { editPacket } from "../views/packet.js";

const LONGEST_FREEZE = 60;
const MOST_PORT = 65_535;

export function heldActs({ store, dispatch, failed }, dialog) {
  const offers = (path) => store.state.offers.has(path);
  const done = () => dispatch({ type: "problem", text: null });
  const hexOf = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  async function load() {
    if (offers("/api/held")) dispatch({ type: "held", held: (await api.held()).held, at: Date.now() });
  }

  const decided = (call) => call.then(done, failed).then(load).catch(failed);
  const releaseHeld = (held) => decided(api.releaseHeld(held, {}));
  const stepHeld = (held) => decided(api.releaseHeld(held, { holdNext: true }));
  const dropHeld = (held) => decided(api.dropHeld(held));

  /** Time does not count while the games stand still, so they do while somebody thinks. */
  async function editHeld(held) {
    const bytes = bytesOfHex(held.bytes);
    const detail = await detailOf(held.session, held.sequence);
    const thaw = await frozen(held.lab);
    const answer = await editPacket(dialog, {
      title: `${held.from} \u2192 ${held.to}, held by ${held.rule}`,
      bytes, fields: writableFields(detail, bytes), hint: () => standing(held),
      acts: [["release", "Release"], ["step", "Release, hold the next"], ["drop", "Drop", "danger"]],
    });
    if (answer?.act === "drop") await dropHeld(held);
    else if (answer !== null) {
      const how = { holdNext: answer.act === "step" };
      await decided(api.releaseHeld(held, hexOf(answer.bytes) === held.bytes ? how : { ...how, bytes: hexOf(answer.bytes) }));
    }
    await thaw();
  }

  /** What becomes of it while it is edited. */
  function standing(held) {
    const now = heldRows(store.state.held, held.lab).find(({ lab, number }) => lab === held.lab && number === held.number);
    return now === undefined ? "It has gone on by itself."
      : `waits ${ageText(now, Date.now() - store.state.heldAt)}; ${blocksText(now)}`;
  }

  /** Freezes a lab's games, where they can be and play; gives what thaws them again. */
  async function frozen(lab) {
    const { instances } = store.state;
    if (!offers("/api/labs/{lab}/freeze") || standingStill(instances, lab).length > 0) return async () => {};
    try {
      const { freezeId } = await api.freeze(lab, LONGEST_FREEZE);
      return () => api.thaw(lab, freezeId).catch(failed);
    } catch {
      return async () => {}; // Games that cannot be frozen: the hold's own time counts.
    }
  }

  const detailOf = async (session, sequence) =>
    session === undefined ? null : api.event(session, sequence).catch(() => null);

  /** A rule of the page's own that acts once. */
  async function holdNext(row) {
    try {
      const { files, rules } = await api.rules();
      const text = withoutUsed(files.find(({ name }) => name === HOLD_FILE)?.text ?? "", rules);
      await api.saveRules(HOLD_FILE, withRule(text, holdRule(row, [...rules.map(({ name }) => name), ...namesIn(text)])));
      dispatch({ type: "problem", text: `The next ${typeOf(row)} like No. ${row.sequence} is held, once: see Rules` });
    } catch (problem) {
      failed(problem);
    }
  }

  /** Sends bytes to a game of the session that plays: those of a row, or, without one, from scratch. */
  async function inject(row, to) {
    const { sessions, session, instances } = store.state;
    const target = playing(sessions, currentSession(store.state)?.lab);
    if (target === null) {
      dispatch({ type: "problem", text: "No session runs, so there is no game that something could be sent to" });
      return;
    }
    const games = instances.filter(({ lab, connected }) => lab === target.lab && connected).map(({ name }) => name);
    const flow = row?.event.flow;
    const detail = row === null ? null : await detailOf(session, row.sequence);
    const bytes = detail?.original === undefined ? new Uint8Array(0) : bytesOfHex((detail.delivered ?? detail.original).hex);
    const inFlow = flow?.protocol === "tcp" && target.id === session;
    const answer = await editPacket(dialog, {
      title: `Send to a game of ${target.lab}${inFlow ? `, in flow ${flow.number}` : ", as a datagram"}`,
      bytes, fields: writableFields(detail, bytes),
      form: [{ name: "from", label: "as if from", value: flow?.source.instance ?? games[0], options: games },
        ...(inFlow ? [] : [{ name: "to", label: "to", value: to ?? flow?.destination.instance ?? games[1], options: games },
          { name: "fromPort", label: "from port", value: flow?.source.port ?? 2350, least: 1, most: MOST_PORT },
          { name: "toPort", label: "to port", value: flow?.destination.port ?? 2350, least: 1, most: MOST_PORT }]),
        { name: "times", label: "times", value: 1, least: 1, most: 1000 },
        { name: "everyMillis", label: "every (ms)", value: 500, least: 0, most: 60_000 }],
      acts: [["send", "Send", "danger"]],
    });
    if (answer === null) return;
    await api.inject(target.id, injection(answer.bytes, inFlow ? { ...answer.values, flow: flow.number } : answer.values))
      .then(done, failed);
  }

  /** What a row's menu has of this, as far as the gateway offers it. */
  const interceptions = (row) => [
    offers("/api/held") && row.event.flow?.protocol === "udp" ? ["Hold the next like this", () => holdNext(row)] : undefined,
    offers("/api/sessions/{id}/injections") && row.event.length !== undefined
      ? ["Send again, edited\u2026", () => inject(row)] : undefined,
    ...(offers("/api/sessions/{id}/injections") && row.event.length !== undefined
      ? others(row).map((name) => [`Replay to ${name}\u2026`, () => inject(row, name)]) : []),
  ];

  const others = (row) => {
    const lab = playing(store.state.sessions, currentSession(store.state)?.lab)?.lab;
    return store.state.instances.filter((one) => one.lab === lab && one.connected
      && one.name !== row.event.flow?.source.instance).map(({ name }) => name);
  };

  const injectable = () => (offers("/api/sessions/{id}/injections")
    ? ["Send something to a game\u2026", () => inject(null)] : undefined);

  return { load, interceptions, injectable, acts: { releaseHeld, stepHeld, dropHeld, editHeld } };
}
