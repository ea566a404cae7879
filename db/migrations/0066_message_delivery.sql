-- 消息的发送: what goes out by e-mail and group robot, to whom, and what became of it.

CREATE TABLE oversight.message_choice (
  city_code text NOT NULL,
  user_id text NOT NULL,
  lang text NOT NULL DEFAULT 'zh-CN',
  address_sealed bytea,
  waiting_sealed bytea,
  code_hash bytea,
  code_until timestamptz,
  code_sent_at timestamptz,
  code_tries int NOT NULL DEFAULT 0,
  by_mail jsonb NOT NULL DEFAULT '{}',
  quiet_from text,
  quiet_to text,
  quiet_rest_days boolean,
  digest_at text,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (city_code, user_id)
);
COMMENT ON TABLE oversight.message_choice IS
  'How a person wants to hear of things besides the inbox (接收设置); no row: the inbox only';
COMMENT ON COLUMN oversight.message_choice.lang IS 'Language of e-mails, zh-CN or en';
COMMENT ON COLUMN oversight.message_choice.code_until IS 'First instant at which the code holds no more';
COMMENT ON COLUMN oversight.message_choice.quiet_to IS 'End of the own quiet hours, 08:00';
COMMENT ON COLUMN oversight.message_choice.address_sealed IS 'E-mail address that was confirmed, sealed';
COMMENT ON COLUMN oversight.message_choice.waiting_sealed IS 'Address that waits for its code, sealed';
COMMENT ON COLUMN oversight.message_choice.code_hash IS 'Keyed hash of the code that went to that address';
COMMENT ON COLUMN oversight.message_choice.code_tries IS 'Wrong codes typed since it was sent';
COMMENT ON COLUMN oversight.message_choice.by_mail IS
  'For each group of kinds: off, now or digest; a group that is missing follows the rule of the city';
COMMENT ON COLUMN oversight.message_choice.quiet_from IS 'Own quiet hours, 20:00; null: those of the rule';
COMMENT ON COLUMN oversight.message_choice.quiet_rest_days IS
  'Whether days off are quiet too; null: as the rule says';
COMMENT ON COLUMN oversight.message_choice.digest_at IS 'Time of the daily digest; null: that of the rule';

CREATE TABLE oversight.robot (
  city_code text NOT NULL,
  robot_id uuid NOT NULL,
  provider text NOT NULL CHECK (provider IN ('dingtalk', 'wecom')),
  name text NOT NULL,
  scope_code text,
  url_sealed bytea NOT NULL,
  url_shown text NOT NULL,
  secret_sealed bytea,
  phones_sealed bytea,
  everybody boolean NOT NULL,
  groups text[] NOT NULL,
  enabled boolean NOT NULL,
  recent timestamptz[] NOT NULL DEFAULT '{}',
  rests_until timestamptz,
  sent_at timestamptz,
  last_error text,
  last_error_at timestamptz,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (city_code, robot_id),
  UNIQUE (city_code, name)
);
COMMENT ON TABLE oversight.robot IS 'Group robots of DingTalk and WeCom (群机器人) and what they are told';
COMMENT ON COLUMN oversight.robot.provider IS 'dingtalk (钉钉) or wecom (企业微信)';
COMMENT ON COLUMN oversight.robot.groups IS 'Groups of kinds that it tells';
COMMENT ON COLUMN oversight.robot.enabled IS 'What waits for one that is turned off is dropped';
COMMENT ON COLUMN oversight.robot.last_error IS 'Code of the last failure; null since the last success';
COMMENT ON COLUMN oversight.robot.scope_code IS 'Region or USCC whose facts it tells; null: the whole city';
COMMENT ON COLUMN oversight.robot.url_sealed IS 'Webhook with its token, sealed';
COMMENT ON COLUMN oversight.robot.url_shown IS 'Host and last four characters of the token';
COMMENT ON COLUMN oversight.robot.secret_sealed IS 'DingTalk''s secret for signing, sealed';
COMMENT ON COLUMN oversight.robot.phones_sealed IS 'Phones of people called when it is urgent, sealed';
COMMENT ON COLUMN oversight.robot.everybody IS 'Whether everybody in the group is called when it is urgent';
COMMENT ON COLUMN oversight.robot.recent IS 'When the last messages went out, for the limit of each minute';
COMMENT ON COLUMN oversight.robot.rests_until IS 'Until when the provider takes nothing';
GRANT SELECT, INSERT, UPDATE, DELETE ON oversight.message_choice, oversight.robot TO yiping_app;

CREATE TABLE oversight.delivery (
  city_code text NOT NULL,
  delivery_id uuid NOT NULL,
  channel text NOT NULL CHECK (channel IN ('mail', 'robot')),
  target text NOT NULL,
  kind text NOT NULL,
  fact_key text NOT NULL,
  params jsonb NOT NULL,
  link text NOT NULL,
  state text NOT NULL DEFAULT 'waiting'
    CHECK (state IN ('waiting', 'sending', 'sent', 'dropped', 'dead')),
  due_at timestamptz NOT NULL,
  batch_id uuid,
  attempts int NOT NULL DEFAULT 0,
  last_error text,
  created_at timestamptz NOT NULL,
  ended_at timestamptz,
  PRIMARY KEY (city_code, delivery_id),
  UNIQUE (city_code, channel, target, kind, fact_key)
);
CREATE INDEX delivery_due ON oversight.delivery (city_code, due_at)
  WHERE state IN ('waiting', 'sending');
CREATE INDEX delivery_batch ON oversight.delivery (city_code, batch_id) WHERE batch_id IS NOT NULL;
CREATE INDEX delivery_listed ON oversight.delivery (city_code, state, created_at DESC, delivery_id DESC);
COMMENT ON TABLE oversight.delivery IS
  'Outbox of messages by e-mail and robot (消息发送): each fact at most once to each target';
COMMENT ON COLUMN oversight.delivery.channel IS 'mail or robot';
COMMENT ON COLUMN oversight.delivery.fact_key IS 'As in oversight.message';
COMMENT ON COLUMN oversight.delivery.params IS 'As in oversight.message';
COMMENT ON COLUMN oversight.delivery.link IS 'As in oversight.message';
COMMENT ON COLUMN oversight.delivery.attempts IS 'Attempts so far, the running one included';
COMMENT ON COLUMN oversight.delivery.last_error IS 'Code of the last failure';
COMMENT ON COLUMN oversight.delivery.target IS 'Account, or robot_id';
COMMENT ON COLUMN oversight.delivery.due_at IS
  'When it goes out, or is tried again; while it is being sent, when that attempt is given up';
COMMENT ON COLUMN oversight.delivery.batch_id IS
  'What goes out together as one mail or post; kept when it is tried again';
COMMENT ON COLUMN oversight.delivery.state IS
  'dropped: nobody wants it any more; dead: given up after the last attempt';
GRANT SELECT, INSERT, UPDATE, DELETE ON oversight.delivery TO yiping_app;

INSERT INTO oversight.role_permission (role, permission) VALUES ('system_admin', 'robot.manage');
