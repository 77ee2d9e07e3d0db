"use strict";
// One article by itself, its first deal shown.

(() => {
  const { labels, article } = JSON.parse(document.getElementById("data").textContent);
  const view = articleView(article, labels);
  document.getElementById("main").append(view.node);
  document.title = article.title || "Статья";
  if (article.deals.length) view.fix(article.deals[0].id, false);
})();
