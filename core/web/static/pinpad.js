/* The pad beside the PIN, and sending after the last digit. Choosing a name leads to the PIN. A seventh digit means that
   this is no PIN but a scan that came unevenly: then nothing is sent, for ten wrong PINs lock a person out. */
(() => {
  const SETTLED = 120;  // milliseconds after the last digit
  const pinOf = (place) => place?.closest?.("form")?.querySelector("[data-pin]");
  let timer = 0;

  function clear(pin) { clearTimeout(timer); pin.value = ""; pin.focus(); }
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-pin-pad] [data-digit]");
    if (button) {
      const pin = pinOf(button);
      pin.value = button.dataset.digit ? pin.value + button.dataset.digit : "";
      pin.dispatchEvent(new Event("input", { bubbles: true }));
    }
    if (event.target.matches("input[type=radio]") && event.detail !== 0) pinOf(event.target)?.focus();
    if (event.target.closest("[data-key]")?.querySelector("input[type=radio]")) pinOf(event.target)?.focus();
  });
  document.addEventListener("keydown", (event) => {
    if (!/^[0-9]$/.test(event.key)) return;
    if (event.target.matches("input[type=radio]")) pinOf(event.target)?.focus();
    const full = event.target.matches("[data-pin]") && event.target.value.length === event.target.maxLength;
    if (full && event.target.selectionStart === event.target.selectionEnd) { event.preventDefault(); clear(event.target); }
  });
  document.addEventListener("input", ({ target }) => {
    if (!target.matches("[data-pin]")) return;
    clearTimeout(timer);
    if (target.value.length === target.maxLength) timer = setTimeout(() => target.form?.requestSubmit(), SETTLED);
  });
  document.addEventListener("submit", (event) => {  // Enter by habit, after the last digit has sent it
    const pin = pinOf(event.target);
    if (!pin) return;
    clearTimeout(timer);
    if ("sending" in event.target.dataset) { event.preventDefault(); event.stopImmediatePropagation(); }
    event.target.dataset.sending = "";
  }, true);
  document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
    const form = ctx.sourceElement?.closest?.("form");
    if (form) delete form.dataset.sending;
  });
  document.addEventListener("htmx:response:error", ({ detail: { ctx } }) => {
    const pin = pinOf(ctx.sourceElement);
    if (pin) clear(pin);
  });
})();
