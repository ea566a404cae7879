import { Link } from '@tanstack/react-router';
import { useCan } from '../session.ts';

/** A clerk's name, leading to the register for those who may read it. */
export function PersonLink({ staffNo, name }: { staffNo: string | null; name?: string | null }) {
  const can = useCan();
  if (!staffNo) return null;
  const text = name ?? staffNo;
  if (!can('registry.read')) return <span className="yp-nowrap">{text}</span>;
  return (
    <Link className="yp-nowrap" to="/staff/$staffNo" params={{ staffNo }} search={{ q: staffNo }}>
      {text}
    </Link>
  );
}

/** A window's code and name, leading to the register for those who may read it. */
export function WindowLink({ code, name }: { code: string | null; name?: string | null }) {
  const can = useCan();
  if (!code) return null;
  const text = name ? `${code} ${name}` : code;
  if (!can('registry.read')) return <>{text}</>;
  return (
    <Link to="/windows" search={{ q: code }}>
      {text}
    </Link>
  );
}
