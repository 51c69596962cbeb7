/* Every form carries a key, so that a second press finds the first answer. Once a form was answered well it gets a new
   key: the next press is a new act. After a lost answer or a refusal it keeps its key, and also while the answer leads
   to another page: a second press in that moment is the first one again. Come back to, such a page has new keys. */
window.shop = {
  uuid() {  // crypto.randomUUID exists on https and loopback only
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  },
};

(() => {
  function renew(within) {
    for (const field of within.querySelectorAll("[data-form-key]")) field.value = window.shop.uuid();
  }
  document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
    const leaves = ["HX-Redirect", "HX-Refresh"].some((name) => ctx.response.headers.get(name));
    if (ctx.response.status < 400 && !leaves && ctx.request.form) renew(ctx.request.form);
  });
  window.addEventListener("pageshow", (event) => { if (event.persisted) renew(document); });
})();
