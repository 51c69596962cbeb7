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
  function show(dialog) {
    dialog.showModal();
    dialog.querySelector("[data-pin]").focus();
  }
  function open(dialog) {
    touched = Date.now();
    document.getElementById("lock-said").replaceChildren();
    dialog.querySelector("form").reset();
    dialog.close();
  }
  document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
    const dialog = lock(), status = ctx.response?.status;
    if (!dialog || !status) return;
    if (!dialog.open) { if (status === LOCKED) show(dialog); return; }
    if (ctx.sourceElement !== dialog.querySelector("form")) {
      if (status === 200 && BY_ITSELF.has(ctx.sourceEvent?.type)) open(dialog);  // opened in another window
    } else if (status === 204) open(dialog);
    else if (status !== 422) location.reload();  // somebody else has signed in meanwhile
  });
  document.addEventListener("cancel", (event) => { if (event.target === lock()) event.preventDefault(); }, true);
  window.addEventListener("shop:scan", (event) => {
    if (!lock()?.open) return;
    event.stopImmediatePropagation();
    document.getElementById("lock-said").dataset.sound = "refused";
    document.dispatchEvent(new CustomEvent("shop:sound"));
  }, true);
})();
