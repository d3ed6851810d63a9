// One save at a time: what is pressed while the desk keeps a draft waits until that has
// answered, and is then sent to where the draft is. Sent beside it, a new page would be
// there twice, and a version of one's own would seem to be somebody else's.
"use strict";

(() => {
  const FORM = "page-edit-form";
  let keeping = false;
  let pressed = null;
  let leaving = false;

  function send({ form, button }) {
    if (button?.name) {
      // By now the desk shows the button as busy, and a disabled button says nothing.
      const said = document.createElement("input");
      Object.assign(said, { type: "hidden", name: button.name, value: button.value });
      form.append(said);
    }
    form.requestSubmit();
  }

  function answered() {
    keeping = false;
    // What was typed meanwhile is kept at once: that is waited for as well.
    setTimeout(() => {
      if (keeping || !pressed) return;
      const waiting = pressed;
      pressed = null;
      send(waiting);
    });
  }

  document.addEventListener("w-autosave:save", (event) => {
    if (leaving) event.preventDefault();
    else keeping = true;
  });
  document.addEventListener("w-autosave:success", answered);
  document.addEventListener("w-autosave:error", answered);
  document.addEventListener(
    "submit",
    (event) => {
      if (event.target.id !== FORM) return;
      // Whoever presses again does not want to wait for an answer that may never come.
      if (!keeping || pressed) {
        leaving = true;
        pressed = null;
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      pressed = { form: event.target, button: event.submitter };
    },
    { capture: true },
  );
  window.addEventListener("pageshow", () => {
    leaving = false;
  });
})();
