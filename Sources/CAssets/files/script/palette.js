// What a few letters may mean, as links: below the search fields of a page, and in a palette that leads anywhere.
const { wordGo, wordHint, wordNone } = document.body.dataset;
const make = (name, parts = {}) => Object.assign(document.createElement(name), parts);
const policy = globalThis.trustedTypes?.createPolicy("callboard-palette", { createHTML: (text) => text });

// Of a palette something is always chosen; a field of a page sends its form unless an arrow chose something.
const suggest = (field, list, isPalette) => {
  let latest, asked, chosen = -1;
  const options = () => [...list.querySelectorAll("a")];
  const mark = (number) => {
    const all = options();
    chosen = number < 0 || !all.length ? -1 : number % all.length;
    all.forEach((option, index) => option.setAttribute("aria-selected", index === chosen));
    field.setAttribute("aria-activedescendant", all[chosen]?.id ?? "");
    all[chosen]?.scrollIntoView({ block: "nearest" });
  };
  const show = (isOpen) => {
    field.ariaExpanded = isOpen;
    list.hidden = !isOpen;
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
      const part = page.getElementById("found");
      // Whoever was signed out signs in and comes back to this page; what else fails takes nobody from it.
      if (!part && answer.redirected) return location.reload();
      if (!part) throw new Error(`${answer.status} ${answer.statusText}`.trim());
      list.replaceChildren(...document.adoptNode(part).childNodes);
      options().forEach((option, index) => {
        option.id = `${list.id}-${index}`;
        option.role = "option";
        option.tabIndex = -1;
      });
      for (const row of list.querySelectorAll("ul, li, h2")) row.role = "presentation";
      if (!options().length) list.replaceChildren(make("p", { textContent: wordNone, className: "quiet" }));
      mark(isPalette ? 0 : -1);
    } catch (error) {
      if (error.name !== "AbortError") list.replaceChildren(make("p", { textContent: String(error) }));
    }
  };
  const open = () => {
    show(true);
    asked = look();
  };

  field.role = "combobox";
  field.ariaAutoComplete = "list";
  field.setAttribute("aria-controls", list.id);
  list.role = "listbox";
  list.ariaLabel = wordGo;
  show(isPalette);
  field.addEventListener("input", () => {
    // What an arrow chose among the answers before is none of those to come.
    if (!isPalette) mark(-1);
    open();
  });
  field.addEventListener("keydown", async (event) => {
    const { key, metaKey, ctrlKey, isComposing } = event;
    if (isComposing) return;
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) return open();
      if (options().length) mark(key === "ArrowDown" ? chosen + 1 : Math.max(chosen, 0) - 1 + options().length);
    } else if (key === "Enter" && (isPalette || (chosen >= 0 && !list.hidden))) {
      event.preventDefault();
      // What was typed last is waited for: an older answer must not be opened.
      for (let last; last !== asked;) await (last = asked);
      const link = options()[chosen];
      if (link) metaKey || ctrlKey ? window.open(link.href, "_blank", "noopener") : link.click();
    } else if (key === "Escape" && !isPalette && !list.hidden) {
      event.preventDefault();
      show(false);
    }
  });
  if (isPalette) return open;
  field.addEventListener("click", () => list.hidden && open());
  field.addEventListener("blur", () => show(false));
  // The field keeps the focus while something in the list is pressed.
  list.addEventListener("mousedown", (event) => event.preventDefault());
};

for (const field of document.querySelectorAll("[data-suggest]")) {
  const list = make("div", { id: `${field.id}-list`, className: "options drop" });
  field.form.append(list);
  suggest(field, list, false);
}

let palette, field, look;
const open = () => {
  if (!palette) {
    palette = make("dialog", { className: "palette", ariaLabel: wordGo });
    field = make("input", { type: "search", placeholder: wordHint, autocomplete: "off", ariaLabel: wordGo });
    const list = make("div", { id: "palette-list", className: "options" });
    palette.append(field, list);
    document.body.append(palette);
    look = suggest(field, list, true);
    palette.addEventListener("click", (event) => event.target === palette && palette.close());
  }
  if (!palette.open) palette.showModal();
  field.select();
  look();
};

addEventListener("keydown", (event) => {
  const isHeld = event.metaKey || event.ctrlKey;
  const isTyping = event.target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, dialog");
  const hasLetters = document.documentElement.dataset.keys !== "off";
  if (isHeld ? event.key !== "k" : event.key !== "/" || event.altKey || isTyping || !hasLetters) return;
  event.preventDefault();
  open();
});
