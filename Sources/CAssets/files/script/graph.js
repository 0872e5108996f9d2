// Moving and zooming of drawn graphs. Only the viewBox changes; without this script the drawing is scrolled instead.
const start = (graph) => {
  const svg = graph.querySelector("svg");
  const tools = graph.querySelector(".graph-tools");
  if (!svg || !tools) return;
  const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  // What is shown: its middle, and how many pixels one unit of the drawing takes.
  let x, y, scale;
  const box = () => svg.getBoundingClientRect();
  const fitting = () => Math.min(1, box().width / width, box().height / height);

  // No move leaves the drawing; what is smaller than the window stays in its middle.
  const within = (to, shown, all) => (shown >= all ? all / 2 : Math.min(all - shown / 2, Math.max(shown / 2, to)));

  const show = (toX, toY, toScale) => {
    scale = Math.min(4, Math.max(Math.min(fitting(), 0.5), toScale));
    const [w, h] = [box().width / scale, box().height / scale];
    x = within(toX, w, width);
    y = within(toY, h, height);
    svg.setAttribute("viewBox", [x - w / 2, y - h / 2, w, h].map((n) => n.toFixed(1)).join(" "));
    graph.classList.toggle("near", scale > fitting() * 1.01);
  };
  const fit = () => show(width / 2, height / 2, fitting());
  // The point under the pointer stays where it is.
  const zoom = (factor, event) => {
    const { left, top, width: w, height: h } = box();
    const [dx, dy] = event ? [event.clientX - left - w / 2, event.clientY - top - h / 2] : [0, 0];
    const [atX, atY, old] = [x + dx / scale, y + dy / scale, scale];
    show(x, y, scale * factor);
    if (scale !== old) show(atX - dx / scale, atY - dy / scale, scale);
  };
  const acts = { in: () => zoom(1.3), out: () => zoom(1 / 1.3), fit };
  // Where a node is in the drawing.
  const middle = (node) => {
    const { e, f } = node.transform.baseVal.consolidate().matrix;
    const { width: w, height: h } = node.getBBox();
    return [e + w / 2, f + h / 2];
  };

  tools.addEventListener("click", (event) => acts[event.target.closest("[data-zoom]")?.dataset.zoom]?.());

  const keys = {
    ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
    "+": "in", "=": "in", "-": "out", 0: "fit",
  };
  svg.addEventListener("keydown", (event) => {
    const key = keys[event.key];
    if (!key || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (acts[key]) acts[key]();
    else show(x + (key[0] * 80) / scale, y + (key[1] * 80) / scale, scale);
  });
  svg.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoom(Math.exp(-event.deltaY / 300), event);
  }, { passive: false });

  let from = null;
  let isDragged = false;
  svg.addEventListener("pointerdown", (event) => {
    isDragged = false;
    if (event.button === 0 && event.isPrimary) from = { x, y, left: event.clientX, top: event.clientY };
  });
  svg.addEventListener("pointermove", (event) => {
    if (!from || !event.isPrimary) return;
    const [dx, dy] = [event.clientX - from.left, event.clientY - from.top];
    if (!isDragged && Math.hypot(dx, dy) < 5) return;
    if (!isDragged) svg.setPointerCapture(event.pointerId);
    isDragged = true;
    show(from.x - dx / scale, from.y - dy / scale, scale);
  });
  for (const end of ["pointerup", "pointercancel"]) svg.addEventListener(end, () => (from = null));
  // Links are neither dragged as such nor followed at the end of a move.
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  svg.addEventListener("click", (event) => {
    if (isDragged && event.detail) event.preventDefault();
    isDragged = false;
  }, true);
  // What gets the focus is brought into view.
  svg.addEventListener("focusin", ({ target }) => {
    const node = target.closest(".node");
    if (!node) return;
    const [outer, inner] = [box(), node.getBoundingClientRect()];
    const isSeen = inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top
      && inner.bottom <= outer.bottom;
    if (!isSeen) show(...middle(node), scale);
    node.scrollIntoView({ block: "nearest", inline: "nearest" });
  });

  // As high as the drawing is; the style sheet keeps it within the window.
  graph.classList.add("live");
  const open = () => {
    const ratio = Math.min(1, box().width / width);
    svg.setAttribute("height", Math.round(ratio < 0.6 ? height : height * ratio));
    const root = svg.querySelector(".root");
    // A drawing that would be too small to read begins at what it is about.
    if (root && fitting() < 0.6) show(...middle(root), 0.8);
    else fit();
  };
  open();
  let seen = box().width;
  new ResizeObserver(() => {
    if (box().width !== seen) open();
    seen = box().width;
  }).observe(svg);
  svg.setAttribute("tabindex", "0");
  tools.hidden = false;
};

const all = (root) => root.querySelectorAll("[data-graph]").forEach(start);
all(document);
document.addEventListener("swapped", ({ detail }) => all(detail));
