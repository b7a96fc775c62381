"use strict";
(() => {
  const { people, quotes, mentions } = JSON.parse(document.getElementById("data").textContent);
  const text = document.getElementById("text");
  const panel = document.getElementById("panel");
  const about = document.getElementById("about");
  const shown = document.getElementById("shown");
  const boxes = [...document.querySelectorAll("input[type=checkbox]")];
  const hint = about.firstElementChild;
  const isOn = quotes.map(() => true);
  // One entry for each piece of a quote, a cue or a name: its element, and the quotes that it belongs to, innermost last.
  const pieces = [...text.querySelectorAll("[data-q]")].map((element) => ({
    element,
    ids: element.dataset.q.split(" ").map(Number),
  }));
  const piecesOf = quotes.map(() => []);
  for (const piece of pieces) for (const id of piece.ids) piecesOf[id].push(piece.element);
  const idsOf = new Map(pieces.map(({ element, ids }) => [element, ids]));
  // The quote that was chosen last, and whether it stays whatever the pointer passes.
  let current = -1;
  let isPinned = false;
  let lit = [];

  const node = (tag, words, className) => {
    const element = document.createElement(tag);
    if (words !== undefined) element.textContent = words;
    if (className) element.className = className;
    return element;
  };
  const percent = (score) => `${Math.round(100 * score)} %`;

  function light(elements) {
    for (const element of lit) element.classList.remove("on");
    for (const element of elements) element.classList.add("on");
    lit = elements;
  }

  function person(index, tag = "span") {
    const { name, kind, note } = people[index];
    const element = node(tag, undefined, "words");
    element.append(node("span", name, "words"), node("span", ` ${[kind, note].filter(Boolean).join("; ")}`, "soft"));
    return element;
  }

  function chain(numbers) {
    const row = node("span");
    numbers.forEach((number, place) => {
      if (place) row.append(" → ");
      const link = node("a", `“${mentions[number]}”`, "words");
      link.href = `#m${number}`;
      row.append(link);
    });
    return row;
  }

  function rows(quote) {
    const list = (indexes, end) => {
      const element = node("span");
      indexes.forEach((index, place) => element.append(place ? "; " : "", end(index)));
      return element;
    };
    const row = (term, value) => (value ? [term, value] : null);
    return [
      row("Cue", quote.cue && node("span", `“${quote.cue}”`, "words")),
      row("Named as", quote.chain && chain(quote.chain)),
      row("Spoken to", quote.to && list(quote.to, (index) => person(index))),
      row("Quote found by", node("span", [quote.found, percent(quote.score)].filter(Boolean).join(", "))),
      row("Speaker found by", quote.by && node("span", quote.says ? `${quote.by}, ${percent(quote.sure)}` : quote.by)),
      row("Weighed most", quote.grounds && node("span", quote.grounds.join("; "))),
      row("Runners-up", quote.others && list(quote.others, ([index, score]) => {
        const element = node("span", people[index].name, "words");
        element.append(node("span", ` ${percent(score)}`, "soft"));
        return element;
      })),
      row("Inside", quote.inside !== undefined && Object.assign(node("a", `quote ${quote.inside + 1}`), { href: `#q${quote.inside}` })),
    ].filter(Boolean);
  }

  function show(id) {
    const quote = quotes[id];
    const list = node("dl");
    for (const [term, value] of rows(quote)) {
      const cell = node("dd");
      cell.append(value);
      list.append(node("dt", term), cell);
    }
    const heads = quote.says ? quote.says.map((index) => person(index, "h3")) : [node("h3", "No speaker")];
    const notes = [node("p", `${quote.kind} (${id + 1} of ${quotes.length})`)];
    if (quote.reason) notes.push(node("p", quote.reason, "soft"));
    about.replaceChildren(...heads, ...notes, list);
    panel.classList.remove("idle");
    const marks = (quote.chain || []).map((number) => document.getElementById(`m${number}`)).filter(Boolean);
    light([...piecesOf[id], ...marks]);
  }

  function close() {
    isPinned = false;
    light([]);
    about.replaceChildren(hint);
    panel.classList.add("idle");
  }

  function pin(id) {
    current = id;
    isPinned = true;
    show(id);
  }

  function visit(id) {
    const number = document.getElementById(`q${id}`);
    number.focus({ preventScroll: true });
    number.scrollIntoView({ block: "center" });
    pin(id);
  }

  function step(by) {
    let id = current === -1 && by < 0 ? quotes.length - 1 : current + by;
    while (quotes[id] && !isOn[id]) id += by;
    if (quotes[id]) visit(id);
  }

  function filter() {
    const checked = { kind: new Set(), speaker: new Set() };
    for (const box of boxes) if (box.checked) checked[box.name].add(Number(box.value));
    quotes.forEach((quote, id) => {
      isOn[id] = checked.kind.has(quote.sort) && (quote.says || [-1]).some((index) => checked.speaker.has(index));
    });
    for (const { element, ids } of pieces) {
      const visible = ids.filter((id) => isOn[id]);
      element.classList.toggle("off", !visible.length);
      if (element.tagName === "MARK" && visible.length) {
        const { says } = quotes[visible.at(-1)];
        element.className = `${says ? people[says[0]].tone : "tn"}${element.classList.contains("on") ? " on" : ""}`;
      }
    }
    shown.textContent = `${isOn.filter(Boolean).length} of ${quotes.length} quotes shown`;
    if (isPinned && !isOn[current]) close();
  }

  // The innermost quote at a place that isn't filtered out.
  const quoteAt = (target) => {
    const element = target.closest("[data-q]");
    return element ? idsOf.get(element).filter((id) => isOn[id]).at(-1) : undefined;
  };

  text.addEventListener("pointerover", (event) => {
    const id = quoteAt(event.target);
    if (!isPinned && id !== undefined) show(id);
  });
  text.addEventListener("focusin", (event) => {
    const id = quoteAt(event.target);
    if (id !== undefined) pin(id);
  });
  text.addEventListener("click", (event) => {
    const id = quoteAt(event.target);
    if (id === undefined) {
      close();
      return;
    }
    pin(id);
    if (!event.target.closest(".n")) return;
    event.preventDefault();
    // A click without a pointer is the Enter key's: the keyboard goes on in the panel.
    if (event.detail === 0) panel.focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const inPanel = panel.contains(document.activeElement);
    if (event.key === "Escape" && isPinned) {
      if (inPanel) document.getElementById(`q${current}`).focus();
      close();
    }
    const by = { n: 1, ArrowRight: 1, p: -1, ArrowLeft: -1 }[event.key];
    if (by && (inPanel || text.contains(document.activeElement))) {
      event.preventDefault();
      step(by);
    }
  });
  panel.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#q']");
    if (!link) return;
    event.preventDefault();
    visit(Number(link.hash.slice(2)));
  });
  document.getElementById("previous").addEventListener("click", () => step(-1));
  document.getElementById("next").addEventListener("click", () => step(1));
  document.getElementById("close").addEventListener("click", close);
  for (const [button, state] of [["all", true], ["none", false]]) {
    document.getElementById(button).addEventListener("click", () => {
      for (const box of boxes) if (box.name === "speaker") box.checked = state;
      filter();
    });
  }
  document.getElementById("filter").addEventListener("change", filter);

  const contents = document.getElementById("chapters");
  if (contents) {
    const links = [...contents.querySelectorAll("a")];
    const isWide = !matchMedia("(max-width: 72rem)").matches;
    // Each part of the text is of one chapter, which begins in it or in a part before it.
    const chapterOf = new Map();
    let last = -1;
    for (const part of text.querySelectorAll(".part")) {
      const heading = [...part.querySelectorAll(".chapter")].at(-1);
      if (heading) last = Number(heading.id.slice(1)) - 1;
      chapterOf.set(part, last);
    }
    let marked;
    const mark = (number) => {
      if (marked === links[number]) return;
      marked?.removeAttribute("aria-current");
      marked = links[number];
      document.getElementById("chapter").textContent = marked ? marked.textContent : "";
      if (!marked) return;
      marked.setAttribute("aria-current", "true");
      // scrollIntoView would move the page, too.
      const box = contents.parentElement;
      const { top, bottom } = marked.getBoundingClientRect();
      const edge = box.getBoundingClientRect();
      if (top < edge.top || bottom > edge.bottom) box.scrollTop += top - edge.top - box.clientHeight / 3;
    };
    const inView = new Set();
    const observer = new IntersectionObserver((changes) => {
      for (const { target, isIntersecting } of changes) {
        if (isIntersecting) inView.add(target);
        else inView.delete(target);
      }
      const [first] = chapterOf.keys();
      // Above the text nothing is in view, and the reader is at its beginning.
      const read = inView.size || first.getBoundingClientRect().top < 0 ? [...inView] : [first];
      if (read.length) mark(Math.max(...read.map((part) => chapterOf.get(part))));
    }, { rootMargin: "-12% 0px -86% 0px" });
    for (const part of chapterOf.keys()) observer.observe(part);
    contents.open = isWide;
    contents.addEventListener("click", (event) => {
      if (event.target.closest("a") && !isWide) contents.open = false;
    });
  }
  if (matchMedia("(max-width: 56rem)").matches) document.getElementById("filter").open = false;
  if (!boxes.every((box) => box.checked)) filter();
  if (/^#q\d+$/.test(location.hash) && quotes[location.hash.slice(2)]) pin(Number(location.hash.slice(2)));
})();
