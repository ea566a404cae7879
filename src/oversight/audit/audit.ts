/** Whoever does something; any `Actor` of access is one. */
export interface AuditedActor {
  readonly kind: 'user' | 'key' | 'cli' | 'system' | 'public';
  readonly name: string;
  readonly id?: string;
  readonly username?: string;
  /** for whom they did it (AB 岗) */
  readonly onBehalfOf?: { readonly username: string };
}

export type AuditResult = 'ok' | 'refused' | 'failed';

/** One line of the audit: who, when, what, to what, with which result. Never personal data of citizens. */
export interface AuditEntry {
  actor: AuditedActor;
  /** Dotted verb such as `record.identity_viewed`, `export.scores`, `user.created`. */
  action: string;
  subjectKind: string;
  /** Key of what it was done to; empty when there is no single one. */
  subjectId: string;
  /** Numbers and codes that explain it; no names, phones, texts of citizens. */
  detail?: Readonly<Record<string, unknown>>;
  /** Why, in the actor's words, where the action asks for it. */
  reason?: string;
  result?: AuditResult;
  cityCode: string;
  at: Date;
}
