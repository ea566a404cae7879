import { sql } from 'kysely';

/** Ratings that a finding keeps as its evidence at most: the first hundreds tell enough. */
const EVIDENCE = 500;

/** Columns of what is found: where it lies, if it lies in one place, and from when to when. */
export const place = sql`
  CASE WHEN min(region_code) = max(region_code) THEN min(region_code) END AS region_code,
  CASE WHEN min(dept_code) = max(dept_code) THEN min(dept_code) END AS dept_code,
  min(given_at) AS from_at, max(given_at) AS to_at`;

/** The ratings themselves, as `step/number`. */
export const evidence = sql`
  (array_agg(step_id || '/' || assess_number ORDER BY given_at, step_id))[1:${sql.lit(EVIDENCE)}]
    AS evidence`;
