import { type Day, parseDay } from '../../kernel/day.ts';
import {
  choiceShape,
  datedShape,
  fieldsShape,
  flagShape,
  listShape,
  loadRuleFile,
  namedShape,
  type Shape,
  textShape,
  wholeShape,
} from '../../platform/rule-shape.ts';
import { readRuleFile } from '../../platform/rules.ts';
import { DIMENSIONS, type Level, type NationalRules, type Tag } from './rating.ts';

const words = { zh: textShape(), en: textShape() };
const code = wholeShape({ lowest: 100, highest: 999 });
const pf = wholeShape({ lowest: 1, highest: 99 });

const dayShape: Shape<Day> = {
  read(node, note) {
    const text = textShape().read(node, note);
    if (text === undefined) return undefined;
    const parsed = parseDay(text);
    if (parsed !== undefined) return parsed;
    note({ place: node.place, field: node.field, code: 'rules.not_a_day', params: { text } });
    return undefined;
  },
};

const levelShape = wholeShape({ lowest: 1, highest: 5 }) as Shape<Level>;

const levelsFile = fieldsShape({
  source: textShape(),
  levels: listShape(fieldsShape({ code: levelShape, ...words, good: flagShape() })),
  dimensions: listShape(fieldsShape({ code: choiceShape(DIMENSIONS), ...words })),
});

const tagsFile = fieldsShape({
  source: textShape(),
  tags: listShape(
    fieldsShape({
      code,
      level: levelShape,
      group: choiceShape(['core', 'extended']),
      concerns: choiceShape(['person', 'process']),
      timeliness: flagShape(),
      from: dayShape,
      ...words,
    }),
  ),
  retired: listShape(code),
});

const limit = fieldsShape({ characters: wholeShape({ lowest: 1, highest: 5000 }), source: textShape() });

const channelsFile = fieldsShape({
  source: textShape(),
  channels: listShape(fieldsShape({ code: pf, ...words, reported_as: pf, tablet: flagShape() })),
  text_limit: fieldsShape({ tablet: datedShape(limit), elsewhere: datedShape(limit) }),
});

const metricsFile = fieldsShape({
  source: textShape(),
  counts: namedShape(fieldsShape({ ...words, means: textShape() })),
  rates: namedShape(fieldsShape({ ...words, numerator: textShape(), denominator: textShape() })),
});

function wordingOf(of: { zh: string; en: string }): { 'zh-CN': string; en: string } {
  return { 'zh-CN': of.zh, en: of.en };
}

/** Reads the national rules of ratings. @throws RuleError naming file, line and field of each fault */
function loadNationalRules(root?: string): NationalRules {
  const levels = loadRuleFile(readRuleFile('national/levels.yaml', root), levelsFile);
  const tags = loadRuleFile(readRuleFile('national/tags.yaml', root), tagsFile);
  const channels = loadRuleFile(readRuleFile('national/channels.yaml', root), channelsFile);
  const metrics = loadRuleFile(readRuleFile('national/metrics.yaml', root), metricsFile);
  const limits = channels.text_limit;
  const characters = <T extends { characters: number }>(dated: { from: Day; value: T }) => ({
    from: dated.from,
    value: dated.value.characters,
  });
  return {
    levels: new Map(levels.levels.map((level) => [level.code, wordingOf(level)])),
    dimensions: new Map(levels.dimensions.map((dimension) => [dimension.code, wordingOf(dimension)])),
    tags: new Map(tags.tags.map((tag): [number, Tag] => [tag.code, { ...tag, words: wordingOf(tag) }])),
    retired: new Set(tags.retired),
    channels: new Map(
      channels.channels.map((channel) => [
        channel.code,
        {
          code: channel.code,
          reportedAs: channel.reported_as,
          tablet: channel.tablet,
          words: wordingOf(channel),
        },
      ]),
    ),
    metrics: new Map(
      [...metrics.counts, ...metrics.rates].map(([name, metric]) => [name, wordingOf(metric)]),
    ),
    textLimits: {
      tablet: [characters(limits.tablet[0]), ...limits.tablet.slice(1).map(characters)],
      elsewhere: [characters(limits.elsewhere[0]), ...limits.elsewhere.slice(1).map(characters)],
    },
  };
}

let loaded: NationalRules | undefined;

/** The national rules (levels, tags, channels, limits), read once: they are part of the release. */
export function nationalRules(): NationalRules {
  loaded ??= loadNationalRules();
  return loaded;
}
