-- AB 岗: who stands in for whom on the days away.

CREATE TABLE oversight.deputy (
  city_code text NOT NULL,
  deputy_id uuid NOT NULL,
  user_id text NOT NULL,
  stand_in_id text NOT NULL,
  from_day date NOT NULL,
  until_day date NOT NULL,
  set_by text NOT NULL,
  set_at timestamptz NOT NULL,
  ended_at timestamptz,
  ended_by text,
  PRIMARY KEY (city_code, deputy_id),
  CHECK (user_id <> stand_in_id),
  CHECK (from_day <= until_day),
  CHECK ((ended_at IS NULL) = (ended_by IS NULL))
);
CREATE INDEX deputy_of_user ON oversight.deputy (city_code, user_id, until_day);
CREATE INDEX deputy_stand_in ON oversight.deputy (city_code, stand_in_id, until_day);
COMMENT ON TABLE oversight.deputy IS 'Who stands in for whom with orders on the days away (AB 岗)';
COMMENT ON COLUMN oversight.deputy.user_id IS 'Account that is away';
COMMENT ON COLUMN oversight.deputy.stand_in_id IS 'Account that stands in';
COMMENT ON COLUMN oversight.deputy.from_day IS 'First day away';
COMMENT ON COLUMN oversight.deputy.until_day IS 'Last day away';
COMMENT ON COLUMN oversight.deputy.set_by IS 'Account that named the deputy: the person, or the office';
COMMENT ON COLUMN oversight.deputy.set_at IS 'When the deputy was named';
COMMENT ON COLUMN oversight.deputy.ended_at IS 'When it was taken back before its last day';
COMMENT ON COLUMN oversight.deputy.ended_by IS 'Account that took it back';
GRANT SELECT, INSERT, UPDATE ON oversight.deputy TO yiping_app;
