/* Sends scans to the server one after another, in their order: none is dropped, none counts twice.
   The form around [data-scanner] says where to (action) and what is redrawn (hx-target). Each scan has a key of its own;
   while the server does not answer it is sent again under the same key. What is pressed meanwhile waits for the scans
   before it, so that nothing is paid before it is in the basket. <html data-scans> counts what is still on the way. */
(() => {
  const root = document.documentElement, waiting = [];
  let working = false, held = null;

  function add(code) {
    const field = document.querySelector("[data-scanner]");
    if (!code || !field) return;
    if (field.form?.method === "get") { field.value = code; field.form.submit(); return; }  // this page only looks things up
    waiting.push({ code, key: window.shop.uuid() });
    show();
    if (!working) work();
  }
  function show() {
    if (waiting.length) root.dataset.scans = waiting.length;
    else delete root.dataset.scans;
  }
  async function work() {
    working = true;
    for (let pause = 500; waiting.length; show()) {
      if (await send(waiting[0])) { waiting.shift(); pause = 500; }
      else { await new Promise((resolve) => setTimeout(resolve, pause)); pause = Math.min(2 * pause, 5000); }
    }
    working = false;
    const pressed = held?.isConnected ? held : held && document.querySelector(`[data-key="${held.dataset.key}"]`);
    held = null;
    pressed?.click();
  }
  async function send(scan) {
    const form = document.querySelector("[data-scanner]")?.form;
    if (!form) return false;
    let answered = false;
    const note = ({ detail: { ctx } }) => { answered = ctx.text !== undefined; };
    form.noValidate = true;
    form.addEventListener("htmx:finally:request", note, { once: true });
    await window.htmx.ajax("POST", form.action, { source: form, values: scan });
    form.removeEventListener("htmx:finally:request", note);
    return answered;
  }
  document.addEventListener("shop:scan", ({ detail }) => add(detail));
  document.addEventListener("submit", (event) => {
    const typed = event.target.querySelector("[data-scanner]");
    if (!typed) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    add(typed.value);
    typed.value = "";
  }, true);
  window.addEventListener("click", (event) => {
    const pressed = waiting.length && event.target.closest("a[href], button, [data-key]");
    if (!pressed || pressed.matches("[data-dismiss]") || pressed.form?.querySelector("[data-scanner]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    held = pressed;
  }, true);
  window.addEventListener("beforeunload", (event) => { if (waiting.length) event.preventDefault(); });
})();
