-- 记分: schemes by hash, the months' gate, and the book that is only added to.

CREATE TABLE ledger.scheme_version (
  city_code text NOT NULL,
  hash text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
  name text NOT NULL,
  content jsonb NOT NULL,
  recorded_by text NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (city_code, hash)
);
COMMENT ON TABLE ledger.scheme_version IS
  'Assessment schemes (考核办法), immutable, by the hash of their content';
COMMENT ON COLUMN ledger.scheme_version.hash IS 'SHA-256 of the canonical JSON of content, hex';
COMMENT ON COLUMN ledger.scheme_version.content IS 'Every number as dated values with its clause';

CREATE TABLE ledger.scheme_in_force (
  city_code text NOT NULL,
  effective_from date NOT NULL,
  hash text NOT NULL,
  recorded_by text NOT NULL,
  confirmed_by text,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (city_code, effective_from),
  FOREIGN KEY (city_code, hash) REFERENCES ledger.scheme_version (city_code, hash),
  CHECK (confirmed_by <> recorded_by)
);
COMMENT ON TABLE ledger.scheme_in_force IS
  'From which day which scheme holds; the newest day not after a fact''s counts';
COMMENT ON COLUMN ledger.scheme_in_force.effective_from IS 'First day on which it holds';
COMMENT ON COLUMN ledger.scheme_in_force.hash IS 'The scheme version that holds';

CREATE TABLE ledger.period (
  city_code text NOT NULL,
  month date NOT NULL CHECK (extract(day FROM month) = 1),
  state text NOT NULL CHECK (state IN ('open', 'provisional', 'objection', 'sealed')),
  changed_at timestamptz NOT NULL,
  changed_by text NOT NULL,
  sealed_at timestamptz,
  sealed_batch bigint,
  PRIMARY KEY (city_code, month),
  CHECK ((state = 'sealed') = (sealed_at IS NOT NULL)),
  CHECK ((sealed_at IS NULL) = (sealed_batch IS NULL))
);
COMMENT ON TABLE ledger.period IS
  'The gate of each month: an entry is added only to a month that isn''t sealed';
COMMENT ON COLUMN ledger.period.changed_at IS 'When the state last changed';
COMMENT ON COLUMN ledger.period.changed_by IS 'Who changed it';
COMMENT ON COLUMN ledger.period.sealed_at IS 'When it was sealed';
COMMENT ON COLUMN ledger.period.sealed_batch IS
  'The last batch of ratings that it counts; its ratings of later batches count in a later month';

CREATE TABLE ledger.entry (
  city_code text NOT NULL,
  entry_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('plain', 'pending', 'post', 'void', 'reversal')),
  chain_id uuid NOT NULL,
  of_entry uuid,
  turn smallint NOT NULL,
  reason text CHECK (reason IN ('reattributed', 'excluded', 'appeal')),
  month date NOT NULL,
  subject_kind text NOT NULL CHECK (subject_kind IN ('staff', 'window', 'department')),
  subject_code text NOT NULL,
  part text NOT NULL,
  rule text NOT NULL,
  points_centi int NOT NULL,
  quantity int NOT NULL CHECK (quantity > 0),
  occurred_on date NOT NULL,
  fact_kind text NOT NULL CHECK (fact_kind IN ('finding', 'merit', 'complaint', 'rating')),
  fact_id text NOT NULL,
  project_no text,
  veto boolean NOT NULL,
  scheme_hash text NOT NULL,
  explanation jsonb NOT NULL,
  recorded_by text NOT NULL,
  confirmed_by text,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (city_code, entry_id),
  FOREIGN KEY (city_code, month) REFERENCES ledger.period (city_code, month),
  FOREIGN KEY (city_code, scheme_hash) REFERENCES ledger.scheme_version (city_code, hash),
  FOREIGN KEY (city_code, of_entry) REFERENCES ledger.entry (city_code, entry_id),
  CHECK ((kind IN ('plain', 'pending')) = (of_entry IS NULL)),
  CHECK ((kind IN ('void', 'reversal')) = (reason IS NOT NULL))
);
CREATE INDEX entry_subject ON ledger.entry (city_code, month, subject_kind, subject_code);
CREATE INDEX entry_fact ON ledger.entry (city_code, fact_kind, fact_id);
CREATE INDEX entry_chain ON ledger.entry (city_code, chain_id);
CREATE INDEX entry_day ON ledger.entry (city_code, occurred_on);
COMMENT ON TABLE ledger.entry IS
  'The score book (记分台账): one line a step of a fact, added once, never changed';
