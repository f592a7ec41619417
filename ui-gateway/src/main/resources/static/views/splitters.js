// The two bars by which the panes are resized; where they were is remembered.

export function splitters(main) {
  const rows = document.getElementById("split-rows");
  const columns = document.getElementById("split-columns");
  const restore = (name, otherwise) => {
    const stored = Number(localStorage.getItem("kontor." + name));
    return stored > 5 && stored < 95 ? stored : otherwise;
  };
  const apply = (name, percent) => main.style.setProperty("--" + name, `${percent}%`);
  apply("list-share", restore("list-share", 56));
  apply("tree-share", restore("tree-share", 50));

  const drag = (bar, name, share) =>
    bar.addEventListener("pointerdown", (down) => {
      bar.setPointerCapture(down.pointerId);
      const move = (event) => {
        const percent = Math.min(88, Math.max(12, 100 * share(event)));
        apply(name, percent);
        localStorage.setItem("kontor." + name, percent.toFixed(2));
      };
      bar.addEventListener("pointermove", move);
      bar.addEventListener("pointerup", () => bar.removeEventListener("pointermove", move),
        { once: true });
    });
  drag(rows, "list-share", (event) => {
    const box = main.getBoundingClientRect();
    return (event.clientY - box.top) / box.height;
  });
  drag(columns, "tree-share", (event) => {
    const box = main.getBoundingClientRect();
    return (event.clientX - box.left) / box.width;
  });
}
