import type { Day } from '../../kernel/day.ts';
import { valueOn } from '../../kernel/history.ts';
import {
  datedShape,
  fieldsShape,
  hundredthsShape,
  listShape,
  loadRuleFile,
  textShape,
  wholeShape,
} from '../../platform/rule-shape.ts';
import { readRuleFile } from '../../platform/rules.ts';

const source = textShape();
const count = wholeShape({ lowest: 1, highest: 100_000 });
const minutes = wholeShape({ lowest: 0, highest: 1_440 });
const channels = listShape(wholeShape({ lowest: 1, highest: 99 }));
/** Hundredths: 3.00 is 300. */
const decimal = hundredthsShape({ lowest: 0, highest: 100_000 });

const shape = fieldsShape({
  hall_channels: channels,
  phone_channels: channels,
  device_burst: datedShape(fieldsShape({ ratings: count, minutes, ratings_a_day: count, source })),
  address_burst: datedShape(
    fieldsShape({ ratings: count, minutes, ratings_a_day: count, shared_from_devices: count, source }),
  ),
  tablet_haste: datedShape(fieldsShape({ seconds: count, source })),
  before_service: datedShape(fieldsShape({ minutes, source })),
  outside_hours: datedShape(fieldsShape({ minutes, source })),
  same_text: datedShape(fieldsShape({ times: count, shortest: count, source })),
  one_phone: datedShape(fieldsShape({ windows: count, source })),
  uniform_clerk: datedShape(
    fieldsShape({ ratings: count, good_percent: decimal, entropy_bits: decimal, source }),
  ),
  channel_gap: datedShape(fieldsShape({ z: decimal, ratings: count, source })),
  denied_by_call: datedShape(fieldsShape({ answers: count, source })),
  month_end_jump: datedShape(
    fieldsShape({
      days: wholeShape({ lowest: 1, highest: 15 }),
      z: decimal,
      times: decimal,
      ratings: count,
      source,
    }),
  ),
});

const read = () => loadRuleFile(readRuleFile('example-city/integrity.yaml'), shape);
type Rules = ReturnType<typeof read>;
let file: Rules | undefined;

type Named = Exclude<keyof Rules, 'hall_channels' | 'phone_channels'>;
/** The limits of one detector on a day, with the date and clause that they come from. */
export type Limits<D extends Named> = Rules[D][0]['value'] & { readonly from: Day };

/**
 * The limits in force on the day. @throws RuleError when `rules/example-city/integrity.yaml` can't be used
 */
export function limitsOn<D extends Named>(detector: D, day: Day): Limits<D> {
  file ??= read();
  const { from, value } = valueOn(file[detector] as Rules['tablet_haste'], day);
  return { ...value, from } as unknown as Limits<D>;
}

/** Channels of devices in the hall, and of people's own phones. */
export function channelsOf(): { hall: readonly number[]; phone: readonly number[] } {
  file ??= read();
  return { hall: file.hall_channels, phone: file.phone_channels };
}
