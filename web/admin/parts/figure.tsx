import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Search } from '../search.ts';

interface Props {
  name: string;
  value: ReactNode;
  small?: ReactNode;
  /** The list behind the number. */
  to?: string;
  search?: Search;
  alarm?: boolean;
}

/** One figure of a page, with its numerator and denominator below, leading to its records. */
export function Figure({ name, value, small, to, search, alarm = false }: Props) {
  const inside = (
    <>
      <div className="yp-quiet">{name}</div>
      <div className={alarm ? 'yp-big yp-danger' : 'yp-big'}>{value}</div>
      {small ? <div className="yp-small">{small}</div> : null}
    </>
  );
  if (!to) return <div className="yp-figure">{inside}</div>;
  return (
    <Link className="yp-figure" to={to} search={search ?? {}}>
      {inside}
    </Link>
  );
}
