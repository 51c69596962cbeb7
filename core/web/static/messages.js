/* Messages are closed by their button; those of a form go when a form is sent again or its panel is left. Refused
   scans stay. */
document.addEventListener("click", (event) => {
  event.target.closest("[data-dismiss]")?.closest(".message")?.remove();
});
document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  const leaves = ctx.sourceElement?.matches?.(".panel-close");
  if (!leaves && ctx.request.method === "GET" || ctx.request.form?.querySelector("[data-scanner]")) return;
  for (const message of document.querySelectorAll("#messages .message")) message.remove();
});
