// On the page of results: each leads to the section that holds the words, and shows words, not TeX.
// It changes parts of Sphinx's `Search`, which has been loaded before and starts after this script.
(() => {
  "use strict";

  const SIGNS = {
    alpha: "α", beta: "β", gamma: "γ", delta: "δ", epsilon: "ε", varepsilon: "ε", zeta: "ζ",
    eta: "η", theta: "θ", kappa: "κ", lambda: "λ", mu: "μ", nu: "ν", xi: "ξ", pi: "π", rho: "ρ",
    sigma: "σ", tau: "τ", phi: "φ", varphi: "φ", chi: "χ", psi: "ψ", omega: "ω", Delta: "Δ",
    Theta: "Θ", Lambda: "Λ", Sigma: "Σ", Phi: "Φ", Omega: "Ω", cdot: "·", times: "×", pm: "±",
    le: "≤", leq: "≤", ge: "≥", geq: "≥", ne: "≠", neq: "≠", approx: "≈", to: "→", infty: "∞",
    in: "∈", partial: "∂", nabla: "∇", sum: "Σ", prod: "Π", top: "ᵀ", odot: "⊙", ldots: "…",
    dots: "…", cdots: "…", quad: " ", ell: "ℓ", log: "log", exp: "exp", max: "max", min: "min",
    lVert: "‖", rVert: "‖", lvert: "|", rvert: "|",
  };
  const GROUP = String.raw`\{([^{}]*)\}`;

  // A formula as it would be said in a line of plain text; "…" where that cannot be done.
  function words(tex) {
    const plain = tex
      .replace(/^\s*\\[([]|\\[)\]]\s*$/g, "")
      .replace(/\\(left|right|big|Big|displaystyle)\b|\\[,;:! ]/g, " ")
      .replace(new RegExp(String.raw`\\(?:text|mathrm|mathbf|operatorname|hat|bar|tilde)${GROUP}`, "g"), "$1")
      .replace(new RegExp(String.raw`\\[dt]?frac\s*${GROUP}\s*${GROUP}`, "g"), "$1/$2")
      .replace(new RegExp(String.raw`\\sqrt\s*${GROUP}`, "g"), "√($1)")
      .replace(/\\([A-Za-z]+)/g, (command, name) => SIGNS[name] ?? command)
      .replace(/\^ᵀ|\^\{ᵀ\}/g, "ᵀ")
      .replace(/\^\{?2\}?/g, "²")
      .replace(/_\{([^{}]*)\}/g, "_$1")
      .replace(/\^\{([^{}]*)\}/g, "^($1)")
      .replace(/[{}]/g, "")
      .replace(/\s+/g, " ")
      .trim();
    return /\\|&/.test(plain) || plain.length > 60 ? "…" : plain;
  }

  // The article of a page, without what is no text.
  function article(html) {
    // Handlers would not run here, but the page's policy reports each of them.
    const silent = html.replace(/ on[a-z]+="[^"]*"/g, "");
    const main = new DOMParser().parseFromString(silent, "text/html").querySelector(".bd-article");
    const clutter = ".headerlink, script, style, .book-demo, .book-reading, img, summary";
    for (const node of main?.querySelectorAll(clutter) ?? []) node.remove();
    for (const node of main?.querySelectorAll(".math") ?? []) {
      node.textContent = words(node.textContent);
    }
    for (const node of main?.querySelectorAll("td, th, p, li, pre") ?? []) node.append(" ");
    return main;
  }

  // What stands in a section itself, not in those below it, without its title.
  function ownText(section) {
    return [...section.childNodes]
      .filter((node) => !node.matches?.("section, h1, h2, h3, h4"))
      .map((node) => node.textContent)
      .join(" ")
      .replace(/\s+/g, " ")
      .trim();
  }

  const count = (text, word) => text.toLowerCase().split(word.toLowerCase()).length - 1;

  const isAfterwards = (section) => /^(summary|exercises|solutions|sources)/.test(section.id);

  // The section that holds most of the words; of several, the one that says them most often.
  function sectionWith(main, keywords) {
    let best = null;
    let most = 0;
    for (const section of main.querySelectorAll("section[id]")) {
      const text = `${section.querySelector("h1, h2, h3, h4")?.textContent} ${ownText(section)}`;
      const counts = keywords.map((word) => count(text, word));
      const often = counts.reduce((sum, times) => sum + Math.min(times, 20), 0);
      const score = 100 * counts.filter(Boolean).length + often / (isAfterwards(section) ? 4 : 1);
      if (score > most) [best, most] = [section, score];
    }
    return best;
  }

  // Some 240 letters around the first of the words, from one space to another.
  function excerpt(text, keywords) {
    const lower = text.toLowerCase();
    const found = keywords.map((word) => lower.indexOf(word.toLowerCase())).filter((at) => at >= 0);
    const start = Math.max(0, (found.length ? Math.min(...found) : 0) - 80);
    const from = start ? text.indexOf(" ", start) + 1 : 0;
    const end = from + 240 < text.length ? text.lastIndexOf(" ", from + 240) : text.length;
    return `${from ? "… " : ""}${text.slice(from, end)}${end < text.length ? " …" : ""}`;
  }

  Search.makeSearchSummary = (html, stems, anchor) => {
    // "entropi" is the stem of "entropy".
    const keywords = [...stems].map((stem) => (stem.length > 4 ? stem.replace(/[ie]$/, "") : stem));
    const main = article(html);
    if (!main) return null;
    const named = anchor ? main.querySelector(`#${CSS.escape(anchor.slice(1))}`) : null;
    const part = named ?? sectionWith(main, keywords) ?? main.querySelector("section");
    if (!part) return null;
    const summary = document.createElement("p");
    summary.className = "context";
    summary.textContent = excerpt(ownText(part), keywords);
    const title = part.matches("section") ? part.querySelector("h2, h3, h4") : null;
    if (part.parentElement.closest("section") && title) {
      Object.assign(summary.dataset, { anchor: part.id, title: title.textContent.trim() });
    }
    return summary;
  };

  // A result that names a page leads on to the section, and says so; none is shown twice.
  function lead(summary) {
    const item = summary.parentElement;
    const link = item.querySelector("a");
    const { anchor, title } = summary.dataset;
    if (!anchor) return;
    link.hash = anchor;
    if (!link.textContent.endsWith(title)) link.append(` > ${title}`);
    const same = [...item.parentElement.querySelectorAll("li > a")].filter(({ href }) => href === link.href);
    if (same.length > 1) item.remove();
  }

  function sayHowMany() {
    const found = results.querySelectorAll("ul.search > li").length;
    const words = `${found} place${found === 1 ? "" : "s"} found`;
    const said = Search.status?.textContent; // Sphinx says something when it has finished
    if (found && said && said !== words) Search.status.textContent = words;
  }

  // A name of torch is found by its last part, however much of its path is written.
  const query = Search.query;
  Search.query = (text) => {
    const name = /^\s*(?:[A-Za-z_]\w*\.)*([A-Za-z_]\w*)(?:\(\))?\s*$/.exec(text);
    query(name ? name[1] : text);
  };

  const results = document.getElementById("search-results");
  new MutationObserver((changes) => {
    for (const node of changes.flatMap(({ addedNodes }) => [...addedNodes])) {
      if (node.matches?.("p.context")) lead(node);
    }
    sayHowMany();
  }).observe(results, { childList: true, subtree: true });
})();
