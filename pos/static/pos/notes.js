/* Enter goes on to the next note instead of sending the form; the form is sent by its own key, or by Enter on its button. */
document.addEventListener("keydown", (event) => {
  const steps = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }, step = steps[event.key];
  if (!step || event.isComposing || !event.target.matches?.("[data-next]")) return;
  const fields = [...event.target.form.querySelectorAll("[data-next], button.primary")];
  const next = fields[fields.indexOf(event.target) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.select?.();
});
