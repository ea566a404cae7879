-- 告知短信: what people are told by short message of what they said, each once.

CREATE TABLE handling.citizen_notice (
  city_code text NOT NULL,
  notice_id uuid NOT NULL,
  key text NOT NULL,
  kind text NOT NULL CHECK (kind IN
    ('received', 'answered', 'extended', 'reminder', 'overdue', 'second_rating')),
  number text NOT NULL,
  voice_id uuid,
  step_id bigint,
  order_id uuid,
  until timestamptz,
  state text NOT NULL CHECK (state IN
    ('waiting', 'sending', 'sent', 'no_mobile', 'opted_out', 'expired', 'refused', 'unclear')),
  due_at timestamptz NOT NULL,
  attempts smallint NOT NULL DEFAULT 0,
  planned_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  provider_id text,
  reason text,
  PRIMARY KEY (city_code, notice_id),
  UNIQUE (city_code, key)
);
CREATE INDEX citizen_notice_due ON handling.citizen_notice (city_code, due_at)
  WHERE state IN ('waiting', 'sending');
COMMENT ON TABLE handling.citizen_notice IS
  'Short messages to whoever spoke (告知短信): what they tell of and what became of them; no phone, no text';
COMMENT ON COLUMN handling.citizen_notice.key IS 'What it tells of: the same again is the same notice';
COMMENT ON COLUMN handling.citizen_notice.kind IS 'What it tells';
COMMENT ON COLUMN handling.citizen_notice.number IS 'Number by which the person knows the matter';
COMMENT ON COLUMN handling.citizen_notice.voice_id IS 'Whose speaker is told';
COMMENT ON COLUMN handling.citizen_notice.step_id IS 'Or the service whose applicant is told';
COMMENT ON COLUMN handling.citizen_notice.order_id IS 'Order whose story says that it went out';
COMMENT ON COLUMN handling.citizen_notice.until IS 'Time that stands in the message';
COMMENT ON COLUMN handling.citizen_notice.state IS
  'no_mobile: none was left; unclear: the line broke after it was handed over, so it is never sent again';
COMMENT ON COLUMN handling.citizen_notice.due_at IS 'Not before; outside the quiet hours';
COMMENT ON COLUMN handling.citizen_notice.attempts IS 'How often it was handed to the provider';
COMMENT ON COLUMN handling.citizen_notice.planned_at IS 'When what it tells of happened';
COMMENT ON COLUMN handling.citizen_notice.changed_at IS 'When its state changed last';
COMMENT ON COLUMN handling.citizen_notice.provider_id IS 'Number of the message at the provider';
COMMENT ON COLUMN handling.citizen_notice.reason IS 'Code of the provider''s last refusal';
GRANT SELECT, INSERT, UPDATE ON handling.citizen_notice TO yiping_app;
