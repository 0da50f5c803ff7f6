// What a person sees on the chat page, told to whoever plays one. The last expression is what it is called by.
(() => {
  const all = () => [...document.querySelectorAll("[data-testid=message][data-from=bot]")];
  const words = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (node.localName === "button") return "";
    const inside = [...node.childNodes].map(words).join("");
    return ["blockquote", "pre", "div"].includes(node.localName) ? `\n${inside}\n` : inside;
  };
  const labels = (message) => [...message.querySelectorAll("[data-testid=choice] .label")].map((one) => one.textContent);
  const seen = (message) => ({
    id: Number(message.dataset.id),
    text: [...message.querySelectorAll("[data-testid=words]")].map(words).join(""),
    labels: labels(message),
    data: [...message.querySelectorAll("[data-testid=choice]")].map((one) => one.dataset.data),
  });
  /** Each bubble as it was when it came: answers are written into questions later on. */
  const came = new Map();
  const note = () => all().forEach((one) => came.has(one.dataset.id) || came.set(one.dataset.id, seen(one)));
  const after = (id) => all().map((one) => came.get(one.dataset.id) ?? seen(one)).filter((one) => one.id > id);

  /** Resolves with what `look` finds as soon as it finds something, or with null when the patience is over. */
  const until = (look, patience) => new Promise((resolve) => {
    const found = look();
    if (found) return resolve(found);
    const watch = new MutationObserver(() => {
      const now = look();
      if (now) end(now);
    });
    const timer = setTimeout(() => end(null), patience);
    const end = (result) => {
      watch.disconnect();
      clearTimeout(timer);
      resolve(result);
    };
    watch.observe(document.getElementById("log"), { subtree: true, childList: true, characterData: true });
  });

  const cut = (shown, label) => shown.endsWith("…") && label.startsWith(shown.slice(0, -1));
  const button = (label) => {
    for (const message of all().reverse()) {
      const place = labels(message).findIndex((one) => one === label || one === `✓ ${label}` || cut(one, label));
      if (place >= 0) return { id: Number(message.dataset.id), place, labels: JSON.stringify(labels(message)) };
    }
    return null;
  };
  const changed = ({ id, labels: before }) => {
    const message = all().find((one) => Number(one.dataset.id) === id);
    return !message || JSON.stringify(labels(message)) !== before || after(id).length > 0;
  };

  return {
    begins: () => {
      note();
      new MutationObserver(note).observe(document.getElementById("log"), { subtree: true, childList: true });
    },
    reads: async ({ id, count, patience }) => {
      await until(() => after(id).length >= count, patience);
      return after(id);
    },
    finds: ({ label, patience }) => until(() => button(label), patience),
    changes: ({ patience, ...pressed }) => until(() => changed(pressed), patience),
  };
})()
