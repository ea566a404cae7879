-- 公开数据汇总: figures by day and month, so that nobody has to count five million ratings at each call.

CREATE TABLE feedback.figure_state (
  city_code text NOT NULL,
  span text NOT NULL CHECK (span IN ('day', 'month')),
  starts_on date NOT NULL,
  dirty boolean NOT NULL,
  marked_at timestamptz NOT NULL,
  PRIMARY KEY (city_code, span, starts_on)
);
CREATE INDEX figure_state_dirty ON feedback.figure_state (city_code, span, starts_on) WHERE dirty;
COMMENT ON TABLE feedback.figure_state IS
  'Which days and months of service are rolled up; one that is missing here, or dirty, is counted row by row';
COMMENT ON COLUMN feedback.figure_state.span IS 'A day of service, or a whole month of them';
COMMENT ON COLUMN feedback.figure_state.starts_on IS 'The day, or the first of the month, in +08:00';
COMMENT ON COLUMN feedback.figure_state.dirty IS
  'Something in it has changed since it was rolled up: its figures don''t count until it is rolled up anew';

CREATE TABLE feedback.figure (
  city_code text NOT NULL,
  axis text NOT NULL CHECK (axis IN ('window', 'item', 'channel')),
  span text NOT NULL CHECK (span IN ('day', 'month')),
  starts_on date NOT NULL,
  region_code text NOT NULL,
  dept_code text NOT NULL,
  code text NOT NULL,
  source text NOT NULL,
  task_name text,
  ratable int NOT NULL,
  rated int NOT NULL,
  good int NOT NULL,
  bad int NOT NULL,
  excluded int NOT NULL,
  PRIMARY KEY (city_code, axis, span, starts_on, region_code, dept_code, code, source)
);
COMMENT ON TABLE feedback.figure IS
  'Counts of services and first ratings by day or month of service (汇总): from the records, never typed in';
COMMENT ON COLUMN feedback.figure.axis IS
  'What code names: a window (also read by region and department), an item, or a channel with its source';
COMMENT ON COLUMN feedback.figure.span IS 'As in feedback.figure_state';
COMMENT ON COLUMN feedback.figure.starts_on IS 'As in feedback.figure_state';
COMMENT ON COLUMN feedback.figure.code IS 'Empty for services without a window, or without a rating';
COMMENT ON COLUMN feedback.figure.source IS 'As in feedback.rating, on the axis of channels only; else empty';
COMMENT ON COLUMN feedback.figure.task_name IS 'On the axis of items, the name that the records give it';
COMMENT ON COLUMN feedback.figure.ratable IS 'Services that could be rated 可评';
COMMENT ON COLUMN feedback.figure.rated IS 'Services whose first rating counts 已评';
COMMENT ON COLUMN feedback.figure.good IS 'Of these, levels 3 to 5 好评';
COMMENT ON COLUMN feedback.figure.bad IS 'Of these, levels 1 and 2 差评';
COMMENT ON COLUMN feedback.figure.excluded IS 'Services whose first rating a verdict took out 已剔除';

GRANT SELECT, INSERT, UPDATE ON feedback.figure_state TO yiping_app;
GRANT SELECT, INSERT, DELETE ON feedback.figure TO yiping_app;

-- What stands already is rolled up once the worker runs; until then it is counted row by row.
INSERT INTO feedback.figure_state (city_code, span, starts_on, dirty, marked_at)
SELECT city_code, 'day', day, true, max(recorded_at) FROM (
  SELECT city_code, (service_time AT TIME ZONE 'Asia/Shanghai')::date AS day, recorded_at
  FROM intake.case_step) s
GROUP BY city_code, day;
INSERT INTO feedback.figure_state (city_code, span, starts_on, dirty, marked_at)
SELECT city_code, 'month', date_trunc('month', starts_on::timestamp)::date, true, max(marked_at)
FROM feedback.figure_state WHERE span = 'day'
GROUP BY 1, 3;

-- The queue is the outbox: a fact that waits in it tells what has changed and isn't marked yet.
CREATE FUNCTION platform.waiting_facts(types text[]) RETURNS TABLE (type text, payload json)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp STABLE AS $$
  SELECT j.payload ->> 'type', j.payload -> 'payload'
  FROM graphile_worker._private_jobs j
  JOIN graphile_worker._private_tasks t ON t.id = j.task_id
  WHERE t.identifier = 'fact' AND j.payload ->> 'type' = ANY (types)
$$;
COMMENT ON FUNCTION platform.waiting_facts IS
  'Facts of these types that have happened and whose consumers haven''t all finished';
REVOKE ALL ON FUNCTION platform.waiting_facts FROM PUBLIC;
GRANT EXECUTE ON FUNCTION platform.waiting_facts TO yiping_app;
