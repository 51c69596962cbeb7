/* A panel that asks for goods takes a scan itself: goods brought back must not be put in to be sold. A receipt's QR, whose
   parts stand between bars, still goes to the till and opens its return. */
document.addEventListener("shop:scan", (event) => {
  const field = document.querySelector("dialog[open] [data-takes-scans]");
  if (!field || event.detail.includes("|")) return;
  event.stopImmediatePropagation();
  field.value = event.detail;
  field.form.requestSubmit();
}, true);
