/**
 * The house in one table: which rooms there are, which way imports may run, what has a place and what is
 * spared from which rule. A new room is a line here; an exception is a line here with the decision record
 * that explains it.
 */

export interface Stage {
  readonly name: string;
  /** upstream is lower; stages of equal rank stand side by side and do not see each other */
  readonly rank: number;
  /** the rooms (slices) of the stage; null where files lie in the stage itself */
  readonly rooms: readonly string[] | null;
}

export const STAGES: readonly Stage[] = [
  { name: 'kernel', rank: 0, rooms: null },
  { name: 'platform', rank: 1, rooms: null },
  { name: 'oversight', rank: 2, rooms: ['access', 'audit', 'message'] },
  {
    name: 'registry',
    rank: 3,
    rooms: ['region', 'department', 'window', 'staff', 'service-item', 'calendar', 'device'],
  },
  {
    name: 'intake',
    rank: 4,
    rooms: ['case', 'invitation', 'correction', 'acceptance', 'approval', 'ticket'],
  },
  {
    name: 'feedback',
    rank: 5,
    rooms: ['rating', 'questionnaire', 'complaint', 'stuck-matter', 'follow-up', 'seal', 'comment', 'voice'],
  },
  { name: 'conduct', rank: 5, rooms: ['stationing', 'attendance', 'inspection', 'merit'] },
  {
    name: 'handling',
    rank: 6,
    rooms: [
      ...['duty', 'work-order', 'rectification', 'resolution', 'integrity', 'exclusion'],
      'citizen-notice',
    ],
  },
  { name: 'ledger', rank: 7, rooms: ['scheme', 'scoring', 'period', 'entry', 'appeal'] },
  { name: 'close', rank: 8, rooms: ['month', 'statement', 'year'] },
  {
    name: 'uses',
    rank: 9,
    rooms: [
      'pay',
      'award',
      'publication',
      'dispatch',
      'innovation',
      'provincial-indicator',
      'provincial-report',
      'practice',
      'register',
      'dashboard',
    ],
  },
  { name: 'app', rank: 10, rooms: null },
];

/** Arrows between rooms of one stage, from the importer to what it imports. They form no circle. */
export const ARROWS: readonly (readonly [string, string])[] = [
  ['oversight/access', 'oversight/audit'],
  ['oversight/message', 'oversight/access'],
  ['oversight/message', 'oversight/audit'],
  ['registry/department', 'registry/region'],
  ['registry/window', 'registry/region'],
  ['registry/window', 'registry/department'],
  ['registry/staff', 'registry/region'],
  ['registry/staff', 'registry/department'],
  ['registry/staff', 'registry/window'],
  ['registry/service-item', 'registry/region'],
  ['registry/service-item', 'registry/department'],
  ['registry/service-item', 'registry/window'],
  ['registry/calendar', 'registry/region'],
  ['registry/device', 'registry/region'],
  ['registry/device', 'registry/window'],
  ['intake/case', 'intake/invitation'],
  ['intake/correction', 'intake/case'],
  ['intake/correction', 'intake/invitation'],
  ['intake/acceptance', 'intake/case'],
  ['intake/acceptance', 'intake/invitation'],
  ['intake/approval', 'intake/acceptance'],
  ['intake/ticket', 'intake/acceptance'],
  ['intake/ticket', 'intake/case'],
  ['intake/ticket', 'intake/invitation'],
  ['feedback/seal', 'feedback/rating'],
  ['feedback/comment', 'feedback/rating'],
  ['feedback/follow-up', 'feedback/rating'],
  ['feedback/questionnaire', 'feedback/comment'],
  ['feedback/questionnaire', 'feedback/rating'],
  ['feedback/voice', 'feedback/stuck-matter'],
  ['feedback/follow-up', 'feedback/voice'],
  ['conduct/attendance', 'conduct/inspection'],
  ['handling/work-order', 'handling/duty'],
  ['handling/citizen-notice', 'handling/work-order'],
  ['handling/rectification', 'handling/work-order'],
  ['handling/resolution', 'handling/work-order'],
  ['handling/rectification', 'handling/exclusion'],
  ['handling/rectification', 'handling/duty'],
  ['handling/exclusion', 'handling/duty'],
  ['handling/integrity', 'handling/exclusion'],
  ['ledger/scoring', 'ledger/scheme'],
  ['ledger/scheme', 'ledger/period'],
  ['ledger/entry', 'ledger/scheme'],
  ['ledger/entry', 'ledger/scoring'],
  ['ledger/entry', 'ledger/period'],
  ['ledger/appeal', 'ledger/entry'],
  ['ledger/appeal', 'ledger/period'],
  ['ledger/appeal', 'ledger/scheme'],
  ['close/month', 'close/statement'],
  ['close/year', 'close/statement'],
  ['uses/dashboard', 'uses/publication'],
];

