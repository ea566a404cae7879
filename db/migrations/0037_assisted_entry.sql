-- 代录评价: ratings that staff enter for citizens: by phone, from paper forms, from the hotline.

CREATE TABLE feedback.entry_batch (
  city_code text NOT NULL,
  batch_id uuid NOT NULL,
  number text NOT NULL,
  note text,
  opened_by text NOT NULL,
  opened_name text NOT NULL,
  opened_at timestamptz NOT NULL,
  PRIMARY KEY (city_code, batch_id),
  UNIQUE (city_code, number)
);
CREATE INDEX entry_batch_opened ON feedback.entry_batch (city_code, opened_at DESC);
COMMENT ON TABLE feedback.entry_batch IS
  'Paper forms entered together, with their scans in platform.file; only added to';
COMMENT ON COLUMN feedback.entry_batch.number IS 'Number written on the pile, such as ZZ2026-0012';

CREATE TABLE feedback.entry_batch_end (
  city_code text NOT NULL,
  batch_id uuid NOT NULL,
  ended_by text NOT NULL,
  ended_at timestamptz NOT NULL,
  PRIMARY KEY (city_code, batch_id),
  FOREIGN KEY (city_code, batch_id) REFERENCES feedback.entry_batch (city_code, batch_id)
);
COMMENT ON TABLE feedback.entry_batch_end IS 'Batches of paper forms that take no further form';

CREATE TABLE feedback.assisted_entry (
  city_code text NOT NULL,
  service_month date NOT NULL,
  step_id bigint NOT NULL,
  assess_number smallint NOT NULL,
  source text NOT NULL CHECK (source IN ('phone', 'paper', 'hotline')),
  batch_id uuid,
  page int CHECK (page BETWEEN 1 AND 2000),
  reference text,
  entered_by text NOT NULL,
  entered_name text NOT NULL,
  entered_at timestamptz NOT NULL,
  PRIMARY KEY (city_code, service_month, step_id, assess_number),
  FOREIGN KEY (city_code, batch_id) REFERENCES feedback.entry_batch (city_code, batch_id),
  CHECK ((source = 'paper') = (batch_id IS NOT NULL))
);
CREATE INDEX assisted_entry_batch ON feedback.assisted_entry (city_code, batch_id, entered_at)
  WHERE batch_id IS NOT NULL;
CREATE INDEX assisted_entry_entered ON feedback.assisted_entry (city_code, entered_at);
COMMENT ON TABLE feedback.assisted_entry IS
  'Who entered a rating for a citizen (代录), and what it was entered from; only added to';
COMMENT ON COLUMN feedback.assisted_entry.service_month IS 'As in feedback.rating';
COMMENT ON COLUMN feedback.assisted_entry.step_id IS 'As in feedback.rating';
COMMENT ON COLUMN feedback.assisted_entry.assess_number IS 'As in feedback.rating';
COMMENT ON COLUMN feedback.assisted_entry.source IS 'phone 电话回访, paper 纸质评价表, hotline 12345热线';
COMMENT ON COLUMN feedback.assisted_entry.page IS 'Page of the scan on which the form is';
COMMENT ON COLUMN feedback.assisted_entry.reference IS 'Number of the call or of the hotline''s order';
COMMENT ON COLUMN feedback.assisted_entry.entered_by IS 'Account that entered it; never the rated clerk''s';

GRANT SELECT, INSERT ON feedback.entry_batch, feedback.entry_batch_end, feedback.assisted_entry TO yiping_app;

INSERT INTO oversight.role_permission (role, permission) VALUES
  ('caller', 'rating.enter'), ('supervisor', 'rating.enter'), ('assessment_office', 'rating.enter');
