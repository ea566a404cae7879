import type { ReactNode } from 'react';

export type Fact = readonly [name: string, value: ReactNode];

/** Names and values side by side; a fact without a value is left out rather than shown empty. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  const shown = facts.filter(([, value]) => value !== undefined && value !== null && value !== '');
  return (
    <dl className="yp-facts">
      {shown.map(([name, value]) => (
        <div key={name} className="yp-fact">
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

export function Block({ title, extra, children }: { title: string; extra?: ReactNode; children: ReactNode }) {
  return (
    <section className="yp-block">
      <div className="yp-indicator">
        <h2>{title}</h2>
        {extra}
      </div>
      {children}
    </section>
  );
}
