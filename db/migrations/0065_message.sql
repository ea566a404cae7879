-- 消息: what the people who work here are told, each fact once to each person.

CREATE TABLE oversight.message (
  city_code text NOT NULL,
  message_id uuid NOT NULL,
  user_id text NOT NULL,
  kind text NOT NULL,
  fact_key text NOT NULL,
  params jsonb NOT NULL,
  link text NOT NULL,
  created_at timestamptz NOT NULL,
  read_at timestamptz,
  PRIMARY KEY (city_code, message_id),
  UNIQUE (city_code, user_id, kind, fact_key)
);
CREATE INDEX message_inbox ON oversight.message (city_code, user_id, created_at DESC, message_id DESC);
CREATE INDEX message_unread ON oversight.message (city_code, user_id) WHERE read_at IS NULL;
CREATE INDEX message_age ON oversight.message (city_code, created_at);
COMMENT ON TABLE oversight.message IS
  'In-app inbox (站内消息): one row for each person and fact; words are put together when it is read';
COMMENT ON COLUMN oversight.message.user_id IS 'Account that is told';
COMMENT ON COLUMN oversight.message.kind IS 'Kind of message, which knows its words and its group';
COMMENT ON COLUMN oversight.message.fact_key IS 'Names the fact, so that telling it again adds nothing';
COMMENT ON COLUMN oversight.message.params IS
  'Number, step, month or due time that the words name; never a citizen''s data or words';
COMMENT ON COLUMN oversight.message.link IS 'Path below /admin at which the matter stands';
GRANT SELECT, INSERT, UPDATE, DELETE ON oversight.message TO yiping_app;
