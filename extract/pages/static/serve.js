"use strict";
// The page of `extract-ru serve`: a text or a file's path out, the article view and the record back.

(() => {
  const { labels } = JSON.parse(document.getElementById("data").textContent);
  const form = document.getElementById("form"), result = document.getElementById("result");
  const problem = document.getElementById("problem"), status = document.getElementById("state");
  const button = form.querySelector("button[type=submit]");

  const reason = (detail) => (typeof detail === "string" ? detail : (detail ?? []).map((item) => item.msg).join("; "));

  async function send() {
    const asked = Object.fromEntries([...new FormData(form)].filter(([, value]) => value.trim()));
    if (asked.text && asked.path) delete asked.path;
    problem.textContent = "";
    if (!asked.text && !asked.path) { problem.textContent = "Вставьте текст или назовите файл."; return; }
    status.textContent = "Читаю…";
    button.disabled = true;
    try {
      const answer = await fetch("/view", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(asked) })
        .catch(() => { throw new Error("служба не отвечает; запущена ли она ещё?"); });
      const found = await answer.json().catch(() => ({ detail: `ответ ${answer.status}` }));
      if (!answer.ok) throw new Error(reason(found.detail));
      show(found);
    } catch (error) {
      status.textContent = "";
      problem.textContent = `Не вышло: ${error.message}`;
    } finally {
      button.disabled = false;
    }
  }

  function show({ view, record }) {
    const article = articleView(view, labels);
    const json = JSON.stringify(record, null, 2);
    const save = el("button", { type: "button", onclick: () => {
      const url = URL.createObjectURL(new Blob([json], { type: "application/json" }));
      el("a", { href: url, download: "record.json" }).click();
      setTimeout(() => URL.revokeObjectURL(url), 10_000);
    } }, "Скачать JSON");
    result.replaceChildren(article.node, el("details", {}, el("summary", {}, "Запись в JSON"), save, el("pre", {}, json)));
    status.textContent = `Сделок: ${view.deals.length}, организаций: ${view.organizations.length}, людей: ${view.people.length}.`;
    if (view.deals.length) article.fix(view.deals[0].id, false);
    result.focus({ preventScroll: true });
    status.scrollIntoView({ block: "start" });
  }

  form.addEventListener("submit", (event) => { event.preventDefault(); send(); });
  form.elements.text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send();
  });
})();
