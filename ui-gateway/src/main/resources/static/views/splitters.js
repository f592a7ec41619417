// The bars by which the panes are resized, with the pointer or with the arrow keys; where they were is
// remembered. On a wide screen the details are beside the list, so what a bar moves along follows from
// how the panes lie.

const STEP = 2;
/** What each bar moves: the custom property, the element that has it, bounds and start in per cent. */
const BARS = {
  "split-side": { name: "side-share", of: "work", least: 8, most: 40, start: 15, unit: "vw" },
  "split-list": { name: "list-share", of: "main", least: 12, most: 88, start: 56 },
  "split-detail": { name: "tree-share", of: "main", least: 12, most: 88, start: 46 },
  "split-dock": { name: "dock-share", of: "work", least: 10, most: 80, start: 36, unit: "vh", fromEnd: true },
};

export function splitters() {
  for (const [id, bar] of Object.entries(BARS)) splitter(document.getElementById(id), bar);
}

function splitter(element, { name, of, least, most, start, unit = "%", fromEnd = false }) {
  const target = document.getElementById(of);
  const stored = Number(localStorage.getItem("kontor." + name));
  element.setAttribute("aria-valuemin", String(least));
  element.setAttribute("aria-valuemax", String(most));
  apply(stored >= least && stored <= most ? stored : start);

  function apply(percent) {
    const share = Math.min(most, Math.max(least, percent));
    target.style.setProperty("--" + name, `${share}${unit}`);
    element.setAttribute("aria-valuenow", String(Math.round(share)));
    return share;
  }

  function keep(percent) {
    localStorage.setItem("kontor." + name, apply(percent).toFixed(2));
  }

  element.addEventListener("pointerdown", (down) => {
    element.setPointerCapture(down.pointerId);
    const upright = element.clientWidth < element.clientHeight;
    const box = element.parentElement.getBoundingClientRect();
    const move = (event) => {
      const at = 100 * (upright ? (event.clientX - box.left) / box.width : (event.clientY - box.top) / box.height);
      keep(fromEnd ? 100 - at : at);
    };
    element.addEventListener("pointermove", move);
    element.addEventListener("pointerup", () => element.removeEventListener("pointermove", move), { once: true });
  });
  element.addEventListener("keydown", (event) => {
    const steps = { ArrowLeft: -STEP, ArrowUp: -STEP, ArrowRight: STEP, ArrowDown: STEP };
    const step = steps[event.key];
    if (step === undefined || event.ctrlKey) return;
    event.preventDefault();
    keep(Number(element.getAttribute("aria-valuenow")) + (fromEnd ? -step : step));
  });
}
