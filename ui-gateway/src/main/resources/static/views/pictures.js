// What the screens looked like at the selected event, as `kontor record` kept them.

import * as api from "../api/http.js";
import { clock, grouped, visible } from "../state/format.js";
import { fill, h } from "./dom.js";

export function picturesBeside() {
  const node = h("div", { class: "screens pictures" });
  let asked = "";

  /** Called whenever the page changes; asks once for each event that is selected. */
  function draw({ session, selected }) {
    const question = `${session} ${selected}`;
    if (question === asked) return;
    asked = question;
    if (selected === null) {
      fill(node);
      return;
    }
    api.pictures(session, selected).then(
      ({ pictures }) => question === asked && fill(node, pictures.map((each) => figure(each, selected))),
      () => { asked = ""; });
  }

  return { node, draw };
}

function figure({ instance, sequence, takenAt, picture }, selected) {
  const what = `${visible(instance)} at No. ${grouped(selected)}: taken after No. ${grouped(sequence)}, ${clock(takenAt)}`;
  return h("figure", { class: "screen picture", data: { instance, sequence } },
    h("figcaption", { class: "dim" }, what),
    h("img", { src: picture.replace(/^\//, ""), alt: `Screen of ${what}` }));
}