/**
 * What a file of a room does, told by the last word of its name: `store.ts`, or `posting-store.ts` in a big
 * room.
 */
export const ROLES = ['index', 'contract', 'actions', 'store', 'rules', 'http', 'pages', 'jobs'] as const;
export type Role = (typeof ROLES)[number] | 'noun' | 'test';

/** `app/` joins the rooms: it alone opens these files of another room besides its door (ADR 0014). */
export const OPEN_TO_APP: readonly Role[] = ['index', 'http', 'pages', 'jobs'];

/** Packages that reach the outside; a noun imports none of them. */
export const PURE_PACKAGES = ['zod', 'yaml', 'pinyin-pro'] as const;

/**
 * What a noun may take from the ground: arithmetic on bytes, the name of a fact, the shape of a rule file.
 * None of it knows a clock, chance, a disk or a database (ADR 0015).
 */
export const PURE_GROUND: Readonly<Record<string, RegExp>> = {
  'src/platform/crypto.ts': /^(Keys|MacPurpose|equalBytes|sha256)$/,
  'src/platform/facts.ts': /^(Fact|defineFact)$/,
  'src/platform/rule-shape.ts': /./,
  'src/platform/rules.ts': /^(?!read)/,
};

/** Files that hold SQL besides the stores: the ground itself. */
export const SQL_OUTSIDE_STORES = [/^src\/platform\//];

/** Who may know HTTP and who may know jobs besides http.ts, pages.ts, jobs.ts and app/. */
export const HTTP_MODULES = [
  /^fastify/,
  /^@fastify\//,
  /^node:https?$/,
  /^src\/platform\/(http|html|problem|citizen-page)\.ts$/,
];
export const JOB_MODULES = [/^graphile-worker/, /^src\/platform\/jobs\.ts$/];

/** The clock of each world; nobody else asks what time it is. */
export const CLOCKS = [/^src\/platform\/clock\.ts$/, /^web\/ui\/clock\.ts$/, /^scripts\/.*\.mjs$/];

/** Who may read the environment: the settings, what runs before the program, and what sets up the tests. */
export const ENVIRONMENT = [
  /^src\/platform\/config\.ts$/,
  /^scripts\/.*\.mjs$/,
  /^test\/support\//,
  /^bench\//,
  /^[a-z]+\.config\.ts$/,
  /^web\/[a-z]+\/vite\.config\.ts$/,
];

/** Where numbers are points or money: no fractions, no floating-point rounding. */
export const EXACT = [
  /^src\/kernel\/(points|fen|rate)\.ts$/,
  /^src\/(ledger|close)\//,
  /^src\/uses\/(pay|award)\//,
];

export const LIMITS = { file: 400, function: 70, line: 110 } as const;

/** Machine-written or pure data: outside the rules of tidiness. */
export const GENERATED = [/^package-lock\.json$/, /^db\/schema\.sql$/, /^db\/seed\/.*\.(csv|txt|json)$/];

export const FORBIDDEN_NAMES = /(^|[-.])(utils?|helpers?|common|managers?|misc)([-.]|$)/;

/** Every path that may exist, besides the rooms of the table above. */
export const PLACES: readonly RegExp[] = [
  /^(README|README\.zh-CN|CONTRIBUTING|CHANGELOG)\.md$/,
  /^LICENSE$/,
  /^(package|package-lock|tsconfig|biome|knip)\.json$/,
  /^vitest\.config\.ts$/,
  /^\.(gitignore|npmrc|gitattributes|editorconfig)$/,
  /^\.ci\/run$/,
  /^docs\/(architecture|glossary)\.md$/,
  /^docs\/decisions\/\d{4}-[a-z0-9-]+\.md$/,
  /^docs\/(operations|integration)\/[a-z0-9-]+(\.zh-CN)?\.md$/,
  // Run by whoever checks a proof: the only program among the documents.
  /^docs\/integration\/verify-receipt\.mjs$/,
  /^docs\/images\/[a-z0-9-]+\.(png|jpg|svg)$/,
  /^rules\/(national|example-city|examples)\/([a-z0-9-]+\/)*[a-z0-9-]+\.(yaml|csv|md)$/,
  /^db\/migrations\/\d{4}_[a-z0-9_]+\.sql$/,
  /^db\/schema\.sql$/,
  /^db\/seed\/([a-z0-9-]+\/)*(README\.md|[a-z0-9.-]+\.(ts|csv|txt|yaml|json))$/,
  /^src\/(kernel|platform|app)\/[a-z0-9-]+(\.test)?\.ts$/,
  /^web\/citizen\/embed-(button|frame)\.js$/,
  /^web\/(admin|kiosk|patrol|citizen|ui)\/([\w-]+\/)*[\w.-]+\.(ts|tsx|css|html|svg|json|webmanifest)$/,
  /^test\/(arch|journeys|browser|faults|support)\/([a-z0-9-]+\/)*[a-z0-9.-]+\.ts$/,
  /^bench\/[a-z0-9-]+(\.test)?\.ts$/,
  /^scripts\/[a-z0-9-]+(\.test)?\.(mjs|ts)$/,
];

/** Where reading begins: what a command, a browser page or a test run opens first. */
export const ENTRY_POINTS: readonly RegExp[] = [
  /^src\/app\/(main|server|worker|cli)\.ts$/,
  /^web\/[a-z]+\/(index\.html|main\.tsx?|vite\.config\.ts)$/,
  /^web\/(kiosk|patrol)\/worker\.ts$/,
  /^bench\/[a-z0-9-]+\.ts$/,
  /^db\/seed\/index\.ts$/,
  /^test\/support\/global-setup\.ts$/,
  /^vitest\.config\.ts$/,
];

/**
 * Tables by where they live once a province distributes them (ADR 0011); all others belong to one city
 * each.
 */
export const REFERENCE_TABLES: readonly string[] = [
  'registry.region',
  'registry.region_alias',
  'registry.city',
  'registry.calendar_day',
];
export const LOCAL_SCHEMAS: readonly string[] = ['platform', 'graphile_worker'];
/** Sign-in: written on the coordinator only. */
export const LOCAL_TABLES: readonly string[] = [
  'oversight.role',
  'oversight.role_permission',
  'oversight.sign_in_guard',
  'oversight.user',
  'oversight.session',
  'oversight.account',
  'oversight.verification',
  'oversight.two_factor',
  'oversight.api_key',
  'oversight.role',
  'oversight.role_permission',
  'oversight.sign_in_guard',
];

/** The book: the application adds to these tables and does nothing else with them. */
export const INSERT_ONLY_TABLES = [
  'ledger.entry',
  'oversight.audit',
  'feedback.rating',
  'feedback.seal',
  'feedback.seal_page',
  'feedback.questionnaire_version',
  'feedback.questionnaire_sheet',
  'uses.publication_archive',
] as const;

/** Columns that any reader understands without a comment, given the table's own. */
export const PLAIN_COLUMNS: readonly RegExp[] = [
  /^(code|name|day|month|kind|state|level|reason|text|note|username|email)$/,
  /_(at|by|code|name|id)$/,
  /^(staff_no|project_no|from_date|to_date|service_month)$/,
];
