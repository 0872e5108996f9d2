// Conveniences only; every page works without them.
document.documentElement.classList.add("live");

const say = (text) => {
  const place = document.getElementById("said");
  if (place) place.textContent = text;
};

// Cmd/Ctrl-K and / put the focus into the search field.
addEventListener("keydown", (event) => {
  const field = document.getElementById("seek");
  if (!field || event.altKey) return;
  const isTyping = event.target.closest("input, textarea, select, [contenteditable]");
  const isShortcut = (event.metaKey || event.ctrlKey) && event.key === "k";
  if (isShortcut || (event.key === "/" && !isTyping && !event.metaKey && !event.ctrlKey)) {
    event.preventDefault();
    field.focus();
    field.select();
  }
});

// The account menu closes as menus do.
addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll(".account[open]")) if (!menu.contains(event.target)) menu.open = false;
});
addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector(".account[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

addEventListener("focusout", ({ target, relatedTarget }) => {
  const menu = target.closest?.(".account[open]");
  if (menu && relatedTarget && !menu.contains(relatedTarget)) menu.open = false;
});

// What was just done is not said again when the page is loaded again.
const here = new URL(location);
if (here.searchParams.has("refreshed")) {
  here.searchParams.delete("refreshed");
  history.replaceState(null, "", here);
}

// References and ids get a button that copies them.
for (const code of document.querySelectorAll("[data-copy]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  button.setAttribute("aria-label", `Copy ${code.textContent}`);
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(code.textContent);
    button.textContent = "Copied";
    say(`Copied ${code.textContent}`);
  });
  code.after(button);
}

// Filters apply as they are changed: the same page is fetched and the replaceable part of it is put in place, with the
// focus and the caret where they were. Whatever is odd leads to a plain navigation.
const policy = globalThis.trustedTypes?.createPolicy("callboard-page", { createHTML: (text) => text });
let latest;
const address = (url) => url.pathname + url.search;
let shown = address(location);

const state = (form) => {
  const query = new URLSearchParams(new FormData(form));
  for (const [name, value] of [...query]) if (value === "") query.delete(name, value);
  return `${form.action}?${query}`;
};

const replace = async (url, isStep) => {
  latest?.abort();
  latest = new AbortController();
  try {
    const answer = await fetch(url, { signal: latest.signal, headers: { Accept: "text/html" } });
    const text = await answer.text();
    const page = new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, "text/html");
    const old = document.querySelector("[data-replaceable]");
    const part = page.getElementById(old.id);
    if (!answer.ok || answer.redirected || !part) return location.assign(url);
    const field = document.activeElement;
    const isWithin = old.contains(field);
    const open = old.querySelector(".filters").open;
    old.replaceWith(document.adoptNode(part));
    part.querySelector(".filters").open = open;
    // Going back undoes what was chosen, but not letter by letter what was typed.
    const place = address(new URL(url, location));
    history[isStep && place !== shown ? "pushState" : "replaceState"](null, "", url);
    shown = place;
    say(part.dataset.replaceable);
    if (!isWithin || !field.name) return;
    const same = [...part.querySelectorAll(`[name="${CSS.escape(field.name)}"]`)];
    const next = same.find((other) => other.type === "search" || other.value === field.value) ?? same[0];
    if (next?.type === "search") next.value = field.value;
    next?.focus({ preventScroll: true });
    if (next?.type === "search") next.setSelectionRange(field.selectionStart, field.selectionEnd);
  } catch (error) {
    if (error.name !== "AbortError") location.assign(url);
  }
};

let pause;
const apply = (event, wait, isStep) => {
  const form = event.target.closest?.("form[data-live]");
  if (!form) return;
  clearTimeout(pause);
  pause = setTimeout(() => replace(state(form), isStep), wait);
};
addEventListener("input", (event) => event.target.type === "search" && apply(event, 150));
addEventListener("change", (event) => event.target.type !== "search" && apply(event, 0, true));
addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-live]")) return;
  event.preventDefault();
  apply(event, 0, true);
});
addEventListener("popstate", () => {
  if (address(location) !== shown && document.querySelector("[data-replaceable]")) replace(location.href);
});
