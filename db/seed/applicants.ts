import type { DemoContent } from './content.ts';
import type { Item } from './hall.ts';
import { nameGiver } from './people.ts';
import type { Random } from './random.ts';

/** The personal fields of a service record, all invented. */
export interface Applicant {
  readonly userProp: string;
  readonly userName: string;
  readonly userPageType: string;
  readonly certKey: string;
  /** in a range that is assigned to nobody, or empty */
  readonly mobile: string;
}

const BUSINESS = new Set(
  (
    'approval market tax reform industry science finance commerce grain customs land housing ecology water ' +
    'emergency exchange county_approval'
  ).split(' '),
);
const COMPANY_WORDS = /企业|公司|单位|项目|工程|经营许可|生产许可|资质|机构/;
const PERSONAL_WORDS = new RegExp(
  [
    '就医|参保|待遇|门诊|住院|生育|身份证|户口|居住证|护照|通行证|签注|婚|津贴|抚恤|救助|残疾',
    '提取|驾驶|失业|就业创业|毕业|职称|优待|宅基地|老年|公证|个人|本人|个体|(?<!非)居民',
  ].join('|'),
);

/** Who comes with a matter, more or less: its name says it, else its office. */
function likelyFirm(item: Item): boolean {
  if (/单位|企业|公司/.test(item.name)) return true;
  if (PERSONAL_WORDS.test(item.name)) return false;
  return BUSINESS.has(item.department.key) || COMPANY_WORDS.test(item.name);
}

/** Makes people and firms that come to the counter. */
export function applicants(content: DemoContent, chance: Random): (item: Item) => Applicant {
  const newName = nameGiver(content, chance.fork('names'));
  const words = (content.firms.get('words') ?? []).join(' ').split(' ');
  const trades = (content.firms.get('trades') ?? []).join(' ').split(' ');
  return (item) => {
    const mobile = chance.chance(0.88) ? inventedPhone(chance) : '';
    if (!chance.chance(likelyFirm(item) ? 0.7 : 0.01)) {
      const certified = chance.chance(0.6);
      return {
        userProp: '1',
        userName: newName(),
        userPageType: certified ? '111' : '',
        certKey: certified ? inventedResidentId(chance) : '',
        mobile,
      };
    }
    const userName = `${chance.pick(words)}${chance.pick(trades)}有限公司（虚构）`;
    return { userProp: '2', userName, userPageType: '', certKey: '', mobile };
  };
}

/** 154 is a prefix that no carrier in China has been given. */
function inventedPhone(chance: Random): string {
  return `15400${chance.digits(6)}`;
}

/** Region 370899 does not exist; birthday and check character (GB 11643) are well formed. */
function inventedResidentId(chance: Random): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const born = `${chance.between(1948, 2006)}${two(chance.between(1, 12))}${two(chance.between(1, 28))}`;
  const first17 = `370899${born}${chance.digits(3)}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, index) => total + weight * Number(first17.charAt(index)), 0);
  return first17 + '10X98765432'.charAt(sum % 11);
}
