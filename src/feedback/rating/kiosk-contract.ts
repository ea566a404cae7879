import { z } from 'zod';
import { parseMoment } from '../../kernel/day.ts';
import { defineRefusals } from '../../kernel/refusal.ts';

defineRefusals({
  'device.too_many': {
    status: 429,
    zh: '这台设备短时间内上传的评价过多，超出部分暂未接收，仍在设备上。请一分钟后再传。',
    en:
      'This device has uploaded too many ratings in a short time; the rest was not taken and stays on it. ' +
      'Upload again in a minute.',
  },
  'desk.not_yours': {
    status: 403,
    zh: '这次办理不在您今天的窗口，不能邀请评价。请在办理的窗口邀请。',
    en: 'This service was not at a window of yours today. Have its own window ask for the rating.',
  },
  'desk.no_device': {
    status: 409,
    zh: '窗口还没有配对的评价设备，邀请没有发出。请联系管理员配对，或请群众扫描窗口二维码。',
    en:
      'No rating device is paired with the window, so nobody was asked. Ask the administrator, or show the ' +
      'QR code.',
  },
});

const wording = z.object({ 'zh-CN': z.string(), en: z.string() });

/** GET /kiosk/api/state: the device tells how many ratings wait on it. */
export const kioskQuery = z.object({
  waiting: z.coerce.number().int().min(0).max(100_000).default(0),
  lang: z.string().max(10).optional(),
});

/** What a paired device needs to know at each moment. */
export const kioskState = z.object({
  device: z.object({ name: z.string(), windowCode: z.string(), windowName: z.string() }),
  /** The invitation that waits to be shown. */
  invitation: z.string().nullable(),
  /** A questionnaire is open at the window: the tablet offers it while nobody is asked to rate. */
  survey: z.boolean(),
  /** Day of the rules: the words are asked for anew when it changes. */
  on: z.string(),
});
export type KioskState = z.output<typeof kioskState>;

/** GET /kiosk/api/words: what stays on the device while the line is cut. */
export const kioskWords = z.object({
  on: z.string(),
  levels: z.array(z.object({ code: z.number(), good: z.boolean(), words: wording })),
  tags: z.array(z.object({ code: z.number(), level: z.number(), words: wording })),
  textLimit: z.number(),
  answerSeconds: z.number(),
  thanksSeconds: z.number(),
});
export type KioskWords = z.output<typeof kioskWords>;

export const invitationParams = z.object({
  id: z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
});

/** POST /kiosk/api/invitations/:id/shown. */
export const shownInvitation = z.object({
  id: z.string(),
  taskName: z.string(),
  windowCode: z.string(),
  serviceTime: z.string(),
  /** `rated`: the screen says so and asks nothing; the window isn't told. */
  state: z.enum(['open', 'rated']),
});
export type ShownInvitationView = z.output<typeof shownInvitation>;

/** Printable, so that it can be kept as it is. */
const clientId = z.string().regex(/^[^\p{Cc}\p{Cs}]{1,64}$/u);
const deviceAt = z.iso
  .datetime({ offset: true })
  .refine((text) => parseMoment(text) !== undefined, { params: { code: 'field.moment' } })
  .nullish();

/** One rating of an upload. */
export const kioskRating = z.strictObject({
  id: clientId,
  invitation: invitationParams.shape.id,
  satisfaction: z.number().int().min(1).max(5),
  evalDetail: z.array(z.string().max(20)).max(20).default([]),
  writingEvaluation: z.string().max(5000).default(''),
  /** left by whoever wants to be contacted, while the line was there */
  contact: z.strictObject({ name: z.string().max(100).default(''), phone: z.string().max(40) }).optional(),
  /** what the device's clock says; kept beside the server's time, never counts */
  deviceAt,
  /** milliseconds from display to tap, by a clock that only runs forward */
  tookMs: z.number().int().min(0).max(86_400_000).nullish(),
});
export type KioskRating = z.input<typeof kioskRating>;

export const UPLOAD_SIZE = 100;

/** POST /kiosk/api/ratings: each is looked at by itself, so that a bad one costs the others nothing. */
export const kioskUpload = z.strictObject({ items: z.array(z.unknown()).min(1).max(UPLOAD_SIZE) });

/**
 * What became of one rating: it counts; it is kept and listed as late; it is refused for good; or it is to be
 * sent again. The device forgets it in all cases but the last.
 */
export const uploadOutcome = z.object({
  id: z.string().nullable(),
  outcome: z.enum(['recorded', 'late', 'refused', 'again']),
  receipt: z.string().nullable(),
  code: z.string().nullable(),
  detail: z.string().nullable(),
});
export type UploadOutcome = z.output<typeof uploadOutcome>;

export const uploadOutcomes = z.object({ items: z.array(uploadOutcome) });

/** POST /api/v1/devices/presses: a key of a button device. */
export const keyPress = z.strictObject({
  /** name of the key in the device's mapping */
  key: z.string().min(1).max(16),
  /** the device's own number of the press: a repeat gets the same receipt */
  id: clientId,
  deviceAt,
});
export type KeyPress = z.output<typeof keyPress>;

export const pressReceipt = z.object({ receipt: z.string(), recordedAt: z.string() });

/** GET /admin/api/desk: the windows of whoever asks, today, with what was served there last. */
export const deskView = z.object({
  windows: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      devices: z.array(
        z.object({
          name: z.string(),
          kind: z.enum(['tablet', 'button']),
          seenAt: z.string().nullable(),
          waiting: z.number().nullable(),
        }),
      ),
    }),
  ),
  items: z.array(
    z.object({
      stepId: z.string(),
      projectNo: z.string(),
      serviceNumber: z.number(),
      serviceName: z.string(),
      taskName: z.string(),
      windowCode: z.string(),
      serviceTime: z.string(),
      /** when it was last asked about and shown; whether it is rated stays the citizen's own */
      askedAt: z.string().nullable(),
      shownAt: z.string().nullable(),
    }),
  ),
});
export type DeskView = z.output<typeof deskView>;
export type DeskItem = DeskView['items'][number];

export const deskAsk = z.strictObject({ stepId: z.string().regex(/^[1-8]?\d{1,18}$/) });
export const deskAsked = z.object({ windowCode: z.string(), askedAt: z.string() });

/** GET /admin/api/late-ratings. */
export const lateQuery = z.object({
  window: z.string().max(32).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  lang: z.string().max(10).optional(),
});
export type LateQuery = z.output<typeof lateQuery>;

export const lateRow = z.object({
  stepId: z.string(),
  id: z.string(),
  projectNo: z.string(),
  serviceNumber: z.number(),
  serviceTime: z.string(),
  taskName: z.string(),
  windowCode: z.string(),
  satisfaction: z.number(),
  tags: z.array(z.number()),
  source: z.enum(['tablet', 'button']),
  shownAt: z.string(),
  deviceAt: z.string().nullable(),
  receivedAt: z.string(),
});
export type LateRow = z.output<typeof lateRow>;

export const latePage = z.object({
  items: z.array(lateRow),
  next: z.string().nullable(),
  count: z.number(),
});
