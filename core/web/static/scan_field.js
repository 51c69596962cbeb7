/* The field that a scan happened to be typed into: remembered before the first key, so that it can be put back as it was,
   or given what was held when it was typing after all. */
window.shop.rememberField = (target) => {
  const field = target.matches?.("input, textarea, select") ? target : null;
  const end = field?.value.length ?? 0;
  const before = field && { value: field.value, from: field.selectionStart ?? end, to: field.selectionEnd ?? end };

  function write(value, from, to) {
    if (!field?.isConnected || field.value === value) return;
    field.value = value;
    try { field.setSelectionRange(from, to); } catch { /* fields of numbers and days have no cursor */ }
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  return {
    takeBack: () => before && write(before.value, before.from, before.to),
    give(text) {
      if (!before || field.matches("select")) return;
      const at = before.from + text.length;
      write(before.value.slice(0, before.from) + text + before.value.slice(before.to), at, at);
    },
    takeBackComposed() {  // the input method has still to hand over its text: end it, and take that back too
      field?.blur();
      this.takeBack();
      setTimeout(this.takeBack, 30);
      field?.focus();
    },
  };
};