COMMENT ON COLUMN ledger.entry.entry_id IS 'From fact, rule, kind and turn, so that a repeat adds nothing';
COMMENT ON COLUMN ledger.entry.chain_id IS 'The plain or pending entry that this one belongs to';
COMMENT ON COLUMN ledger.entry.of_entry IS 'The entry that this one posts, voids or reverses';
COMMENT ON COLUMN ledger.entry.turn IS '0, and one more each time the fact was charged to somebody else';
COMMENT ON COLUMN ledger.entry.reason IS 'Why it is taken back: reattributed 改归属, excluded 剔除, appeal 申诉';
COMMENT ON COLUMN ledger.entry.month IS 'Month in which it counts';
COMMENT ON COLUMN ledger.entry.subject_kind IS 'Whom it charges or credits: staff, window or department';
COMMENT ON COLUMN ledger.entry.subject_code IS 'Staff number, window code or the department''s USCC';
COMMENT ON COLUMN ledger.entry.part IS 'Indicator or bonus item';
COMMENT ON COLUMN ledger.entry.rule IS 'Rule code such as daily.late';
COMMENT ON COLUMN ledger.entry.points_centi IS
  'The rule''s single value in 0.01 points; void and reversal carry the opposite';
COMMENT ON COLUMN ledger.entry.quantity IS 'Occurrences';
COMMENT ON COLUMN ledger.entry.occurred_on IS 'True day of the fact, also when it counts in a later month';
COMMENT ON COLUMN ledger.entry.fact_kind IS 'Where it comes from';
COMMENT ON COLUMN ledger.entry.fact_id IS 'Finding, merit or complaint id; record number of a rating';
COMMENT ON COLUMN ledger.entry.project_no IS 'Case, for one event one deduction';
COMMENT ON COLUMN ledger.entry.veto IS 'The rule caps the grade at the lowest (一票否决)';
COMMENT ON COLUMN ledger.entry.scheme_hash IS 'Scheme version whose value was used';
COMMENT ON COLUMN ledger.entry.explanation IS 'Date and clause of the value used, and what attributed it';

CREATE TABLE ledger.carried_rating (
  city_code text NOT NULL,
  step_id bigint NOT NULL,
  service_month date NOT NULL,
  month date NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (city_code, step_id),
  FOREIGN KEY (city_code, month) REFERENCES ledger.period (city_code, month)
);
CREATE INDEX carried_rating_month ON ledger.carried_rating (city_code, month);
COMMENT ON TABLE ledger.carried_rating IS
  'Ratings that came after their month was sealed, with the month whose good rate they join';
COMMENT ON COLUMN ledger.carried_rating.step_id IS 'Record number of the rated step';
COMMENT ON COLUMN ledger.carried_rating.service_month IS 'The sealed month of the service';
COMMENT ON COLUMN ledger.carried_rating.month IS 'Month in whose score it counts';

-- Published for the monthly close: what counts, with what it takes back.
CREATE VIEW ledger.counting_entry AS
  SELECT city_code, entry_id, kind, of_entry, month, subject_kind, subject_code, part, rule, points_centi,
    quantity,
         occurred_on, fact_kind, fact_id, project_no, veto, scheme_hash, explanation, recorded_by,
           confirmed_by,
         recorded_at
  FROM ledger.entry WHERE kind IN ('plain', 'post', 'reversal');
COMMENT ON VIEW ledger.counting_entry IS 'Published: entries whose points count';

CREATE VIEW ledger.waiting_entry AS
  SELECT e.city_code, e.entry_id, e.kind, e.of_entry, e.month, e.subject_kind, e.subject_code, e.part, e.rule,
         e.points_centi, e.quantity, e.occurred_on, e.fact_kind, e.fact_id, e.project_no, e.veto,
           e.scheme_hash,
         e.explanation, e.recorded_by, e.confirmed_by, e.recorded_at
  FROM ledger.entry e
  WHERE e.kind = 'pending' AND NOT EXISTS (
    SELECT 1 FROM ledger.entry c
    WHERE c.city_code = e.city_code AND c.chain_id = e.entry_id AND c.kind IN ('post', 'void'));
COMMENT ON VIEW ledger.waiting_entry IS 'Published: deductions that wait for a verdict';

CREATE VIEW ledger.v_period AS SELECT city_code, month, state, sealed_at FROM ledger.period;
COMMENT ON VIEW ledger.v_period IS 'Published: how far each month has come';

CREATE VIEW ledger.v_carried_rating AS
  SELECT city_code, step_id, service_month, month FROM ledger.carried_rating;
COMMENT ON VIEW ledger.v_carried_rating IS
  'Published: ratings that count in a later month than their service''s';

GRANT SELECT, INSERT ON ledger.scheme_version, ledger.scheme_in_force, ledger.entry, ledger.carried_rating
  TO yiping_app;
GRANT SELECT, INSERT, UPDATE ON ledger.period TO yiping_app;
GRANT SELECT ON ledger.counting_entry, ledger.waiting_entry, ledger.v_period, ledger.v_carried_rating TO
  yiping_app;
