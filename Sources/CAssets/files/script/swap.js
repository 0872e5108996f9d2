// Live parts of a page. What is marked data-swap="id" fetches the very address that a plain browser would visit, takes
// the element with that id out of the answer and puts it in place of the one on the page, with focus, caret and open
// parts as they were. Whatever is odd leads to a plain navigation.
document.documentElement.classList.add("live");

const policy = globalThis.trustedTypes?.createPolicy("callboard-page", { createHTML: (text) => text });
const pending = new Map();
const address = (url) => url.pathname + url.search;
let shown = address(location);

const say = (text) => {
  const place = document.getElementById("said");
  if (!place) return;
  place.className = "unseen";
  place.textContent = text ?? "";
};

const parsed = (text) => new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, "text/html");

const put = (old, part) => {
  const field = document.activeElement;
  const isWithin = old.contains(field);
  for (const kept of old.querySelectorAll("details[id]")) {
    const next = part.querySelector(`#${CSS.escape(kept.id)}`);
    if (next) next.open = kept.open;
  }
  old.replaceWith(document.adoptNode(part));
  if (!isWithin) return;
  const same = field.id
    ? [document.getElementById(field.id)]
    : field.name ? [...part.querySelectorAll(`[name="${CSS.escape(field.name)}"]`)] : [];
  const next = same.find((other) => other && (other.type === "search" || other.value === field.value)) ?? same[0];
  if (!next) return;
  if (next.type === "search") next.value = field.value;
  next.focus({ preventScroll: true });
  if (next.type === "search") next.setSelectionRange(field.selectionStart, field.selectionEnd);
};

const swap = async (id, url, { body, isStep } = {}) => {
  const old = document.getElementById(id);
  if (!old) return location.assign(url);
  pending.get(id)?.abort();
  const control = new AbortController();
  pending.set(id, control);
  old.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url, {
      method: body ? "POST" : "GET", body, signal: control.signal, headers: { Accept: "text/html", "X-Part": id },
    });
    const page = parsed(await answer.text());
    const part = page.getElementById(id);
    // Why a form was refused stands in the answer, and nowhere else.
    const fault = body && !answer.ok && page.getElementById("main");
    if (fault) {
      put(document.getElementById("main"), fault);
      return document.getElementById("refusal")?.focus();
    }
    if (!answer.ok || !part || (answer.redirected && !body)) return location.assign(body ? answer.url : url);
    const now = document.getElementById(id);
    if (!now) return location.assign(url);
    put(now, part);
    if (!body) {
      if (page.title) document.title = page.title;
      // Going back undoes what was chosen, but not letter by letter what was typed.
      const place = address(new URL(url, location));
      history[isStep && place !== shown ? "pushState" : "replaceState"](null, "", url);
      shown = place;
    }
    say(part.dataset.say);
    document.dispatchEvent(new CustomEvent("swapped", { detail: part }));
  } catch (error) {
    if (error.name !== "AbortError") body ? location.reload() : location.assign(url);
  }
};

const filled = (form, submitter) => {
  const data = new FormData(form, submitter);
  if (form.method === "post") return { url: form.action, body: new URLSearchParams(data) };
  const query = new URLSearchParams(data);
  for (const [name, value] of [...query]) if (value === "") query.delete(name, value);
  return { url: `${form.action.split("?")[0]}?${query}` };
};

const send = (form, isStep, submitter) => {
  const { url, body } = filled(form, submitter);
  swap(form.dataset.swap, url, { body, isStep });
};

let pause;
const apply = (event, wait, isStep) => {
  const form = event.target.form;
  if (!form?.matches("form[data-live]") || event.target.type === "submit") return;
  clearTimeout(pause);
  pause = setTimeout(() => send(form, isStep), wait);
};
addEventListener("input", (event) => event.target.type === "search" && apply(event, 150));
addEventListener("change", (event) => event.target.type !== "search" && apply(event, 0, true));
addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-swap]") || event.submitter?.matches("[data-plain]")) return;
  event.preventDefault();
  clearTimeout(pause);
  send(form, true, event.submitter);
});
addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-swap]");
  const isPlain = !(event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
  if (!link || !isPlain || event.defaultPrevented || link.origin !== location.origin) return;
  event.preventDefault();
  clearTimeout(pause);
  swap(link.dataset.swap, link.href, { isStep: true });
});
addEventListener("popstate", () => {
  const part = document.querySelector("[data-page]");
  if (address(location) !== shown && part) swap(part.id, location.href);
});

// A page that the browser kept as it was may be that of somebody who has signed out since.
addEventListener("pageshow", async (event) => {
  if (!event.persisted) return;
  const answer = await fetch(location.href, { method: "HEAD", redirect: "manual" }).catch(() => null);
  if (answer?.type === "opaqueredirect") location.reload();
});

// The current tab of many is in sight.
document.querySelector(".tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

// What was just done is not said again when the page is loaded again.
const here = new URL(location);
const told = ["done", "refreshed", "kept", "removed"].filter((name) => here.searchParams.has(name));
for (const name of told) here.searchParams.delete(name);
if (told.length) {
  history.replaceState(null, "", here);
  shown = address(here);
}
