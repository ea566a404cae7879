/**
 * Lets the keyboard reach a table that is wider than its place, and only then: without a link in its cells
 * nothing else would. A ref of the element around the table.
 */
export function reachable(around: HTMLElement | null): (() => void) | undefined {
  const region = around?.querySelector('.ant-table-content');
  if (!region) return undefined;
  const look = (): void => {
    if (region.scrollWidth > region.clientWidth) region.setAttribute('tabindex', '0');
    else region.removeAttribute('tabindex');
  };
  const watch = new ResizeObserver(look);
  watch.observe(region);
  if (region.firstElementChild) watch.observe(region.firstElementChild);
  return () => watch.disconnect();
}
