import { type RawBuilder, sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';
import type { LeafFields, LeafKey } from './leaf.ts';

/** Advisory lock of a city's chain: one seal is made at a time. */
const CHAIN = 72103;

export async function lockChain(tx: Tx, cityCode: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${CHAIN}::int, ${cityCode}::text::int)`.execute(tx);
}

export interface SealRow {
  seal_number: number;
  day: string;
  sealed_at: Date;
  /** UTC with microseconds: nothing of it may change unseen */
  sealed_text: string;
  algorithm: 'sha-256' | 'sm3';
  leaf_version: number;
  size: number;
  root: Buffer;
  after_batch: string;
  through_batch: string;
  previous_hash: Buffer | null;
  seal_hash: Buffer;
}

/** A column as UTC with microseconds, as leaves and headers write moments. */
function moment(column: string): RawBuilder<string> {
  return sql`to_char(${sql.raw(column)} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}

const SEAL = sql`seal_number, day, sealed_at, ${moment('sealed_at')} AS sealed_text, algorithm, leaf_version,
  size, root, after_batch, through_batch, previous_hash, seal_hash`;

/** The city's last seal. */
export async function findLast(reader: Reader, cityCode: string): Promise<SealRow | undefined> {
  const { rows } = await sql<SealRow>`
    SELECT ${SEAL} FROM feedback.seal WHERE city_code = ${cityCode}
    ORDER BY seal_number DESC LIMIT 1`.execute(reader);
  return rows[0];
}

/** Seals before a number, the newest first. */
export async function findSealsBefore(
  reader: Reader,
  cityCode: string,
  { before, limit }: { before: number | null; limit: number },
): Promise<SealRow[]> {
  const { rows } = await sql<SealRow>`
    SELECT ${SEAL} FROM feedback.seal
    WHERE city_code = ${cityCode} AND seal_number < coalesce(${before}::int, 2147483647)
    ORDER BY seal_number DESC LIMIT ${limit}`.execute(reader);
  return rows;
}

/** Seals after a number, the oldest first. */
export async function findSealsAfter(
  reader: Reader,
  cityCode: string,
  { after, limit }: { after: number; limit: number },
): Promise<SealRow[]> {
  const { rows } = await sql<SealRow>`
    SELECT ${SEAL} FROM feedback.seal WHERE city_code = ${cityCode} AND seal_number > ${after}
    ORDER BY seal_number LIMIT ${limit}`.execute(reader);
  return rows;
}

/** The seal that takes the batch; undefined while none does. */
export async function findSealOf(
  reader: Reader,
  cityCode: string,
  batch: string,
): Promise<SealRow | undefined> {
  const { rows } = await sql<SealRow>`
    SELECT ${SEAL} FROM feedback.seal
    WHERE city_code = ${cityCode} AND through_batch >= ${batch}::bigint AND after_batch < ${batch}::bigint
    ORDER BY through_batch, seal_number LIMIT 1`.execute(reader);
  return rows[0];
}

export interface SealInput {
  number: number;
  day: string;
  sealedAt: Date;
  algorithm: string;
  leafVersion: number;
  size: number;
  root: Uint8Array;
  afterBatch: string;
  throughBatch: string;
  previous: Uint8Array | null;
  hash: Uint8Array;
}

export async function insertSeal(tx: Tx, cityCode: string, seal: SealInput): Promise<void> {
  await sql`
    INSERT INTO feedback.seal (city_code, seal_number, day, sealed_at, algorithm, leaf_version, size, root,
      after_batch, through_batch, previous_hash, seal_hash)
    VALUES (${cityCode}, ${seal.number}, ${seal.day}::date, ${seal.sealedAt}, ${seal.algorithm},
      ${seal.leafVersion}, ${seal.size}, ${Buffer.from(seal.root)}, ${seal.afterBatch}::bigint,
      ${seal.throughBatch}::bigint, ${seal.previous && Buffer.from(seal.previous)},
      ${Buffer.from(seal.hash)})`.execute(tx);
}

/** Leaves of a seal that lie side by side. */
export interface PageInput {
  number: number;
  page: number;
  keys: readonly LeafKey[];
  hashes: Uint8Array;
  root: Uint8Array;
}

export async function insertPage(tx: Tx, cityCode: string, page: PageInput): Promise<void> {
  const { keys } = page;
  const batches = keys.map(({ batch }) => batch);
  await sql`
    INSERT INTO feedback.seal_page (city_code, seal_number, page, first_batch, last_batch, batches, positions,
      steps, assess_numbers, leaf_hashes, root)
    VALUES (${cityCode}, ${page.number}, ${page.page}, ${batches[0]}::bigint, ${batches.at(-1)}::bigint,
      ${batches}::bigint[], ${keys.map(({ position }) => position)}::int[],
      ${keys.map(({ step }) => step)}::bigint[], ${keys.map(({ assess }) => assess)}::smallint[],
      ${Buffer.from(page.hashes)}, ${Buffer.from(page.root)})`.execute(tx);
}

export interface PageRow {
  page: number;
  first_batch: string;
  last_batch: string;
  batches: string[];
  positions: number[];
  steps: string[];
  assess_numbers: number[];
  leaf_hashes: Buffer;
  root: Buffer;
}

const PAGE = sql`page, first_batch, last_batch, batches::text[], positions, steps::text[], assess_numbers,
  leaf_hashes, root`;

/** Pages of a seal after one, in order. */
export async function findPages(
  reader: Reader,
  cityCode: string,
  { number, after, limit }: { number: number; after: number; limit: number },
): Promise<PageRow[]> {
  const { rows } = await sql<PageRow>`
    SELECT ${PAGE} FROM feedback.seal_page
    WHERE city_code = ${cityCode} AND seal_number = ${number} AND page > ${after}
    ORDER BY page LIMIT ${limit}`.execute(reader);
  return rows;
}

/** The page on which a rating stands. */
export async function findPageOf(
  reader: Reader,
  cityCode: string,
  number: number,
  { batch, step }: LeafKey,
): Promise<PageRow | undefined> {
  const { rows } = await sql<PageRow>`
    SELECT ${PAGE} FROM feedback.seal_page
    WHERE city_code = ${cityCode} AND seal_number = ${number} AND first_batch <= ${batch}::bigint
      AND last_batch >= ${batch}::bigint AND ${step}::bigint = ANY(steps)
    ORDER BY page LIMIT 1`.execute(reader);
  return rows[0];
}

/** Roots of all pages of a seal, in order. */
export async function findPageRoots(reader: Reader, cityCode: string, number: number): Promise<Buffer[]> {
  const { rows } = await sql<{ root: Buffer }>`
    SELECT root FROM feedback.seal_page WHERE city_code = ${cityCode} AND seal_number = ${number}
    ORDER BY page`.execute(reader);
  return rows.map(({ root }) => root);
}

const FIELDS = sql`city_code AS city, step_id AS step, service_month AS month, assess_number AS assess,
  batch_id AS batch, batch_position AS position, encode(receipt, 'hex') AS receipt, satisfaction AS level,
  process, efficiency, attitude, tags, channel, real_name AS "realName", mode, source,
  ${moment('recorded_at')} AS "recordedAt", ${moment('assessed_at')} AS "assessedAt",
  ${moment('device_at')} AS "deviceAt", encode(text_hash, 'hex') AS "textHash",
  encode(sha256(receipt || convert_to(client_id, 'UTF8')), 'hex') AS "clientHash"`;

/** Ratings after one and up to a batch, in the order of sealing. */
export async function findLeaves(
  reader: Reader,
  cityCode: string,
  { after, through, limit }: { after: LeafKey; through: string; limit: number },
): Promise<LeafFields[]> {
  const { batch, position, step, assess } = after;
  const { rows } = await sql<LeafFields>`
    SELECT ${FIELDS} FROM feedback.rating
    WHERE city_code = ${cityCode} AND batch_id <= ${through}::bigint AND batch_id >= ${batch}::bigint
      AND (batch_id, batch_position, step_id, assess_number)
        > (${batch}::bigint, ${position}::int, ${step}::bigint, ${assess}::smallint)
    ORDER BY batch_id, batch_position, step_id, assess_number LIMIT ${limit}`.execute(reader);
  return rows;
}

/** The rating of a receipt, among services from the month on. */
export async function findLeafByReceipt(
  reader: Reader,
  cityCode: string,
  { receipt, fromMonth }: { receipt: Uint8Array; fromMonth: string },
): Promise<LeafFields | undefined> {
  const { rows } = await sql<LeafFields>`
    SELECT ${FIELDS} FROM feedback.rating
    WHERE city_code = ${cityCode} AND service_month >= ${fromMonth}::date
      AND receipt = ${Buffer.from(receipt)}`.execute(reader);
  return rows[0];
}

/** How many ratings lie in batches after one and up to another. */
export async function countRatings(
  reader: Reader,
  cityCode: string,
  { after, through }: { after: string; through: string },
): Promise<number> {
  const { rows } = await sql<{ count: string }>`
    SELECT count(*) FROM feedback.rating WHERE city_code = ${cityCode} AND batch_id > ${after}::bigint
      AND batch_id <= ${through}::bigint`.execute(reader);
  return Number(rows[0]?.count ?? 0);
}

/** Whether anything was rated before the moment. */
export async function ratedBefore(reader: Reader, cityCode: string, at: Date): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM feedback.rating WHERE city_code = ${cityCode} AND recorded_at < ${at}
    LIMIT 1`.execute(reader);
  return rows.length > 0;
}

/** Whether the rating was taken out of the figures by two persons' verdict. */
export async function isExcluded(
  reader: Reader,
  cityCode: string,
  { step, assess }: Pick<LeafKey, 'step' | 'assess'>,
): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM feedback.rating_verdict
    WHERE city_code = ${cityCode} AND step_id = ${step}::bigint AND assess_number = ${assess}
      AND verdict IN ('mistaken', 'malicious')`.execute(reader);
  return rows.length > 0;
}
