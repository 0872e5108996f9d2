// References, ids and examples get a button that copies them.
const { wordCopy, wordCopied } = document.body.dataset;

const add = (root) => {
  for (const text of root.querySelectorAll("[data-copy]")) {
    if (text.nextElementSibling?.matches(".copy")) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = wordCopy;
    const name = text.dataset.copy || text.textContent;
    button.setAttribute("aria-label", `${wordCopy}: ${name}`);
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(text.textContent);
      button.textContent = wordCopied;
      const said = document.getElementById("said");
      if (said) said.textContent = `${wordCopied}: ${name}`;
    });
    text.after(button);
  }
};

add(document);
document.addEventListener("swapped", (event) => add(event.detail));
