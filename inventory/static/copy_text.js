// A button that copies the text of a field: data-copies names the field, data-copied is said once it is done.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copies]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copies);
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {  // pages over plain http have no clipboard of their own
    document.execCommand("copy");
  }
  button.textContent = button.dataset.copied;
});
