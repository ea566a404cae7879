// Checks the proof of a rating without the system that made it, offline (RFC 9162; SHA-256 or SM3).
//   node verify-receipt.mjs rating-proof.json RECEIPT-CODE [seals.json]
// With seals.json, the file of the published seals, the seal is looked up there and the chain is checked.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

function digest(algorithm, ...parts) {
  const hash = createHash({ 'sha-256': 'sha256', sm3: 'sm3' }[algorithm]);
  return hash.update(Buffer.concat(parts.map((part) => Buffer.from(part)))).digest();
}

const hashOf = (seal) => digest(JSON.parse(seal).algorithm, seal).toString('hex');

/** The receipt's ten bytes in hex, from Crockford's base32. */
function bytesOf(code) {
  const plain = code.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  const digits = [...plain].map((one) => '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.indexOf(one));
  const number = digits.reduce((sum, one) => sum * 32n + BigInt(one), 0n);
  return number.toString(16).padStart(20, '0');
}

/** The root to which leaf and path lead (RFC 9162, 2.1.3.2); undefined when the path doesn't fit. */
function rootOf({ leaf, index, path }, { algorithm, size }) {
  if (!Number.isInteger(index) || index < 0 || index >= size) return undefined;
  let [root, at, last] = [digest(algorithm, [0], leaf), index, size - 1];
  for (const hash of path) {
    if (last === 0) return undefined;
    const beside = Buffer.from(hash, 'hex');
    const left = at % 2 === 1 || at === last;
    root = left ? digest(algorithm, [1], beside, root) : digest(algorithm, [1], root, beside);
    while (left && at % 2 === 0) [at, last] = [at / 2, Math.floor(last / 2)];
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 ? root.toString('hex') : undefined;
}

function check(holds, otherwise) {
  if (!holds) console.error(otherwise);
  if (!holds) process.exit(1);
}

const [file, code, list] = process.argv.slice(2);
check(file && code, 'Usage: node verify-receipt.mjs rating-proof.json RECEIPT-CODE [seals.json]');
const proof = JSON.parse(readFileSync(file, 'utf8'));
const [rating, seal] = [JSON.parse(proof.leaf), JSON.parse(proof.seal)];
check(rating.receipt === bytesOf(code), 'FAILED: the proof is of another receipt.');
check(rootOf(proof, seal) === seal.root, 'FAILED: the rating is not in the tree of this seal.');
check(hashOf(proof.seal) === proof.hash, 'FAILED: the seal is not what its hash says.');
const chain = list ? JSON.parse(readFileSync(list, 'utf8')).seals : [proof];
const from = chain.findIndex((one) => one.seal === proof.seal && one.hash === proof.hash);
check(from >= 0, 'FAILED: this seal is not among the published ones.');
const names = (one, at) => at === 0 || JSON.parse(one.seal).previous === chain[at - 1].hash;
const sound = chain.every((one, at) => hashOf(one.seal) === one.hash && names(one, at));
check(sound, 'FAILED: the published chain is broken.');
console.log(`OK: this rating (level ${rating.level}, ${rating.recordedAt}) is in seal ${seal.number}`);
console.log(`of ${seal.day}, place ${proof.index + 1} of ${seal.size}. Its published hash must be`);
console.log(proof.hash);
