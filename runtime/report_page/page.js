"use strict";
// Filters and sorts what the page already shows.
(() => {
  const form = document.getElementById("controls");
  if (!form) return;
  const [filter, role, sort, shown, list] = ["filter", "role", "sort", "shown", "layer-list"].map((id) => document.getElementById(id));
  const rows = [...list.children];
  const order = {
    order: (a, b) => a.dataset.order - b.dataset.order,
    left: (a, b) => a.dataset.left - b.dataset.left || order.order(a, b),
    before: (a, b) => b.dataset.before - a.dataset.before || order.order(a, b),
    path: (a, b) => a.dataset.path.localeCompare(b.dataset.path, "en", { numeric: true }),
  };
  const update = () => {
    const wanted = filter.value.trim().toLowerCase();
    for (const element of document.querySelectorAll(".layer")) {
      const fits = element.dataset.path.toLowerCase().includes(wanted);
      const roleFits = !role.value || !element.dataset.role || element.dataset.role === role.value;
      element.classList.toggle("hidden", !(fits && roleFits));
    }
    list.append(...rows.sort(order[sort.value]));
    shown.textContent = rows.filter((row) => !row.classList.contains("hidden")).length + " of " + rows.length + " layers";
  };
  form.hidden = false;
  form.addEventListener("input", update);
  form.addEventListener("submit", (event) => event.preventDefault());
  update();
})();
