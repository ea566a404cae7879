/**
 * Stands in for the style writer of antd's parts (`@rc-component/util` `Dom/dynamicCSS`). Rules go into
 * constructed style sheets: changing those by script is allowed under `style-src 'self'`, while a `<style>`
 * element would be blocked. What antd's style engine hands in is dropped, because the static style sheet
 * of the build has it already.
 */
interface Options {
  mark?: string;
}

const sheets = new Map<string, CSSStyleSheet>();
const engineMark = 'data-css-hash';

export function updateCSS(css: string, key: string, option: Options = {}): HTMLStyleElement {
  if (option.mark !== engineMark) {
    let sheet = sheets.get(key);
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheets.set(key, sheet);
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    }
    sheet.replaceSync(css);
  }
  // Callers only set attributes on what they get; it never enters the document.
  return document.createElement('style');
}

export function removeCSS(key: string): void {
  const sheet = sheets.get(key);
  if (!sheet) return;
  sheets.delete(key);
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet);
}

export function injectCSS(css: string): HTMLStyleElement {
  return updateCSS(css, css);
}

export function clearContainerCache(): void {
  // Nothing is cached: there is no container.
}
