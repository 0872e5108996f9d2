// References, ids and examples get a button that copies them.
const words = document.documentElement.lang === "de" ? ["Kopieren", "Kopiert"] : ["Copy", "Copied"];

const add = (root) => {
  for (const text of root.querySelectorAll("[data-copy]")) {
    if (text.nextElementSibling?.matches(".copy")) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = words[0];
    const name = text.dataset.copy || text.textContent;
    button.setAttribute("aria-label", `${words[0]}: ${name}`);
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(text.textContent);
      button.textContent = words[1];
      const said = document.getElementById("said");
      if (said) said.textContent = `${words[1]}: ${name}`;
    });
    text.after(button);
  }
};

add(document);
document.addEventListener("swapped", (event) => add(event.detail));
