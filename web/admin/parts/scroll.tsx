import type { ReactNode } from 'react';

/** A wide table that scrolls by itself on a narrow screen, by keyboard too. */
export function Scroll({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard
    <section className="yp-scroll" aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
