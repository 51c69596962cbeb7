/* A QR brings the code behind the #, which no server and no log ever sees; a person still presses the button. */
(() => {
  function take() {
    const field = document.querySelector("[data-enrolment-code]");
    if (!field || !/^#[0-9]{8}$/.test(location.hash)) return;
    field.value = location.hash.slice(1);
    history.replaceState(null, "", location.pathname);
    field.form.querySelector("button").focus();
  }
  document.addEventListener("DOMContentLoaded", take);
  window.addEventListener("hashchange", take);
})();
