// In the portal's page: puts a button or a frame into each element with data-yiping-token, and tells what
// becomes of the rating as a DOM event 'yiping' on that element. See docs/integration/portal.md.
(() => {
  const script = document.currentScript;
  const hall = new URL(script.src).origin;
  const WAIT_MS = 10_000;
  const words = (element) =>
    (element.closest('[lang]')?.lang || navigator.language).startsWith('en')
      ? {
          label: 'Rate this service',
          title: 'Rating',
          refused: 'The rating can’t be shown here. ',
          open: 'Open it in a page of its own',
        }
      : { label: '评价这次办理', title: '评价', refused: '这里不能显示评价。', open: '在新页面打开' };

  const open = (element) => {
    const say = words(element);
    const { yipingToken: token, yipingLang: lang = '' } = element.dataset;
    const frame = document.createElement('iframe');
    const query = new URLSearchParams({ parent: location.origin, ...(lang ? { lang } : {}) });
    frame.src = `${hall}/embed/${encodeURIComponent(token)}?${query}`;
    frame.title = say.title;
    Object.assign(frame.style, { width: '100%', border: '0', height: '420px' });
    element.replaceChildren(frame);
    const late = setTimeout(() => {
      const line = document.createElement('p');
      const link = document.createElement('a');
      Object.assign(link, {
        href: `${hall}/r/${encodeURIComponent(token)}`,
        target: '_blank',
        rel: 'noopener',
        textContent: say.open,
      });
      line.append(say.refused, link);
      element.replaceChildren(line);
      tell(element, { type: 'refused' });
    }, WAIT_MS);
    addEventListener('message', (event) => {
      if (event.origin !== hall || event.source !== frame.contentWindow) return;
      const message = event.data;
      if (message?.source !== 'yiping' || message.version !== 1) return;
      clearTimeout(late);
      if (message.type === 'height') frame.style.height = `${Math.min(Number(message.height) || 0, 4000)}px`;
      else tell(element, { type: message.type });
    });
  };

  const tell = (element, detail) =>
    element.dispatchEvent(new CustomEvent('yiping', { bubbles: true, detail }));

  const start = () => {
    for (const element of document.querySelectorAll('[data-yiping-token]')) {
      if (element.dataset.yipingMode === 'frame') {
        open(element);
        continue;
      }
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = element.dataset.yipingLabel || words(element).label;
      button.addEventListener('click', () => open(element), { once: true });
      element.replaceChildren(button);
    }
  };
  if (document.readyState === 'loading') addEventListener('DOMContentLoaded', start);
  else start();
})();
