// What a page looks like, measured: each function returns the faults it finds, as short texts. Lengths are CSS pixels.
(() => {
  const SLACK = 1.5; // rounding, and letters that lean out of their boxes
  const name = (element) => {
    const mark = element.id ? `#${element.id}` : element.className ? `.${String(element.className).split(" ")[0]}` : "";
    return `${element.tagName.toLowerCase()}${mark}`;
  };
  const brief = (element) => `${name(element.parentElement ?? element)} > ${name(element)} "${element.textContent.replace(/\s+/g, " ").trim().slice(0, 30)}"`;
  const shown = (element) => element.checkVisibility({visibilityProperty: true}) && element.getClientRects().length > 0;
  const off = (element) => element.closest(".skip, title, script, style, template, noscript") !== null;
  const all = (selector) => [...document.querySelectorAll(selector)].filter((one) => !off(one) && shown(one));
  const inline = (element) => ["inline", "contents"].includes(getComputedStyle(element).display);
  const block = (element) => inline(element) && element.parentElement ? block(element.parentElement) : element;

  // Every line of text: {block, text, left, right, top, bottom} of the ink, less the room above and below letters.
  const lines = () => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (!node.data.trim() || off(node.parentElement) || !shown(node.parentElement)) continue;
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) {
        if (box.width < 1 || box.height < 1) continue;
        const room = box.height * 0.25;
        const {left, right, top, bottom} = box;
        found.push({node, block: block(node.parentElement), left, right, top: top + room, bottom: bottom - room});
      }
    }
    return found;
  };
  const across = (one, other) => Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const down = (one, other) => Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  const meet = (one, other) => across(one, other) > SLACK && down(one, other) > SLACK;
  const unique = (faults) => [...new Set(faults)].slice(0, 12);

  // A box may be left by what floats out of it into the margin, and by nothing else.
  const floats = (element) => [...element.querySelectorAll("*")].some((one) => getComputedStyle(one).float !== "none");
  // A wide table alone may be moved within itself (WCAG 2.2, 1.4.10, leaves it that); it has to end within the page.
  const movable = (element) => { const table = element.closest("table"); return table !== null && getComputedStyle(table).overflowX === "auto"; };
  const sideways = () => {
    const width = document.documentElement.clientWidth;
    const whole = document.scrollingElement.scrollWidth;
    const scrolled = all("body *").filter((one) => one.clientWidth && one.scrollWidth > one.clientWidth + 1 && !inline(one) && !floats(one) && !movable(one));
    const over = all("body *").filter((one) => one.getBoundingClientRect().right > width + 1 || one.getBoundingClientRect().left < -1);
    const out = over.filter((one) => !movable(one) || one.matches("table"));
    const inner = (one) => [...one.querySelectorAll("*")].find((child) => child.getBoundingClientRect().right > one.getBoundingClientRect().right + 1) ?? one;
    return unique([
      ...(whole > width ? [`the page is ${whole} wide`] : []),
      ...scrolled.map((one) => `${name(one)} is too narrow for ${brief(inner(one))}`),
      ...out.filter((one) => !out.includes(one.parentElement)).map((one) => `sticks out: ${brief(one)}`),
    ]);
  };

  const cut = () => {
    const hiding = all("body *").filter((one) => ["hidden", "clip"].includes(getComputedStyle(one).overflowY) && one.scrollHeight > one.clientHeight + 1);
    const leaving = lines().filter((line) => {
      const box = line.block.getBoundingClientRect();
      return line.left < box.left - SLACK || line.right > box.right + SLACK;
    });
    return unique([...hiding.map((one) => `hides: ${brief(one)}`), ...leaving.map((line) => `leaves its box: ${brief(line.block)}: ${line.node.data.trim().slice(0, 30)}`)]);
  };

  const overlaps = () => {
    const texts = lines();
    const faults = [];
    texts.forEach((one, index) => {
      for (const other of texts.slice(index + 1)) {
        if (one.block !== other.block && meet(one, other)) faults.push(`text on text: ${brief(one.block)} | ${brief(other.block)}`);
      }
    });
    const solid = all("aside, figure, img, table, pre, blockquote, nav");
    for (const element of solid) {
      const box = element.getBoundingClientRect();
      for (const line of texts) {
        if (!element.contains(line.node) && meet(box, line)) faults.push(`${brief(element)} | text of ${brief(line.block)}`);
      }
    }
    solid.forEach((one, index) => {
      for (const other of solid.slice(index + 1)) {
        const nested = one.contains(other) || other.contains(one);
        if (!nested && meet(one.getBoundingClientRect(), other.getBoundingClientRect())) faults.push(`${brief(one)} | ${brief(other)}`);
      }
    });
    return unique(faults);
  };

  // Characters in each full line of running text: the median of a paragraph of at least three lines.
  const measure = () => {
    const range = document.createRange();
    return all("main p").flatMap((paragraph) => {
      if (paragraph.closest("aside, blockquote, li, td, th, dd, figcaption, header, footer, nav, section, .masthead")) return [];
      const counts = new Map();
      const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const node = walker.currentNode;
        if (node.parentElement.closest("sup, sub")) continue;
        for (const part of node.data.matchAll(/\p{Script=Han}|[^\s\p{Script=Han}]+\s*|\s+/gu)) {
          range.setStart(node, part.index);
          range.setEnd(node, part.index + part[0].length);
          const box = range.getClientRects()[0];
          if (!box) continue;
          const line = [...counts.keys()].find((top) => Math.abs(top - box.bottom) < 8) ?? box.bottom;
          counts.set(line, (counts.get(line) ?? 0) + part[0].replace(/\s+/g, " ").length);
        }
      }
      const full = [...counts.values()].slice(0, -1).sort((a, b) => a - b);
      if (full.length < 2) return [];
      const han = /\p{Script=Han}/u.test(paragraph.textContent.slice(0, 9));
      return [{characters: full[full.length >> 1], script: han ? "han" : "letters", where: brief(paragraph)}];
    });
  };

  // Colours: the ratio of WCAG between a text and what is painted behind it.
  const channels = (colour) => {
    const canvas = new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true});
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = ([red, green, blue]) => [red, green, blue]
    .map((value) => value / 255).map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
    .reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0);
  const behind = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const colour = channels(getComputedStyle(one).backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return channels("Canvas");
  };
  const contrast = (colour, element) => {
    const [dark, bright] = [light(channels(colour)), light(behind(element))].sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05);
  };
  const faint = () => unique([...new Set(lines().map((line) => line.node.parentElement))]
    .filter((element) => contrast(getComputedStyle(element).color, element) < 4.5)
    .map((element) => `faint: ${brief(element)}`));

  const moving = () => unique([
    ...document.getAnimations().map((one) => `runs: ${brief(one.effect.target)}`),
    ...all("body *").filter((one) => {
      const style = getComputedStyle(one);
      const lasts = (times) => times.split(", ").some((time) => parseFloat(time) > 0.01);
      return (style.animationName !== "none" && lasts(style.animationDuration)) || lasts(style.transitionDuration) || style.scrollBehavior === "smooth";
    }).map((one) => `may move: ${brief(one)}`),
  ]);

  // WCAG 2.5.8: 24 by 24, or a circle of 24 round its middle meets no other target. A link in a sentence is excepted.
  const targets = () => {
    const boxes = all("a[href], button, input, select, summary").map((element) => ({element, box: element.getBoundingClientRect()}));
    const middle = ({left, right, top, bottom}) => [(left + right) / 2, (top + bottom) / 2];
    const far = (one, other) => {
      const [x, y] = middle(one);
      const nearest = [Math.max(other.left, Math.min(x, other.right)), Math.max(other.top, Math.min(y, other.bottom))];
      const small = other.width < 24 || other.height < 24;
      const [distance, least] = small ? [Math.hypot(x - middle(other)[0], y - middle(other)[1]), 24] : [Math.hypot(x - nearest[0], y - nearest[1]), 12];
      return distance >= least - 0.5;
    };
    const sentence = ({element}) => {
      const whole = block(element);
      const letters = ({textContent}) => textContent.match(/\p{L}/gu)?.length ?? 0;
      return inline(element) && letters(whole) >= letters(element) + 3;
    };
    const tight = boxes.filter((one) => (one.box.width < 24 || one.box.height < 24) && !sentence(one))
      .filter((one) => boxes.some((other) => other !== one && !one.element.contains(other.element) && !far(one.box, other.box)));
    return unique(tight.map(({element, box}) => `${Math.round(box.width)}x${Math.round(box.height)}: ${brief(element)}`));
  };

  // Blocks in the order of the document stand below each other, or begin beyond the end of the one before. What is set
  // beside the text is not asked.
  const beside = (element) => element.closest("aside") || getComputedStyle(element).position === "absolute";
  const order = () => {
    const blocks = new Map();
    for (const line of lines().filter(({node}) => node.parentElement.closest("main") && !beside(block(node.parentElement)))) {
      const box = blocks.get(line.block) ?? line;
      blocks.set(line.block, {left: Math.min(box.left, line.left), right: Math.max(box.right, line.right), top: Math.min(box.top, line.top)});
    }
    const found = [...blocks];
    const rtl = document.dir === "rtl";
    const beyond = (one, next) => (rtl ? next.right <= one.left + SLACK : next.left >= one.right - SLACK);
    return unique(found.slice(1).flatMap(([element, box], index) => {
      const [before, last] = found[index];
      return box.top >= last.top - 8 || beyond(last, box) ? [] : [`${brief(before)} | ${brief(element)}`];
    }));
  };

  // Words that run from left to right do so within words that do not: a date in a list of another direction.
  const turned = () => unique(lines().flatMap(({node}) => {
    if (/[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(node.data)) return [];
    const range = document.createRange();
    const words = [...node.data.matchAll(/[\p{L}\p{N}]+/gu)];
    const boxes = words.map((word) => (range.setStart(node, word.index), range.setEnd(node, word.index + 1), range.getBoundingClientRect()));
    const back = boxes.some((box, index) => index && Math.abs(box.bottom - boxes[index - 1].bottom) < 3 && box.left < boxes[index - 1].left);
    return back ? [brief(node.parentElement)] : [];
  }));

  // What is read aloud: the text of each block, without what is hidden from assistive technology.
  const spoken = (within = "body", without = "none") => {
    const texts = new Map();
    const heard = ({parentElement: element}) => element.closest(within) && !element.closest(`[aria-hidden=true], ${without}`);
    for (const {node, block: at} of lines().filter((line) => heard(line.node))) {
      texts.set(at, (texts.get(at) ?? new Set()).add(node));
    }
    return [...texts.values()].map((nodes) => [...nodes].map((node) => node.data).join("").replace(/\s+/g, " ").trim());
  };

  // Where each element stands, for pages that have to be the same.
  const places = () => all("body, body *").map((one) => {
    const {x, y, width, height} = one.getBoundingClientRect();
    return `${name(one)} ${[x, y, width, height].map(Math.round)}`;
  });

  // Every mark of a note leads to a note further on, every link within the page to something that is there.
  const astray = () => unique([...document.querySelectorAll('a[href^="#"]')].flatMap((link) => {
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!target || !shown(target)) return [`leads nowhere: ${link.getAttribute("href")}`];
    const behind = link.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_FOLLOWING;
    return link.getAttribute("role") === "doc-noteref" && !behind ? [`comes before its mark: ${brief(target)}`] : [];
  }));

  // What has the focus: its number among all that can have it, and why it might not be found. None outside the page.
  const reachable = "a[href], button, input, select, textarea, summary, [tabindex], audio[controls], video[controls]";
  const focus = () => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const box = element.getClientRects()[0];
    const {outlineStyle, outlineWidth, outlineColor} = getComputedStyle(element);
    const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    const top = document.elementFromPoint(x, y);
    const faults = [
      outlineStyle === "none" || parseFloat(outlineWidth) < 2 ? "no outline" : "",
      contrast(outlineColor, element.parentElement) < 3 ? "a faint outline" : "",
      x < 0 || y < 0 || x > innerWidth || y > innerHeight ? "out of sight" : top && (element.contains(top) || top.contains(element)) ? "" : `beneath ${top && brief(top)}`,
    ].filter(Boolean);
    return {number: [...document.querySelectorAll(reachable)].indexOf(element), faults: faults.map((fault) => `${fault}: ${brief(element)}`)};
  };
  const stops = () => [...document.querySelectorAll(reachable)].filter((one) => (shown(one) && one.tabIndex >= 0)).length;

  window.measures = {sideways, cut, overlaps, targets, order, turned, measure, faint, moving, spoken, places, astray, focus, stops};
})();
