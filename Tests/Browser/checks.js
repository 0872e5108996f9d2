// What the sweep asks of a page. Every check answers with a list of faults, one line each; an empty one is good.
(() => {
  const brief = (element) => {
    const copy = element.cloneNode(false).outerHTML.replace(/<\/[\w-]+>$/, "").slice(0, 110);
    const text = element.textContent.trim().replace(/\s+/g, " ").slice(0, 40);
    return text ? `${copy} "${text}"` : copy;
  };
  const all = (selector) => [...document.querySelectorAll(selector)];
  const isSeen = (element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !element.closest(".unseen");
  const style = (element, part) => getComputedStyle(element, part);
  const controls = "a[href], button, summary, select, textarea, input:not([type=hidden]), [tabindex='0']";
  const seen = (selector) => all(selector).filter(isSeen);

  // One h1, landmarks that can be told apart, a way past the frame, a title that says where one is.
  const structure = ({ language, organization, isLone }) => {
    const faults = [];
    const want = (isRight, text) => isRight || faults.push(text);
    want(document.documentElement.lang === language, `lang is "${document.documentElement.lang}", not "${language}"`);
    want(all("h1").length === 1, `${all("h1").length} h1`);
    want(seen("h1")[0]?.textContent.trim(), "no h1 is seen");
    want(all("main").length === 1, `${all("main").length} main`);
    let level = 0;
    for (const heading of seen("main :is(h1, h2, h3, h4, h5, h6)")) {
      const own = Number(heading.tagName[1]);
      want(own <= level + 1, `heading skips a level: ${brief(heading)}`);
      level = own;
    }
    const parts = document.title.split(" · ");
    want(parts.length > 1 && parts.every((part) => part.trim()), `title has no parts: "${document.title}"`);
    want(parts.at(-1) === organization, `title does not end with the organisation: "${document.title}"`);
    want(new Set(parts).size === parts.length, `title repeats itself: "${document.title}"`);
    const ids = all("[id]").map((element) => element.id);
    want(new Set(ids).size === ids.length, `an id is there twice: ${ids.filter((id, at) => ids.indexOf(id) !== at)}`);
    if (isLone) return faults;
    want(all("body > :not(main) header, body > header").length === 1, "not one banner");
    want(all("nav[aria-label]").length === all("nav").length, "a navigation has no name");
    const names = all("nav").map((nav) => nav.getAttribute("aria-label"));
    want(new Set(names).size === names.length, `two navigations share a name: ${names}`);
    want(all(controls)[0]?.getAttribute("href") === "#main", "the first stop is not the way to the content");
    want(all("[role=search], search").length > 0, "no search");
    want(all("#said[role=status]").length === 1, "no place to say what changed");
    return faults;
  };

  const root = document.documentElement;
  const beyond = () => {
    const over = root.scrollWidth - root.clientWidth;
    if (over <= 0) return [];
    const guilty = seen("body *").filter((element) => element.getBoundingClientRect().right > root.clientWidth + 1)
      .filter((element) => ![...element.children].some((child) =>
        child.getBoundingClientRect().right > root.clientWidth + 1)).slice(0, 3);
    return [`${over} px too wide at ${root.clientWidth}: ${guilty.map(brief).join("; ")}`];
  };

  // The list is made for every width, while what is wide by nature may be scrolled.
  const overflow = () => {
    const list = document.querySelector("#list .scroll");
    const hidden = list ? list.scrollWidth - list.clientWidth : 0;
    return hidden > 0 ? [`the list is ${hidden} px wider than its place at ${root.clientWidth}`, ...beyond()] : beyond();
  };

  // The bar is where the page begins, however short the page is.
  const frame = () => {
    scrollTo(0, 0);
    const bar = document.querySelector("header.top");
    const below = bar ? Math.round(bar.getBoundingClientRect().top) : 0;
    return below ? [`the bar begins ${below} px below the top at ${root.clientWidth}`] : [];
  };

  // WCAG 2.5.8 with its exceptions: a target within a line of text, and one with room around it.
  const box = (element) => (element.closest("label") ?? element).getBoundingClientRect();
  const isInText = (element) => {
    if (style(element).display !== "inline") return false;
    let block = element.parentElement;
    while (style(block).display === "inline") block = block.parentElement;
    return [...block.childNodes].some((node) => node !== element && !node.contains?.(element)
      && node.textContent.trim() && (node.nodeType === Node.TEXT_NODE || !node.matches?.(controls)
        && style(node).display === "inline"));
  };
  const targets = (least) => {
    const found = seen(controls).filter((one) => one.tabIndex >= 0 || !one.matches("[tabindex]"))
      .filter((one) => !one.matches(".skip:not(:focus)")).map((element) => ({ element, box: box(element) }))
      .filter(({ box }) => box.width && box.height);
    const isSmall = ({ box }) => box.width < least - 0.5 || box.height < least - 0.5;
    const middle = ({ box }) => [box.x + box.width / 2, box.y + box.height / 2];
    const gap = (one, other) => {
      const [x, y] = middle(one);
      if (isSmall(other)) return Math.hypot(x - middle(other)[0], y - middle(other)[1]) - least / 2;
      return Math.hypot(Math.max(other.box.left - x, 0, x - other.box.right),
        Math.max(other.box.top - y, 0, y - other.box.bottom));
    };
    return found.filter(isSmall).filter(({ element }) => !isInText(element)).flatMap((one) => {
      const near = found.find((other) => other !== one && !other.element.contains(one.element)
        && !one.element.contains(other.element) && gap(one, other) < least / 2 - 0.5);
      const size = `${Math.round(one.box.width)}x${Math.round(one.box.height)}`;
      return near ? [`${size} ${brief(one.element)} too near to ${brief(near.element)}`] : [];
    });
  };

  // How an element and what is drawn in it look, but for colours.
  const drawing = (element) => [element, ...element.querySelectorAll("rect, path, circle")].map((one) => {
    const { textDecorationLine, outlineStyle, borderStyle, borderWidth, strokeWidth, strokeDasharray } = style(one);
    const strokes = one instanceof SVGElement ? [strokeWidth, strokeDasharray] : [];
    return [textDecorationLine, outlineStyle, borderStyle, borderWidth, ...strokes].join();
  }).join(";");
  const frames = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const isOpenToView = (element) => {
    // WCAG 2.4.11: some part of it is seen.
    const area = [...element.getClientRects()].find((one) => one.width && one.height);
    return area && [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5], [0.5, 0.1], [0.5, 0.9]].some(([across, down]) => {
      const top = document.elementFromPoint(area.x + area.width * across, area.y + area.height * down);
      return top && (element.contains(top) || top.contains(element) || element.closest("label")?.contains(top));
    });
  };

  // Everything that takes the focus shows that it has it, and nothing lies above it.
  const focus = async () => {
    const faults = [];
    for (const element of seen(controls)) {
      if (element.tabIndex < 0 || element.disabled) continue;
      const before = drawing(element);
      element.focus({ focusVisible: true });
      if (document.activeElement !== element) { faults.push(`takes no focus: ${brief(element)}`); continue; }
      const isOutlined = [element, element.closest(".seek")].some((one) => one
        && style(one).outlineStyle !== "none" && parseFloat(style(one).outlineWidth) >= 2);
      const isDrawn = element instanceof SVGElement && drawing(element) !== before;
      if (!isOutlined && !isDrawn) faults.push(`focus is not seen: ${brief(element)}`);
      if (isOpenToView(element)) continue;
      await frames();
      const { x, y } = element.getBoundingClientRect();
      if (!isOpenToView(element)) faults.push(`focus is hidden: ${brief(element)} at ${Math.round(x)},${Math.round(y)}`);
    }
    document.activeElement?.blur();
    scrollTo(0, 0);
    return faults;
  };

  // WCAG 1.4.12: what is cut off before is not asked again; what the spacing newly cuts is lost. A row may say with an
  // ellipsis that there is more, if it has a link to where the whole is.
  const isTold = (element) => {
    const { textOverflow, webkitLineClamp } = style(element);
    return (textOverflow === "ellipsis" || webkitLineClamp !== "none") && element.closest("li, tr")?.querySelector("a");
  };
  const spacing = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
    p { margin-block-end: 2em !important; }`;
  const cut = () => new Set(seen("body *").filter((element) => {
    if (!element.textContent.trim() || element.closest("svg, pre, [title]") || isTold(element)) return false;
    const { overflowX, overflowY } = style(element);
    const isClipped = [overflowX, overflowY].some((value) => value === "hidden" || value === "clip");
    const isFixed = element.matches("button, summary, th, h1, h2, h3, label, legend, .button, .tag");
    return (isClipped || isFixed) && (element.scrollWidth > element.clientWidth + 1
      || element.scrollHeight > element.clientHeight + 1) && style(element).display !== "inline";
  }));
  const textSpacing = () => {
    const before = cut();
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(spacing);
    document.adoptedStyleSheets = [sheet];
    const faults = [...cut()].filter((one) => !before.has(one)).map((one) => `cut off: ${brief(one)}`);
    faults.push(...beyond());
    document.adoptedStyleSheets = [];
    return faults;
  };

  const zoom = () => {
    const faults = beyond();
    for (const element of seen("body *")) {
      // What sticks to a side goes away with its line.
      const { position, top, bottom } = style(element);
      const isStuck = position === "fixed" || (position === "sticky" && (top !== "auto" || bottom !== "auto"));
      if (!isStuck) continue;
      const { height } = element.getBoundingClientRect();
      if (height > innerHeight / 2) faults.push(`covers ${Math.round(height)} of ${innerHeight} px: ${brief(element)}`);
    }
    return faults;
  };

  // Under reduced motion nothing moves for longer than an eye can follow.
  const motion = () => {
    const seconds = (text) => Math.max(...text.split(",").map((one) => parseFloat(one) * (one.includes("ms") ? 0.001 : 1)));
    return all("body *").filter((element) => [null, "::before", "::after", "::backdrop"].some((part) => {
      const { transitionDuration, animationDuration, animationName, scrollBehavior } = style(element, part);
      return seconds(transitionDuration) > 0.01 || (animationName !== "none" && seconds(animationDuration) > 0.01)
        || scrollBehavior === "smooth";
    })).slice(0, 3).map((element) => `moves: ${brief(element)}`);
  };

  // In forced colours backgrounds are gone: what says which one is chosen, and how things are, has to be drawn.
  const chosen = "a[aria-current], button[aria-current], [aria-pressed='true'], [role=tab][aria-selected='true']";
  const forced = () => {
    const faults = [];
    const ground = style(document.body).backgroundColor;
    for (const element of seen(chosen)) {
      const state = ["aria-current", "aria-pressed", "aria-selected"].find((name) => element.hasAttribute(name));
      const around = element.closest("nav, form, ul, svg, [role=tablist]") ?? document;
      const other = [...around.querySelectorAll(element.localName)].find((one) => one !== element
        && isSeen(one) && [null, "false"].includes(one.getAttribute(state)) && !one.matches(".brand"));
      const isDrawn = !other || drawing(other) !== drawing(element);
      if (!isDrawn) faults.push(`is not told from others: ${brief(element)}`);
    }
    for (const sign of seen("main svg:not(.graph *), main svg.icon")) {
      const { color, fill, stroke } = style(sign);
      const drawn = [...sign.querySelectorAll("*")].concat(sign).some((part) =>
        [style(part).fill, style(part).stroke].some((paint) => paint !== "none" && paint !== ground));
      if (!drawn || [color, fill, stroke].every((paint) => paint === ground)) faults.push(`sign is gone: ${brief(sign)}`);
    }
    return faults.concat(flat());
  };
  // Things that are nothing but a coloured ground.
  const flat = () => seen("main *, .top *, .rail *").filter((element) => {
    if (element.childNodes.length || element.closest("svg") || element.matches("input, select, textarea, img, td, th, tr, hr, br"))
      return false;
    const { width, height } = element.getBoundingClientRect();
    const { borderTopWidth, outlineStyle, forcedColorAdjust } = style(element);
    return width > 2 && height > 2 && parseFloat(borderTopWidth) === 0 && outlineStyle === "none"
      && forcedColorAdjust !== "none" && element.matches("[data-painted]");
  }).map((element) => `is only a ground: ${brief(element)}`);
  // Marked before colours are forced, as nothing is painted afterwards.
  const paint = () => {
    for (const element of all("main *, .top *, .rail *")) {
      const { backgroundColor, backgroundImage } = style(element);
      const isPainted = backgroundImage !== "none" || !/^rgba\(.*, 0\)$|\/ 0\)$|^transparent$/.test(backgroundColor);
      if (isPainted && !element.childNodes.length) element.toggleAttribute("data-painted", true);
    }
    return [];
  };

  // The words that a person reads, without times, which pass, and without what scripts add.
  const words = () => {
    const main = document.querySelector("main")?.cloneNode(true);
    if (!main) return [];
    for (const one of main.querySelectorAll("time, .copy, script")) one.remove();
    return main.textContent.trim().split(/\s+/).filter(Boolean);
  };

  globalThis.checks = { structure, overflow, frame, targets, focus, textSpacing, zoom, motion, forced, paint, words };
})();
