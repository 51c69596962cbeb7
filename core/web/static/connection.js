/* Says so when the shop's computer does not answer, and stops saying so when it does. */
document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
  if (ctx && !ctx.response) document.documentElement.dataset.connection = "lost";
});
document.addEventListener("htmx:after:request", () => { delete document.documentElement.dataset.connection; });
