/* The lock over the page. The server decides when nobody has been there for too long: pages that ask by themselves (every
   few seconds) tell it when somebody last touched a key, and an answer of 423 means locked. What lies under the lock stays
   as it was; scans made meanwhile are dropped, with a sound. */
(() => {
  const LOCKED = 423, BY_ITSELF = new Set(["every", "load"]);
  const lock = () => document.getElementById("lock");
  let touched = Date.now();

  for (const act of ["keydown", "pointerdown", "wheel"]) {
    window.addEventListener(act, () => { if (!lock()?.open) touched = Date.now(); }, { capture: true, passive: true });
  }
  document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
    if (!BY_ITSELF.has(ctx.sourceEvent?.type)) return;
    ctx.request.headers["X-Idle"] = String(Math.floor((Date.now() - touched) / 1000));
  });
  document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
    const dialog = lock();
    if (!dialog || !ctx.response) return;
    if (ctx.response.status === LOCKED && !dialog.open) {
      dialog.showModal();
      dialog.querySelector("[data-pin]").focus();
    }
    if (ctx.response.status === 204 && ctx.sourceElement === dialog.querySelector("form")) {
      touched = Date.now();
      document.getElementById("lock-said").replaceChildren();
      dialog.querySelector("form").reset();
      dialog.close();
    }
  });
  document.addEventListener("cancel", (event) => { if (event.target === lock()) event.preventDefault(); }, true);
  window.addEventListener("shop:scan", (event) => {
    if (!lock()?.open) return;
    event.stopImmediatePropagation();
    document.getElementById("lock-said").dataset.sound = "refused";
    document.dispatchEvent(new CustomEvent("shop:sound"));
  }, true);
})();
