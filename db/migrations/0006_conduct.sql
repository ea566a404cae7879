-- 日常管理: what was found and what was merited, each by two people.

CREATE TABLE conduct.finding (
  city_code text NOT NULL,
  finding_id text NOT NULL,
  occurred_on date NOT NULL,
  subject_kind text NOT NULL CHECK (subject_kind IN ('staff', 'window', 'department')),
  subject_code text NOT NULL,
  rule text NOT NULL,
  quantity int NOT NULL CHECK (quantity BETWEEN 1 AND 1000),
  project_no text,
  evidence text NOT NULL CHECK (evidence <> ''),
  recorded_by text NOT NULL,
  confirmed_by text,
  source text NOT NULL CHECK (source IN ('desk', 'import', 'demo')),
  recorded_at timestamptz NOT NULL,
  confirmed_at timestamptz,
  PRIMARY KEY (city_code, finding_id),
  CHECK (confirmed_by <> recorded_by),
  CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL))
);
CREATE INDEX finding_day ON conduct.finding (city_code, occurred_on, finding_id);
CREATE INDEX finding_subject ON conduct.finding (city_code, subject_kind, subject_code, occurred_on);
COMMENT ON TABLE conduct.finding IS
  'What an inspection found (督查发现); counts once a second person has confirmed it';
COMMENT ON COLUMN conduct.finding.finding_id IS 'Number given by whoever keeps the record';
COMMENT ON COLUMN conduct.finding.occurred_on IS 'Day on which it happened: decides month and value';
COMMENT ON COLUMN conduct.finding.subject_kind IS 'Whom it charges: staff, window or department';
COMMENT ON COLUMN conduct.finding.subject_code IS 'Staff number, window code or the department''s USCC';
COMMENT ON COLUMN conduct.finding.rule IS 'What happened, as a rule code such as daily.late';
COMMENT ON COLUMN conduct.finding.quantity IS 'Occurrences on that day';
COMMENT ON COLUMN conduct.finding.project_no IS 'Case (projectNo) that it happened in, where it did';
COMMENT ON COLUMN conduct.finding.evidence IS 'What proves it: photo number, record, witness';
COMMENT ON COLUMN conduct.finding.source IS 'desk: entered here; import: by file; demo: invented';
COMMENT ON COLUMN conduct.finding.confirmed_at IS 'When the second person confirmed it';

CREATE TABLE conduct.merit (
  city_code text NOT NULL,
  merit_id text NOT NULL,
  occurred_on date NOT NULL,
  staff_no text NOT NULL,
  rule text NOT NULL,
  quantity int NOT NULL CHECK (quantity BETWEEN 1 AND 1000),
  evidence text NOT NULL CHECK (evidence <> ''),
  confirmed_by text,
  source text NOT NULL CHECK (source IN ('desk', 'import', 'demo')),
  recorded_by text NOT NULL,
  recorded_at timestamptz NOT NULL,
  confirmed_at timestamptz,
  PRIMARY KEY (city_code, merit_id),
  CHECK (confirmed_by <> staff_no),
  CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL))
);
CREATE INDEX merit_day ON conduct.merit (city_code, occurred_on, merit_id);
CREATE INDEX merit_staff ON conduct.merit (city_code, staff_no, occurred_on);
COMMENT ON TABLE conduct.merit IS 'What a member of staff did beyond duty (加分事项); counts once confirmed';
COMMENT ON COLUMN conduct.merit.merit_id IS 'Number given by whoever keeps the record';
COMMENT ON COLUMN conduct.merit.occurred_on IS 'Day on which it happened: decides month and value';
COMMENT ON COLUMN conduct.merit.rule IS 'What it was, as a rule code such as bonus.proactive_service';
COMMENT ON COLUMN conduct.merit.quantity IS 'How often on that day';
COMMENT ON COLUMN conduct.merit.evidence IS 'What proves it: letter, certificate, call-back record';
COMMENT ON COLUMN conduct.merit.source IS 'desk: entered here; import: by file; demo: invented';
COMMENT ON COLUMN conduct.merit.confirmed_at IS 'When somebody else confirmed it';

-- Published for the score book: what counts.
CREATE VIEW conduct.confirmed_finding AS
  SELECT city_code, finding_id, occurred_on, subject_kind, subject_code, rule, quantity, project_no, evidence,
         recorded_by, confirmed_by, recorded_at, confirmed_at
  FROM conduct.finding WHERE confirmed_by IS NOT NULL;
COMMENT ON VIEW conduct.confirmed_finding IS 'Published: findings that two people stand for';

CREATE VIEW conduct.confirmed_merit AS
  SELECT city_code, merit_id, occurred_on, staff_no, rule, quantity, evidence, recorded_by, confirmed_by,
    recorded_at,
         confirmed_at
  FROM conduct.merit WHERE confirmed_by IS NOT NULL;
COMMENT ON VIEW conduct.confirmed_merit IS 'Published: merits that somebody else has confirmed';

GRANT SELECT, INSERT, UPDATE ON conduct.finding, conduct.merit TO yiping_app;
GRANT SELECT ON conduct.confirmed_finding, conduct.confirmed_merit TO yiping_app;
