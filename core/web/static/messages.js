/* Messages are closed by their button; those of a form go when a form is sent again. Refused scans stay. */
document.addEventListener("click", (event) => {
  event.target.closest("[data-dismiss]")?.closest(".message")?.remove();
});
document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  if (ctx.request.method === "GET" || ctx.request.form?.querySelector("[data-scanner]")) return;
  for (const message of document.querySelectorAll("#messages .message")) message.remove();
});
