/* The panel in which a manager approves: it goes when the act was done, or when it is closed. */
(() => {
  const place = () => document.getElementById("approval");
  let before = null;

  function close() { place().replaceChildren(); before?.focus?.(); before = null; }
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-approval-close]")) return;
    event.preventDefault();
    close();
  });
  document.addEventListener("htmx:before:request", () => { before ??= document.activeElement; });
  document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
    if (ctx.response?.status < 400 && ctx.sourceElement?.closest?.("#approval")) close();
  });
  document.addEventListener("htmx:after:swap", () => {
    const panel = place()?.querySelector("[autofocus]");
    if (panel && !place().contains(document.activeElement)) panel.focus();
  });
})();
