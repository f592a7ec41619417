// A line plot, by uPlot. Colours are those of the page; what is clicked is told as a value of x.

import uPlot from "../webjars/uplot/1.6.30/dist/uPlot.esm.js";

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** The plot in each element. uPlot keeps a listener on the window until it is destroyed. */
const standing = new WeakMap();

/**
 * Draws in place of the plot that stands in the element.
 * @param series { label, colour (a custom property's name), values } each
 * @param options form: writes an x for people, with the step between labels where it is one; onclick: called with an x
 */
export function plot(root, times, series, { form, onclick, height, marks = [], step = false }) {
  standing.get(root)?.destroy();
  root.replaceChildren();
  const width = Math.max(300, root.clientWidth);
  const axis = { stroke: colour("--soft"), grid: { stroke: colour("--line"), width: 1 }, ticks: { show: false },
    font: "11px system-ui, sans-serif" };
  const drawMarks = (u) => {
    const { ctx, bbox } = u;
    ctx.save();
    for (const { x, paint, label } of marks) {
      const left = Math.round(u.valToPos(x, "x", true));
      if (left < bbox.left || left > bbox.left + bbox.width) continue;
      ctx.strokeStyle = colour(paint);
      ctx.fillStyle = colour(paint);
      ctx.beginPath();
      ctx.moveTo(left, bbox.top);
      ctx.lineTo(left, bbox.top + bbox.height);
      ctx.stroke();
      if (label) ctx.fillText(label.slice(0, 40), left + 4, bbox.top + 12);
    }
    ctx.restore();
  };
  const made = new uPlot({
    width, height,
    scales: { x: { time: false } },
    cursor: { y: false },
    axes: [{ ...axis, values: (_, all, _axis, _space, step) => all.map((x) => form(x, step)) }, { ...axis, size: 60 }],
    series: [{ label: "at", value: (_, x) => (x === null ? "" : form(x)) },
      ...series.map(({ label, colour: name }) => ({ label, stroke: colour(name), width: 1.5, points: { show: false },
        paths: step ? uPlot.paths.stepped({ align: 1 }) : undefined,
        value: (_, y) => (y === null || y === undefined ? "" : String(Math.round(y * 10) / 10)) }))],
    hooks: { draw: [drawMarks] },
  }, [times, ...series.map(({ values }) => values)], root);
  if (onclick) {
    made.over.addEventListener("click", () => {
      const { left } = made.cursor;
      if (left >= 0) onclick(made.posToVal(left, "x"));
    });
  }
  standing.set(root, made);
  return made;
}
