// The two bars by which the panes are resized, with the pointer or with the arrow keys; where they
// were is remembered. On a wide screen the details are beside the list, so what a bar moves along
// follows from how the panes lie.

const LEAST = 12;
const MOST = 88;
const STEP = 2;

export function splitters(main) {
  splitter(document.getElementById("split-list"), main, "list-share", 56);
  splitter(document.getElementById("split-detail"), main, "tree-share", 50);

  function splitter(bar, main, name, otherwise) {
    const stored = Number(localStorage.getItem("kontor." + name));
    apply(stored >= LEAST && stored <= MOST ? stored : otherwise);

    function apply(percent) {
      const share = Math.min(MOST, Math.max(LEAST, percent));
      main.style.setProperty("--" + name, `${share}%`);
      bar.setAttribute("aria-valuenow", String(Math.round(share)));
      return share;
    }

    function keep(percent) {
      localStorage.setItem("kontor." + name, apply(percent).toFixed(2));
    }

    bar.addEventListener("pointerdown", (down) => {
      bar.setPointerCapture(down.pointerId);
      const upright = bar.clientWidth < bar.clientHeight;
      const box = bar.parentElement.getBoundingClientRect();
      const move = (event) => keep(100 * (upright
        ? (event.clientX - box.left) / box.width : (event.clientY - box.top) / box.height));
      bar.addEventListener("pointermove", move);
      bar.addEventListener("pointerup", () => bar.removeEventListener("pointermove", move),
        { once: true });
    });
    bar.addEventListener("keydown", (event) => {
      const steps = { ArrowLeft: -STEP, ArrowUp: -STEP, ArrowRight: STEP, ArrowDown: STEP };
      if (steps[event.key] === undefined || event.ctrlKey) return;
      event.preventDefault();
      keep(Number(bar.getAttribute("aria-valuenow")) + steps[event.key]);
    });
  }
}
