// Keys for what the page offers already, and buttons that copy. Letters alone can be switched off.
const hasLetters = document.documentElement.dataset.keys !== "off";

const rows = () => [...document.querySelectorAll("[data-row]")];
const current = () => document.activeElement?.closest?.("[data-row]");
const step = (by) => {
  const all = rows();
  const at = all.indexOf(current());
  all[Math.min(Math.max(at + by, 0), all.length - 1)]?.querySelector("a")?.focus();
};
const press = (name) => {
  // Of the row that has the focus, else of what the page is about.
  const target = (current() ?? document.querySelector(".head"))?.querySelector(`[data-act="${name}"]`);
  // What opens gives the focus back to where it was.
  if (name === "more") target?.focus();
  target?.click();
  if (target?.dataset.why) toast(target.dataset.why);
};

const toast = (text) => {
  const said = document.getElementById("said");
  if (!said) return;
  said.textContent = text;
  // Looking at it in between begins the way of the toast anew.
  said.className = "unseen";
  said.offsetWidth;
  said.className = "toast";
};

let isGoing = false;
const letters = {
  j: () => step(1), k: () => step(-1), x: () => press("select"), s: () => press("star"), e: () => press("edit"),
  ".": () => press("more"), "?": () => location.assign("/help#keys"),
  g: () => { isGoing = true; setTimeout(() => { isGoing = false; }, 1200); },
};

addEventListener("keydown", (event) => {
  const isTyping = event.target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, dialog");
  if (isTyping || !hasLetters || event.metaKey || event.ctrlKey || event.altKey) return;
  if (isGoing) {
    isGoing = false;
    const link = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (link) return link.click();
  }
  const act = letters[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

// In a menu that opened by a key the arrows lead from one thing to the next.
let isByKey = false;
addEventListener("pointerdown", () => { isByKey = false; }, true);
addEventListener("keydown", (event) => {
  isByKey = true;
  const all = [...(event.target.closest?.(".menu:popover-open:not(.form)") ?? document.createElement("p"))
    .querySelectorAll("a, button")];
  const at = all.indexOf(event.target);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  if (at < 0 || to === undefined) return;
  event.preventDefault();
  all.at(to % all.length).focus();
}, true);
addEventListener("toggle", ({ target, newState }) => {
  if (isByKey && newState === "open" && target.matches(".menu:not(.form)")) target.querySelector("a, button")?.focus();
}, true);

// What opened closes when the focus goes elsewhere.
addEventListener("focusout", ({ target, relatedTarget }) => {
  const open = target.closest?.(":popover-open");
  if (!open || !relatedTarget || open.contains(relatedTarget)) return;
  if (relatedTarget.getAttribute("popovertarget") !== open.id) open.hidePopover();
});

// References, ids and examples are copied; a button that is not there yet is added.
const { wordCopy, wordCopied } = document.body.dataset;
const copyName = (text) => text.dataset.copy || text.textContent;

addEventListener("click", async ({ target }) => {
  const button = target.closest(".copy");
  const text = button?.previousElementSibling;
  if (!text) return;
  await navigator.clipboard.writeText(text.textContent);
  button.textContent = wordCopied;
  toast(`${wordCopied}: ${copyName(text)}`);
});

const add = (root) => {
  for (const text of root.querySelectorAll("[data-copy]:not(:has(+ .copy))")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = wordCopy;
    button.setAttribute("aria-label", `${wordCopy}: ${copyName(text)}`);
    text.after(button);
  }
};

add(document);
document.addEventListener("swapped", (event) => add(event.detail));
