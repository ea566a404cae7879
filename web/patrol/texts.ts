import type { Lang } from '../../src/kernel/lang.ts';

const zh = {
  product: '现场巡查',
  other: 'English',
  away: '没有网络，记录先存在手机上',
  online: '网络正常',
  signedOut: '登录已失效，请重新登录后上传。未上传的记录还在手机上。',
  signIn: '去登录',
  mayNot: '您的账号没有巡查权限。请用督查或考核办账号登录。',
  storeless: '这个浏览器不能保存数据，不能用于巡查。请关闭无痕模式或更换浏览器。',
  noKit: '第一次使用要联网一次，取回窗口和规则。请连上网络后重试。',
  retry: '重试',
  window: '选择窗口',
  findWindow: '窗口编号、名称或部门',
  noWindow: '没有符合的窗口。请核对编号。',
  scan: '用手机相机扫窗口二维码，打开后点“巡查这个窗口”，也会到这里。',
  back: '返回',
  whom: '记到谁',
  theWindow: (code: string) => `窗口 ${code}`,
  theDepartment: (name: string) => `部门 ${name}`,
  rule: '选择规则',
  findRule: '规则名称或代码',
  ruleOn: (day: string) => `按 ${day} 施行的考核办法`,
  noRule: '没有符合的规则。部门进驻的规则只能记到窗口或部门。',
  veto: '一票否决',
  what: '情况',
  evidence: '看到了什么（必填）',
  evidenceNeeded: '请写明看到的情况，至少两个字。',
  visit: '来源',
  patrol: '日常巡查',
  mystery: (purpose: string) => `暗访：${purpose}`,
  photos: '现场照片',
  addPhoto: '拍照或选择照片',
  photoLimit: (most: number) => `最多 ${most} 张；在手机上压缩，不带位置等拍摄信息。`,
  notPhoto: (name: string) => `“${name}”不是这台手机能读的照片，没有添加。`,
  photoNo: (no: number) => `照片 ${no}`,
  remove: (no: number) => `去掉照片 ${no}`,
  time: '地点按窗口登记，时间以服务器收到为准；手机时间只作参考。',
  save: '保存并上传',
  full: '手机存储已满，没有保存。请先联网上传，再记。',
  saved: '已保存在手机上，联网后自动上传。',
  sent: '已上传，等待另一人核实。',
  waiting: (count: number) => `未上传 ${count} 条`,
  waitingTitle: '还没有上传',
  others: '由其他账号记录，等该账号登录后上传',
  photoCount: (count: number) => `${count} 张照片`,
  sendNow: '立即上传',
  refusedTitle: '服务器没有接收',
  putAway: '知道了，删除',
};

export type Texts = typeof zh;

const en: Texts = {
  product: 'Patrol',
  other: '中文',
  away: 'No network: findings are kept on the phone',
  online: 'Connected',
  signedOut: 'The session has ended. Sign in to send; what waits is still on the phone.',
  signIn: 'Sign in',
  mayNot: 'Your account may not patrol. Sign in as a supervisor or the assessment office.',
  storeless: 'This browser keeps no data and can’t be used on patrol. Leave private mode or use another one.',
  noKit: 'The first time needs the network once, for windows and rules. Connect and try again.',
  retry: 'Try again',
  window: 'Choose a window',
  findWindow: 'Code, name or department',
  noWindow: 'No window matches. Check the code.',
  scan: 'Scanning the QR code at a window and then “Patrol this window” leads here, too.',
  back: 'Back',
  whom: 'Charged to',
  theWindow: (code) => `Window ${code}`,
  theDepartment: (name) => `Department ${name}`,
  rule: 'Choose a rule',
  findRule: 'Name or code of the rule',
  ruleOn: (day) => `By the scheme in force on ${day}`,
  noRule: 'No rule matches. Rules of stationing charge a window or a department only.',
  veto: 'veto',
  what: 'What was seen',
  evidence: 'What was seen (needed)',
  evidenceNeeded: 'Write what was seen, two characters at least.',
  visit: 'Source',
  patrol: 'Patrol',
  mystery: (purpose) => `Mystery visit: ${purpose}`,
  photos: 'Photos',
  addPhoto: 'Take or choose photos',
  photoLimit: (most) => `${most} at most; made small on the phone, without place or camera data.`,
  notPhoto: (name) => `“${name}” is no photo that this phone can read, and was not added.`,
  photoNo: (no) => `Photo ${no}`,
  remove: (no) => `Remove photo ${no}`,
  time: 'The place is that of the window in the register, the time that of arrival at the server.',
  save: 'Save and send',
  full: 'The phone is full, so nothing was saved. Connect and send first.',
  saved: 'Kept on the phone; it is sent once there is a network.',
  sent: 'Sent. It waits for a second person.',
  waiting: (count) => `${count} not sent`,
  waitingTitle: 'Not sent yet',
  others: 'Recorded by another account; sent once it signs in',
  photoCount: (count) => `${count} photos`,
  sendNow: 'Send now',
  refusedTitle: 'Not taken by the server',
  putAway: 'Understood, delete',
};

const CHOICE = 'yiping-patrol-language';

/** The language chosen on this phone, else that of the browser. */
export function language(): Lang {
  const chosen = localStorage.getItem(CHOICE);
  if (chosen === 'en' || chosen === 'zh-CN') return chosen;
  return navigator.language.startsWith('zh') ? 'zh-CN' : 'en';
}

export function chooseLanguage(lang: Lang): void {
  localStorage.setItem(CHOICE, lang);
}

export function texts(): Texts {
  return language() === 'en' ? en : zh;
}
