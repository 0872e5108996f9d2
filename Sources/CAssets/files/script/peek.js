// A look at an entity before going there: what its page says first, beside the link that the pointer or the focus rests
// on. It can be reached with the pointer, stays as long as it is, and Escape closes it.
const policy = globalThis.trustedTypes?.createPolicy("callboard-peek", { createHTML: (text) => text });
const known = new Map();
const box = Object.assign(document.createElement("div"), { className: "peek", popover: "manual" });
document.body.append(box);
let shown, wait, leave;

const load = async (href) => {
  const answer = await fetch(`${href}/peek`, { headers: { Accept: "text/html", "X-Part": "peek" } });
  if (!answer.ok || answer.redirected) return null;
  const text = await answer.text();
  const page = new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, "text/html");
  return page.getElementById("peek");
};

const hide = () => {
  clearTimeout(wait);
  if (box.matches(":popover-open")) box.hidePopover();
  shown = null;
};

const show = async (link) => {
  if (!known.has(link.href)) known.set(link.href, load(link.href).catch(() => null));
  const part = await known.get(link.href);
  if (!part) known.delete(link.href);
  if (!part || shown !== link || !link.isConnected) return;
  box.replaceChildren(part.cloneNode(true));
  box.showPopover();
  const { left, top, bottom } = link.getBoundingClientRect();
  const isBelow = bottom + box.offsetHeight + 8 < innerHeight || top < box.offsetHeight + 8;
  box.style.insetInlineStart = `${Math.max(8, Math.min(left, innerWidth - box.offsetWidth - 8))}px`;
  box.style.insetBlockStart = `${isBelow ? bottom + 6 : top - box.offsetHeight - 6}px`;
};

const begin = (link, pause) => {
  clearTimeout(leave);
  if (!link || link === shown) return;
  hide();
  shown = link;
  wait = setTimeout(() => show(link), pause);
};
const link = (event) => event.target.closest?.("a[data-peek]");
addEventListener("mouseover", (event) => link(event) && begin(link(event), 400));
addEventListener("focusin", (event) => (link(event)?.matches(":focus-visible") ? begin(link(event), 700) : hide()));
addEventListener("mouseout", (event) => {
  if (!shown || event.relatedTarget?.closest?.(".peek, a[data-peek]")) return;
  clearTimeout(leave);
  leave = setTimeout(hide, 250);
});
box.addEventListener("mouseover", () => clearTimeout(leave));
addEventListener("keydown", (event) => event.key === "Escape" && hide());
addEventListener("scroll", hide, true);
document.addEventListener("swapped", () => {
  known.clear();
  hide();
});
