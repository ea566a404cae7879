import { Link } from '@tanstack/react-router';
import { useCan } from '../session.ts';

interface Props {
  stepId: string;
  assessNumber: number;
  text: string;
}

/** A word that leads to a rating, for those who may read ratings one by one. */
export function RatingLink({ stepId, assessNumber, text }: Props) {
  const can = useCan();
  if (!can('rating.read')) return <span className="yp-nowrap">{text}</span>;
  return (
    <Link
      className="yp-nowrap"
      to="/ratings/$stepId/$assessNumber"
      params={{ stepId, assessNumber: String(assessNumber) }}
    >
      {text}
    </Link>
  );
}
