-- The ground: one schema a stage, the queue's door and the month partitions.

CREATE SCHEMA IF NOT EXISTS platform;
CREATE SCHEMA oversight;
CREATE SCHEMA registry;
CREATE SCHEMA intake;
CREATE SCHEMA feedback;
CREATE SCHEMA conduct;
CREATE SCHEMA handling;
CREATE SCHEMA ledger;
CREATE SCHEMA close;
CREATE SCHEMA uses;

GRANT USAGE ON SCHEMA platform, oversight, registry, intake, feedback, conduct, handling, ledger, close, uses
  TO yiping_app;

COMMENT ON SCHEMA platform IS 'Migrations, queue door, partitions: no domain word';
COMMENT ON SCHEMA oversight IS 'Accounts, roles, keys, audit 监督与审计';
COMMENT ON SCHEMA registry IS 'Who and where: regions, departments, windows, staff, items 名录';
COMMENT ON SCHEMA intake IS 'Cases and their ratable steps 办件';
COMMENT ON SCHEMA feedback IS 'Ratings and other voices 评价与诉求';
COMMENT ON SCHEMA conduct IS 'Findings and merits 日常管理';
COMMENT ON SCHEMA handling IS 'Rectification and integrity 整改办理';
COMMENT ON SCHEMA ledger IS 'Schemes and the score book 记分';
COMMENT ON SCHEMA close IS 'Months and statements 月结';
COMMENT ON SCHEMA uses IS 'Pay, awards, publication 结果运用';

COMMENT ON TABLE platform.migration IS 'Migration files applied to this database';
COMMENT ON COLUMN platform.migration.sha256 IS 'Hash of the file as applied; a changed file stops the start';
GRANT SELECT ON platform.migration TO yiping_app;

-- The queue's tables have row level security, so the application's role can't write them, whatever is
-- granted: actions enqueue through this function, in their own transaction.
CREATE FUNCTION platform.enqueue(
  task text, payload json, job_key text DEFAULT NULL, run_at timestamptz DEFAULT NULL,
  queue_name text DEFAULT NULL, max_attempts int DEFAULT 25
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  -- A job that waits under the same key takes the new payload and keeps its time, so that a steady stream
  -- of facts can't put it off for ever.
  PERFORM graphile_worker.add_job(task, payload, queue_name, run_at, max_attempts, job_key,
    job_key_mode => 'preserve_run_at');
END $$;
COMMENT ON FUNCTION platform.enqueue IS 'Puts a job into the queue in the caller''s transaction (the outbox)';
REVOKE ALL ON FUNCTION platform.enqueue FROM PUBLIC;
GRANT EXECUTE ON FUNCTION platform.enqueue TO yiping_app;

CREATE FUNCTION platform.queue_depth() RETURNS TABLE (task text, waiting bigint, failed bigint,
  oldest_at timestamptz)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp STABLE AS $$
  SELECT task_identifier, count(*) FILTER (WHERE attempts < max_attempts),
         count(*) FILTER (WHERE attempts >= max_attempts), min(run_at)
           FILTER (WHERE attempts < max_attempts)
  FROM graphile_worker.jobs GROUP BY 1
$$;
COMMENT ON FUNCTION platform.queue_depth IS 'Jobs waiting and given up, by task, for health and metrics';
REVOKE ALL ON FUNCTION platform.queue_depth FROM PUBLIC;
GRANT EXECUTE ON FUNCTION platform.queue_depth TO yiping_app;

CREATE TABLE platform.partitioned_table (
  parent text PRIMARY KEY,
  by_instant boolean NOT NULL
);
COMMENT ON TABLE platform.partitioned_table IS 'Tables partitioned by month; each stage registers its own';
COMMENT ON COLUMN platform.partitioned_table.parent IS 'schema.table';
COMMENT ON COLUMN platform.partitioned_table.by_instant IS 'true: the key is a timestamptz, false: a date';
GRANT SELECT ON platform.partitioned_table TO yiping_app;

-- One partition for everything before 2024, then one a month up to thirteen months after `today`.
CREATE FUNCTION platform.ensure_month_partitions(today date) RETURNS int
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  t record;
  m date;
  made int := 0;
BEGIN
  FOR t IN SELECT parent, by_instant FROM platform.partitioned_table ORDER BY parent LOOP
    IF to_regclass(t.parent || '_before_2024') IS NULL THEN
      EXECUTE format('CREATE TABLE %s_before_2024 PARTITION OF %s FOR VALUES FROM (MINVALUE) TO (%L)',
        t.parent, t.parent,
        CASE WHEN t.by_instant THEN '2024-01-01 00:00:00+08' ELSE '2024-01-01' END);
      made := made + 1;
    END IF;
    m := DATE '2024-01-01';
    WHILE m <= (date_trunc('month', today::timestamp) + interval '13 months')::date LOOP
      IF to_regclass(t.parent || to_char(m, '_YYYY_MM')) IS NULL THEN
        EXECUTE format('CREATE TABLE %s%s PARTITION OF %s FOR VALUES FROM (%L) TO (%L)', t.parent,
          to_char(m, '_YYYY_MM'), t.parent,
          m::text || CASE WHEN t.by_instant THEN ' 00:00:00+08' ELSE '' END,
          (m + interval '1 month')::date::text || CASE WHEN t.by_instant THEN ' 00:00:00+08' ELSE '' END);
        made := made + 1;
      END IF;
      m := (m + interval '1 month')::date;
    END LOOP;
  END LOOP;
  RETURN made;
END $$;
COMMENT ON FUNCTION platform.ensure_month_partitions IS
  'Makes the month partitions that are missing; owner only';
REVOKE ALL ON FUNCTION platform.ensure_month_partitions FROM PUBLIC;

CREATE TABLE platform.mark (
  name text PRIMARY KEY,
  value jsonb NOT NULL,
  marked_at timestamptz NOT NULL
);
COMMENT ON TABLE platform.mark IS 'What the instance has done once, such as filling a new database';
COMMENT ON COLUMN platform.mark.value IS
  'State and parameters, so that an interrupted filling goes on where it was';
GRANT SELECT, INSERT, UPDATE ON platform.mark TO yiping_app;

-- A month may be closed seconds after its records were loaded, long before the server's own housekeeping
-- has looked at the tables: without statistics the planner takes a month for one row and reads it once for
-- each rating.
CREATE FUNCTION platform.refresh_statistics() RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  t regclass;
  refreshed int := 0;
BEGIN
  FOR t IN
    SELECT relid FROM pg_stat_user_tables
    WHERE schemaname IN ('registry', 'intake', 'feedback', 'conduct', 'handling', 'ledger', 'close')
      AND n_mod_since_analyze > 500 + n_live_tup / 10
  LOOP
    EXECUTE format('ANALYZE %s', t);
    refreshed := refreshed + 1;
  END LOOP;
  RETURN refreshed;
END $$;
COMMENT ON FUNCTION platform.refresh_statistics IS
  'Looks anew at the tables that have changed much since the planner last did';
REVOKE ALL ON FUNCTION platform.refresh_statistics FROM PUBLIC;
GRANT EXECUTE ON FUNCTION platform.refresh_statistics TO yiping_app;
