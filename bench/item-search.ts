import { createUser, systemActor } from '../src/oversight/access/index.ts';
import type { Bench } from './bench.ts';
import { departmentCode } from './hall.ts';
import { print, quantile } from './line.ts';
import { signIn, systemImport } from './office-session.ts';

const NAME = 'item-search';
const ITEMS = 20_000;
const DEPARTMENTS = 64;
const SUBJECTS = [
  '企业',
  '个体工商户',
  '医疗机构',
  '食品经营',
  '道路运输',
  '建设工程',
  '特种设备',
  '林木采伐',
];
const THINGS = ['设立', '变更', '注销', '延续', '备案', '年度报告', '补发证书', '资质'];
const FORMS = ['登记', '许可', '核准', '确认', '审查', '公示', '给付', '查询'];
/** As they are typed at windows: Chinese, initials, whole pinyin, a code, two words, and nothing found. */
const TYPED = ['企', '企业', '企业设立登记', 'q', 'qy', 'qysldj', 'qiyeshe', '食品 许可', 'sp xk', 'zzzz'];

/** What a clerk waits for at each key, at a general window of a hall with 20,000 items, over HTTP. */
export async function itemSearch({ deps, instance, quick }: Bench): Promise<void> {
  const city = deps.config.cityCode;
  const rows = Array.from({ length: ITEMS }, (_, at) => ({
    code: codeAt(at),
    name: nameAt(at),
    department_code: departmentCode(at % DEPARTMENTS),
    type: '20',
    promise: 'promised',
    promised_days: '5',
  }));
  await systemImport(deps, 'items', rows);
  await systemImport(deps, 'windows', [
    {
      code: 'SEARCH',
      name: '综合受理',
      department_code: departmentCode(0),
      region_code: `${city}000000`,
      kind: 'general',
    },
  ]);
  const given = { username: 'bench_search', role: 'clerk', lasting: true, staffNo: 'B000000' };
  const { password } = await createUser(deps, systemActor(city, 'bench'), given, async () => true);
  const session = await signIn(instance.port, given.username, password);
  const times: number[] = [];
  for (let round = 0; round < (quick ? 5 : 50); round += 1) {
    for (const typed of [...TYPED, departmentCode(round)]) {
      const start = performance.now();
      await session.get(`/registry/items/found?window=SEARCH&q=${encodeURIComponent(typed)}`);
      times.push(performance.now() - start);
    }
  }
  const note = `${ITEMS} items, ${times.length} searches one after the other, over HTTP`;
  print({ bench: NAME, metric: 'p50', value: quantile(times, 0.5), unit: 'ms', note });
  print({ bench: NAME, metric: 'p95', value: quantile(times, 0.95), unit: 'ms', note });
  print({ bench: NAME, metric: 'slowest', value: Math.max(...times), unit: 'ms', note });
}

function codeAt(at: number): string {
  const main = String(1 + Math.floor(at / DEPARTMENTS)).padStart(5, '0');
  return `${departmentCode(at % DEPARTMENTS)}43720${main}777`;
}

function nameAt(at: number): string {
  const pick = (list: readonly string[], by: number): string => list[Math.floor(at / by) % list.length] ?? '';
  const rest = Math.floor(at / (SUBJECTS.length * THINGS.length * FORMS.length));
  return `${pick(SUBJECTS, 1)}${pick(THINGS, 8)}${pick(FORMS, 64)}（第${rest + 1}类）`;
}
