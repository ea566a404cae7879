-- 取号: the queue of a hall.

CREATE TABLE intake.ticket_group (
  city_code text NOT NULL,
  code text NOT NULL,
  name text NOT NULL CHECK (name <> ''),
  region_code text NOT NULL,
  prefix text NOT NULL CHECK (prefix ~ '^[A-Z]$'),
  windows text[] NOT NULL,
  PRIMARY KEY (city_code, code),
  UNIQUE (city_code, region_code, prefix)
);
COMMENT ON TABLE intake.ticket_group IS
  'Groups of items 取号业务 for which tickets are drawn, and their windows';
COMMENT ON COLUMN intake.ticket_group.region_code IS 'Region of the hall';
COMMENT ON COLUMN intake.ticket_group.prefix IS 'Letter with which its numbers begin';
COMMENT ON COLUMN intake.ticket_group.windows IS 'Windows that call its tickets';

CREATE TABLE intake.ticket (
  city_code text NOT NULL,
  ticket_id uuid NOT NULL,
  day date NOT NULL,
  region_code text NOT NULL,
  group_code text NOT NULL,
  ticket_no text NOT NULL,
  priority boolean NOT NULL,
  state text NOT NULL CHECK (state IN ('waiting', 'called', 'finished', 'skipped')),
  drawn_at timestamptz NOT NULL,
  called_at timestamptz,
  called_again_at timestamptz,
  window_code text,
  called_by text,
  finished_at timestamptz,
  PRIMARY KEY (city_code, ticket_id),
  UNIQUE (city_code, day, region_code, ticket_no),
  FOREIGN KEY (city_code, group_code) REFERENCES intake.ticket_group (city_code, code)
);
CREATE INDEX ticket_waiting ON intake.ticket (city_code, day, group_code, priority DESC, drawn_at)
  WHERE state = 'waiting';
-- A window serves one ticket at a time.
CREATE UNIQUE INDEX ticket_called ON intake.ticket (city_code, day, window_code) WHERE state = 'called';
CREATE INDEX ticket_window ON intake.ticket (city_code, day, window_code, called_at);
COMMENT ON TABLE intake.ticket IS
  'Tickets 排队号: a place in the queue of a day; nothing about who holds it';
COMMENT ON COLUMN intake.ticket.region_code IS 'Region of the hall';
COMMENT ON COLUMN intake.ticket.group_code IS 'Group in whose queue it waits; a transfer changes it';
COMMENT ON COLUMN intake.ticket.ticket_no IS 'What is called, such as A012';
COMMENT ON COLUMN intake.ticket.priority IS
  'Called before the others: older people, pregnant, disabled 优先';
COMMENT ON COLUMN intake.ticket.state IS 'waiting 等候, called 办理中, finished 办结, skipped 过号';
COMMENT ON COLUMN intake.ticket.called_by IS 'Staff number of whoever called it';
GRANT SELECT, INSERT, UPDATE ON intake.ticket_group, intake.ticket TO yiping_app;

INSERT INTO oversight.role_permission (role, permission) VALUES
  ('clerk', 'ticket.draw'), ('supervisor', 'ticket.draw');
