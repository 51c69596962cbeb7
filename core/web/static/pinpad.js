/* The pad beside the PIN, and sending at the last digit. Choosing a name leads to the PIN. */
(() => {
  const pinOf = (place) => place.closest("form")?.querySelector("[data-pin]");
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
    if (event.target.matches("input[type=radio]") && /^[0-9]$/.test(event.key)) pinOf(event.target)?.focus();
  });
  document.addEventListener("input", ({ target }) => {
    if (target.matches("[data-pin]") && target.value.length === target.maxLength) target.form.requestSubmit();
  });
  document.addEventListener("htmx:response:error", () => {
    for (const pin of document.querySelectorAll("[data-pin]")) { pin.value = ""; pin.focus(); }
  });
})();
