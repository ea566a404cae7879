-- 门户和App: sites that may frame a rating page, and to which a citizen is led back.

CREATE TABLE intake.embed_origin (
  city_code text NOT NULL,
  origin text NOT NULL CHECK (origin ~ '^https?://[a-z0-9.-]+(:[0-9]{1,5})?$'),
  key_name text NOT NULL,
  note text NOT NULL,
  added_by text NOT NULL,
  added_at timestamptz NOT NULL,
  PRIMARY KEY (city_code, origin, key_name)
);
COMMENT ON TABLE intake.embed_origin IS
  'Sites that may frame a rating page (允许嵌入的网站) and receive citizens afterwards; none unless named here';
COMMENT ON COLUMN intake.embed_origin.origin IS 'Scheme, host and port, as a browser tells it';
COMMENT ON COLUMN intake.embed_origin.key_name IS
  'Name of the key whose links may lead back there; empty: those of every key';
GRANT SELECT, INSERT, DELETE ON intake.embed_origin TO yiping_app;

INSERT INTO oversight.role_permission (role, permission) VALUES ('system_admin', 'origin.manage');
