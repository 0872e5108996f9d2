// Tells that there is something newer than what is shown, and leaves it to whoever reads when to see it. A part marked
// data-stream listens while the page is looked at, and no longer than it has something to learn.
const calm = 3000;
let source, wait;

const stop = () => {
  clearTimeout(wait);
  source?.close();
  source = null;
};
const listen = () => {
  stop();
  const part = document.querySelector("[data-stream][hidden]");
  if (!part || document.hidden) return;
  // Not while the page is still being loaded; a connection is one of the few that a browser has for the portal.
  wait = setTimeout(() => {
    source = new EventSource(part.dataset.stream);
    source.addEventListener("changed", () => {
      part.hidden = false;
      stop();
    });
  }, calm);
};

listen();
document.addEventListener("visibilitychange", listen);
document.addEventListener("swapped", listen);
addEventListener("pagehide", stop);
