/* The open line of a document that is being entered: [data-open-line] is marked data-typed while a field of it holds
   something else than was drawn. The scan field sends such a line along (hx-include), so that a scan of the next goods
   keeps what was typed for the last ones; a line nobody typed into stays as the server knows it. */
(() => {
  const drawn = (list) => [...list.options].find((option) => option.defaultSelected) ?? list.options[0];
  const isTyped = (field) => field.options ? field.selectedOptions[0] !== drawn(field)
    : field.type !== "hidden" && field.value !== field.defaultValue;
  function mark(event) {
    const line = event.target.closest?.("[data-open-line]");
    line?.toggleAttribute("data-typed", [...line.elements].some(isTyped));
  }
  document.addEventListener("input", mark);
  document.addEventListener("change", mark);
})();
