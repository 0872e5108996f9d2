// Keys for what the page offers already, and a palette that leads anywhere. Letters alone can be switched off.
const { wordGo, wordHint, wordNone } = document.body.dataset;
const hasLetters = document.documentElement.dataset.keys !== "off";
const make = (name, parts = {}) => Object.assign(document.createElement(name), parts);

let palette, field, list, latest, chosen = 0;
const policy = globalThis.trustedTypes?.createPolicy("callboard-palette", { createHTML: (text) => text });

const options = () => [...list.querySelectorAll("a")];

const mark = (number) => {
  const all = options();
  chosen = all.length ? (number + all.length) % all.length : 0;
  all.forEach((option, index) => option.setAttribute("aria-selected", index === chosen));
  field.setAttribute("aria-activedescendant", all[chosen]?.id ?? "");
  all[chosen]?.scrollIntoView({ block: "nearest" });
};

const look = async () => {
  latest?.abort();
  latest = new AbortController();
  try {
    const answer = await fetch(`/go?query=${encodeURIComponent(field.value)}`, {
      signal: latest.signal, headers: { Accept: "text/html", "X-Part": "found" },
    });
    const text = await answer.text();
    const page = new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, "text/html");
    const found = page.getElementById("found");
    if (!found) return location.assign(answer.url);
    list.replaceChildren(...document.adoptNode(found).childNodes);
    options().forEach((option, index) => {
      option.id = `option-${index}`;
      option.role = "option";
      option.tabIndex = -1;
    });
    for (const row of list.querySelectorAll("ul, li, h2")) row.role = "presentation";
    if (!options().length) list.replaceChildren(make("p", { textContent: wordNone, className: "quiet" }));
    mark(0);
  } catch (error) {
    if (error.name !== "AbortError") list.replaceChildren(make("p", { textContent: String(error) }));
  }
};

const open = () => {
  if (!palette) {
    palette = make("dialog", { className: "palette", ariaLabel: wordGo });
    field = make("input", {
      type: "search", placeholder: wordHint, role: "combobox", autocomplete: "off", ariaLabel: wordGo,
      ariaExpanded: "true", ariaAutoComplete: "list",
    });
    list = make("div", { id: "palette-list", role: "listbox", ariaLabel: wordGo });
    field.setAttribute("aria-controls", list.id);
    palette.append(field, list);
    document.body.append(palette);
    field.addEventListener("input", look);
    field.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        mark(chosen + (event.key === "ArrowDown" ? 1 : -1));
      } else if (event.key === "Enter") {
        event.preventDefault();
        const link = options()[chosen];
        if (link) event.metaKey || event.ctrlKey ? window.open(link.href, "_blank", "noopener") : link.click();
      }
    });
    palette.addEventListener("click", (event) => event.target === palette && palette.close());
  }
  palette.showModal();
  field.select();
  look();
};

const rows = () => [...document.querySelectorAll("[data-row]")];
const current = () => document.activeElement?.closest?.("[data-row]");
const step = (by) => {
  const all = rows();
  const at = all.indexOf(current());
  all[Math.min(Math.max(at + by, 0), all.length - 1)]?.querySelector("a")?.focus();
};
const press = (name) => {
  const place = current() ?? (rows().length ? document.createElement("p") : document);
  const target = place.querySelector(`[data-act="${name}"]`);
  target?.click();
  return target;
};

let isGoing = false;
const letters = {
  j: () => step(1), k: () => step(-1), x: () => press("select"), s: () => press("star"), e: () => press("edit"),
  ".": () => press("more")?.focus(), "?": () => location.assign("/help#keys"), "/": open,
  g: () => { isGoing = true; setTimeout(() => { isGoing = false; }, 1200); },
};

addEventListener("keydown", (event) => {
  if ((event.metaKey || event.ctrlKey) && event.key === "k") {
    event.preventDefault();
    return open();
  }
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

// What opened closes when the focus goes elsewhere.
addEventListener("focusout", ({ target, relatedTarget }) => {
  const open = target.closest?.(":popover-open");
  if (!open || !relatedTarget || open.contains(relatedTarget)) return;
  if (relatedTarget.getAttribute("popovertarget") !== open.id) open.hidePopover();
});
