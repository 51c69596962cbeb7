/* A scan that began while the page was still loading: its first digits went into the scan field as typing, before any
   script could hold them. The first code after that is put together with them again. */
(() => {
  const SOON = 2000, loaded = performance.now();

  document.addEventListener("shop:scan", (event) => {
    const field = document.querySelector("[data-scanner]");
    if (!/^\d+$/.test(field?.value ?? "") || performance.now() - loaded > SOON) return;
    event.stopImmediatePropagation();
    const detail = field.value + event.detail;
    field.value = "";
    document.dispatchEvent(new CustomEvent("shop:scan", { detail }));
  }, true);
})();
