/* Every form carries a key, so that a second press finds the first answer. Once a form was answered well it gets a new
   key: the next press is a new act. After a lost answer or a refusal it keeps its key. */
window.shop = {
  uuid() {  // crypto.randomUUID exists on https and loopback only
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  },
};

document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
  if (ctx.response.status >= 400 || !ctx.request.form) return;
  for (const field of ctx.request.form.querySelectorAll("[data-form-key]")) field.value = window.shop.uuid();
});
