// Ticks for the pages that have been read. The browser keeps them, and nobody else hears of them.
(() => {
  "use strict";

  const KEY = "book-pages-read";
  const top = new URL(document.documentElement.dataset.content_root ?? "./", location.href).pathname;

  /** What the book calls the page that a link leads to: its path from the top, without ending. */
  function nameOf(address) {
    const { pathname } = new URL(address, location.href);
    return decodeURI(pathname.slice(top.length)).replace(/\.html$/, "");
  }

  /** The names of the pages that have been read, or null where nothing can be kept. */
  function stored() {
    let text;
    try {
      text = localStorage.getItem(KEY);
    } catch {
      return null; // a browser that keeps nothing, for pages opened from disk above all
    }
    try {
      return new Set(JSON.parse(text ?? "[]").filter((name) => typeof name === "string"));
    } catch {
      return new Set(); // something else wrote there
    }
  }

  function keep(names) {
    try {
      localStorage.setItem(KEY, JSON.stringify([...names].sort()));
    } catch {
      // The storage is full or closed: the tick lasts as long as the page.
    }
  }

  const all = (selector, place = document) => [...place.querySelectorAll(selector)];
  const isRead = (read, links) => links.length > 0 && links.every((link) => read.has(nameOf(link.href)));

  function draw(read) {
    for (const item of all(".bd-sidebar-primary .toctree-l1, .bd-sidebar-primary .toctree-l2")) {
      const pages = all(":scope li > a", item);
      const own = all(":scope > a", item);
      item.classList.toggle("book-is-read", isRead(read, pages.length ? pages : own));
    }
    if (nameOf(location.href).endsWith("/index")) {
      for (const item of all(".bd-article section > ol > li")) {
        item.classList.toggle("book-is-read", isRead(read, all("a", item).slice(0, 1)));
      }
    }
    for (const place of all("[data-chapter]")) {
      const done = [...read].filter((name) => name.startsWith(place.dataset.chapter)).length;
      const isDone = done >= Number(place.dataset.pages);
      const words = isDone ? "all read ✓" : `${done} of ${place.dataset.pages} read`;
      place.textContent = done ? words : "";
      place.classList.toggle("book-all", isDone);
    }
    for (const box of all(".book-read input")) box.checked = read.has(nameOf(location.href));
  }

  function start() {
    const read = stored();
    if (!read) return;
    draw(read);
    for (const box of all(".book-read input")) {
      box.closest(".book-read").classList.add("book-alive");
      box.addEventListener("change", () => {
        const now = stored() ?? new Set();
        now[box.checked ? "add" : "delete"](nameOf(location.href));
        keep(now);
        draw(now);
      });
    }
    // Another window of the book, or this one when the reader comes back to it.
    const again = () => draw(stored() ?? new Set());
    addEventListener("storage", ({ key }) => key === KEY && again());
    addEventListener("pageshow", ({ persisted }) => persisted && again());
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
