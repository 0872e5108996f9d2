// Two small conveniences; every page works without them.

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

// Filters apply as they are changed; without scripts their button does it.
for (const form of document.querySelectorAll("form[data-auto]")) {
  form.addEventListener("change", (event) => {
    if (event.target.type !== "search") form.requestSubmit();
  });
}
