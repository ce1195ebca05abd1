/* What a page says to the learning system that shows it, by SCORM 1.2; where there is none, or it fails, nothing breaks. */

(() => {
  const FURTHEST = 20;
  const started = performance.now();

  /** The API of a learning system in a window, or in one of those around it. */
  function around(start) {
    let one = start;
    for (let step = 0; one && step < FURTHEST; step += 1) {
      try {
        if (one.API?.LMSInitialize) return one.API;
      } catch {
        /* A window of another site: what is around that may be ours again. */
      }
      if (one.parent === one) return null;
      one = one.parent;
    }
    return null;
  }

  const api = around(window) ?? around(window.opener) ?? around(window.top?.opener);

  function call(name, ...values) {
    try {
      return api ? String(api[name](...values) ?? "") : "";
    } catch {
      return "";
    }
  }

  const get = (element) => call("LMSGetValue", element);
  const set = (element, value) => call("LMSSetValue", element, String(value)) === "true";
  const connected = call("LMSInitialize", "") === "true" || get("cmi.core.lesson_status") !== "";

  /** How long the page has been open, as SCORM writes it: 0000:00:00.00. */
  function duration() {
    const seconds = (performance.now() - started) / 1000;
    const whole = Math.floor(seconds);
    const two = (number) => String(number).padStart(2, "0");
    const parts = [String(Math.min(Math.floor(whole / 3600), 9999)).padStart(4, "0"), two(Math.floor(whole / 60) % 60)];
    return `${parts.join(":")}:${two(whole % 60)}.${two(Math.floor((seconds - whole) * 100))}`;
  }

  let open = connected;

  (window.rolebook ??= {}).lms = {
    connected,
    /** Whether there is one that did not answer. */
    refuses: Boolean(api) && !connected,
    get,
    set,
    /** Have what was set kept; whether that went well. */
    commit: () => open && call("LMSCommit", "") === "true",
    /** Say how the page is left, once. */
    finish(exit) {
      if (!open) return;
      open = false;
      set("cmi.core.session_time", duration());
      set("cmi.core.exit", exit);
      call("LMSCommit", "");
      call("LMSFinish", "");
    },
  };
})();
