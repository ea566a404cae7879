-- 公开数据按月存档: what was published of a month stays as it was said.

CREATE TABLE uses.publication_archive (
  city_code text NOT NULL,
  month date NOT NULL,
  archived_at timestamptz NOT NULL,
  figures text NOT NULL,
  handling text NOT NULL,
  digest text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
  PRIMARY KEY (city_code, month)
);
COMMENT ON TABLE uses.publication_archive IS
  'What was published of a month 公开数据存档: kept to the letter, one row a month; corrections are told beside it';
COMMENT ON COLUMN uses.publication_archive.month IS 'First day of the month of service';
COMMENT ON COLUMN uses.publication_archive.figures IS
  'The public figures of the month as JSON, as they were handed out; small lines withheld';
COMMENT ON COLUMN uses.publication_archive.handling IS
  'How its bad ratings were answered, as JSON in the same way';
COMMENT ON COLUMN uses.publication_archive.digest IS
  'SHA-256 in hex of figures, a line feed and handling';

GRANT SELECT, INSERT ON uses.publication_archive TO yiping_app;
