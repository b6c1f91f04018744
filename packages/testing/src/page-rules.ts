/** What is wrong with how a page looks, in words; nothing where all is well. */
export interface PageFaults {
  /** How far it must be scrolled sideways, in pixels. */
  readonly sideways: number;
  /** Text that is smaller than 12 pixels as it is shown. */
  readonly tiny: readonly string[];
  /** Text whose contrast to its ground is below 4.5, what WCAG 2 asks for at level AA. */
  readonly faint: readonly string[];
  /** What a keyboard reaches that has no name. */
  readonly nameless: readonly string[];
}

/**
 * A program for `page.evaluate` of a browser that finds {@link PageFaults} in what is shown: as text, since a build for Node knows
 * no page.
 */
export const findPageFaults = `(() => {
  const shown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const channels = (color) => {
    const canvas = new OffscreenCanvas(1, 1).getContext('2d');
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const luminance = ([r, g, b]) => [r, g, b].map((c) => c / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, place) => sum + c * [0.2126, 0.7152, 0.0722][place], 0);
  const groundOf = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const color = channels(getComputedStyle(each).backgroundColor);
      if (color[3] === 255) return color;
    }
    return [255, 255, 255, 255];
  };
  const [tiny, faint] = [new Set(), new Set()];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement: element, data } = walker.currentNode;
    const text = data.trim();
    if (text === '' || ['SCRIPT', 'STYLE', 'NOSCRIPT', 'OPTION'].includes(element.tagName) || !shown(element)) continue;
    const svg = element.closest('svg');
    const scale = svg ? svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : 1;
    const style = getComputedStyle(element);
    const size = parseFloat(style.fontSize) * scale;
    if (size < 11.9) tiny.add(text.slice(0, 40) + ': ' + size.toFixed(1));
    const ink = luminance(channels(svg ? style.fill : style.color));
    const ground = luminance(groundOf(element));
    const contrast = (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05);
    if (contrast < 4.5) faint.add(text.slice(0, 40) + ': ' + contrast.toFixed(2));
  }
  const reached = [...document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]')].filter(shown);
  const nameless = reached.filter((element) =>
    !(element.getAttribute('aria-label') || element.textContent.trim() || element.labels?.[0]?.textContent.trim()));
  return {
    sideways: document.documentElement.scrollWidth - innerWidth,
    tiny: [...tiny], faint: [...faint],
    nameless: nameless.map((element) => element.outerHTML.slice(0, 80)),
  };
})()`;
