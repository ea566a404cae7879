-- 评价封缄: a chain of seals over all ratings, with the hash of each apart from its row.

CREATE TABLE feedback.seal (
  city_code text NOT NULL,
  seal_number int NOT NULL CHECK (seal_number >= 1),
  day date NOT NULL,
  sealed_at timestamptz NOT NULL,
  algorithm text NOT NULL CHECK (algorithm IN ('sha-256', 'sm3')),
  leaf_version smallint NOT NULL,
  size int NOT NULL CHECK (size >= 0),
  root bytea NOT NULL CHECK (length(root) = 32),
  after_batch bigint NOT NULL,
  through_batch bigint NOT NULL,
  previous_hash bytea CHECK (length(previous_hash) = 32),
  seal_hash bytea NOT NULL CHECK (length(seal_hash) = 32),
  PRIMARY KEY (city_code, seal_number),
  CHECK (after_batch <= through_batch),
  CHECK ((seal_number = 1) = (previous_hash IS NULL))
);
CREATE INDEX seal_by_batch ON feedback.seal (city_code, through_batch);
COMMENT ON TABLE feedback.seal IS
  'Seals of ratings (封缄), at least one a day: the Merkle root (RFC 9162) of what is new, chained to the '
  'seal before; never changed, never deleted';
COMMENT ON COLUMN feedback.seal.seal_number IS '1, 2, 3 … without a gap';
COMMENT ON COLUMN feedback.seal.day IS 'Day whose seal it is; a late one has a later sealed_at';
COMMENT ON COLUMN feedback.seal.algorithm IS 'Hash of leaves, tree and header';
COMMENT ON COLUMN feedback.seal.leaf_version IS
  'Way in which its leaves are written (docs/integration/seal.md)';
COMMENT ON COLUMN feedback.seal.size IS 'Ratings in it; 0 on a day without any';
COMMENT ON COLUMN feedback.seal.root IS 'Root of the Merkle tree over its leaves';
COMMENT ON COLUMN feedback.seal.after_batch IS
  'It takes the batches of ratings above this one: where the seal before ended';
COMMENT ON COLUMN feedback.seal.through_batch IS 'The last batch of ratings that it takes';
COMMENT ON COLUMN feedback.seal.previous_hash IS 'Hash of the seal before; empty for the first';
COMMENT ON COLUMN feedback.seal.seal_hash IS
  'Hash of the header, which names the seal before: what is published';

CREATE TABLE feedback.seal_page (
  city_code text NOT NULL,
  seal_number int NOT NULL,
  page int NOT NULL,
  first_batch bigint NOT NULL,
  last_batch bigint NOT NULL,
  batches bigint[] NOT NULL,
  positions int[] NOT NULL,
  steps bigint[] NOT NULL,
  assess_numbers smallint[] NOT NULL,
  leaf_hashes bytea NOT NULL,
  root bytea NOT NULL CHECK (length(root) = 32),
  PRIMARY KEY (city_code, seal_number, page),
  FOREIGN KEY (city_code, seal_number) REFERENCES feedback.seal (city_code, seal_number)
    DEFERRABLE INITIALLY DEFERRED
);
COMMENT ON TABLE feedback.seal_page IS
  'Leaves of the seals, 1024 to a page (a subtree of its own): which rating stands where, and its hash; '
  'apart from the ratings, so that a change there is seen here';
COMMENT ON COLUMN feedback.seal_page.seal_number IS 'As in feedback.seal';
COMMENT ON COLUMN feedback.seal_page.page IS 'From 0; its first leaf has the index 1024 × page';
COMMENT ON COLUMN feedback.seal_page.first_batch IS 'Batch of its first leaf';
COMMENT ON COLUMN feedback.seal_page.last_batch IS 'Batch of its last leaf';
COMMENT ON COLUMN feedback.seal_page.batches IS 'batch_id of each rating';
COMMENT ON COLUMN feedback.seal_page.positions IS 'batch_position of each rating';
COMMENT ON COLUMN feedback.seal_page.steps IS 'step_id of each rating';
COMMENT ON COLUMN feedback.seal_page.assess_numbers IS 'assess_number of each rating';
COMMENT ON COLUMN feedback.seal_page.leaf_hashes IS 'Leaf hashes, 32 bytes each, in the same order';
COMMENT ON COLUMN feedback.seal_page.root IS 'Root of the subtree over its leaves';

CREATE TABLE feedback.seal_check (
  city_code text NOT NULL,
  check_id uuid NOT NULL,
  asked_at timestamptz NOT NULL,
  asked_by text NOT NULL,
  finished_at timestamptz,
  sound boolean,
  seals int,
  ratings bigint,
  difference_count bigint,
  differences jsonb,
  PRIMARY KEY (city_code, check_id)
);
CREATE INDEX seal_check_asked ON feedback.seal_check (city_code, asked_at);
COMMENT ON TABLE feedback.seal_check IS
  'Verifications of all ratings against their seals, asked for or weekly, with what came of them';
COMMENT ON COLUMN feedback.seal_check.finished_at IS 'Empty while it waits or runs';
COMMENT ON COLUMN feedback.seal_check.sound IS 'Nothing was found otherwise than sealed';
COMMENT ON COLUMN feedback.seal_check.seals IS 'Seals verified';
COMMENT ON COLUMN feedback.seal_check.ratings IS 'Sealed ratings verified';
COMMENT ON COLUMN feedback.seal_check.difference_count IS 'How many differences there are';
COMMENT ON COLUMN feedback.seal_check.differences IS 'The first of them, each naming seal and rating';

GRANT SELECT, INSERT ON feedback.seal, feedback.seal_page TO yiping_app;
GRANT SELECT, INSERT, UPDATE ON feedback.seal_check TO yiping_app;
