/* A function key that follows Alt+U or F9 before the panel is there belongs to the panel: F3 then means the whole basket
   or a transfer, and must not count a visitor. It waits until the panel stands, then it is pressed. */
(() => {
  const LONGEST = 3000, APART = 100;  // milliseconds; keys closer than 50 would look like a scan
  let until = 0, held = [];

  document.addEventListener("click", (event) => {
    const pressed = event.target.closest?.("button, a");
    if (pressed?.closest("[hx-target='#panel']")) until = performance.now() + LONGEST;
  }, true);
  window.addEventListener("keydown", (event) => {
    if (performance.now() > until || !/^F\d+$/.test(event.key) || window.shop.isTooFast(event)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!event.repeat) held.push({ key: event.key, code: event.code, bubbles: true, cancelable: true });
  }, true);
  document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
    if (!until || !ctx.sourceElement?.closest?.("[hx-target='#panel']")) return;
    until = 0;
    for (const [n, key] of held.splice(0).entries()) {
      setTimeout(() => (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent("keydown", key)), APART * (n + 1));
    }
  });
})();
