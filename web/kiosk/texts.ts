import type { Lang } from '../../src/kernel/lang.ts';

const zh = {
  product: '窗口评价',
  window: (code: string) => `${code} 窗口`,
  idle: '办理完成后，请在这里评价本次服务',
  survey: '填写现场问卷（匿名）',
  matter: (at: string, window: string, task: string) => `您 ${at} 在 ${window} 窗口办理的“${task}”`,
  question: '您对这次服务满意吗？',
  privacy: '评价直接报送，窗口工作人员看不到您选了什么。',
  chosen: (level: string) => `您选择了：${level}`,
  why: '哪里不满意？请至少选一项或写几个字',
  what: '哪些方面做得好？可以不选',
  text: '想说的话（可以不写）',
  left: (count: number, limit: number) => `${count}/${limit}`,
  back: '重新选择',
  submit: '提交评价',
  needReason: '请至少选一项原因或写几个字，便于核实改进。',
  thanks: '谢谢您的评价',
  kept: '您的评价已经收到。',
  keptHere: '您的评价已保存在本机，网络恢复后自动上传。',
  already: '这次办理已经评价过了',
  alreadyText: '一次办理评价一次，原来的评价仍然有效。',
  full: '评价没有保存',
  fullText: '这台设备的存储已满，又连不上服务器。请告诉窗口工作人员，或扫描窗口二维码评价。',
  tryAgain: '再试一次',
  pairTitle: '与窗口配对',
  pairText: '请输入管理员在“评价设备”中生成的配对码。',
  pairCode: '配对码',
  pair: '配对',
  pairAway: '连不上服务器。请检查网络后再试。',
  insecure: '这个地址不能用于评价设备',
  insecureText: '评价设备须用 HTTPS 地址打开（本机调试可用 localhost）。请管理员按运维手册配置证书。',
  storeless: '这个浏览器不能保存数据，不能用于评价设备。请关闭无痕模式或更换浏览器。',
  online: '网络正常',
  away: '网络中断，评价会保存在本机',
  queue: (count: number) => `待上传 ${count} 条`,
  larger: '大字',
  normal: '标准字号',
  read: '朗读',
  other: 'English',
};

export type Texts = typeof zh;

const en: Texts = {
  product: 'Rating at the window',
  window: (code) => `Window ${code}`,
  idle: 'When your matter is done, please rate the service here',
  survey: 'Answer a questionnaire (anonymous)',
  matter: (at, window, task) => `Your matter “${task}” at window ${window}, ${at}`,
  question: 'How satisfied are you with this service?',
  privacy: 'The rating goes straight to the server: the staff at the window don’t see what you chose.',
  chosen: (level) => `You chose: ${level}`,
  why: 'What went wrong? Choose at least one, or write a few words',
  what: 'What was good? You may leave this open',
  text: 'In your own words (optional)',
  left: (count, limit) => `${count}/${limit}`,
  back: 'Choose again',
  submit: 'Send the rating',
  needReason: 'Choose at least one reason or write a few words, so that it can be put right.',
  thanks: 'Thank you',
  kept: 'Your rating has arrived.',
  keptHere: 'Your rating is kept here and is sent once the network is back.',
  already: 'This service has been rated already',
  alreadyText: 'Each service is rated once, and the first rating stands.',
  full: 'The rating was not saved',
  fullText:
    'This device is full and can’t reach the server. Please tell the staff, or scan the QR code at the ' +
    'window.',
  tryAgain: 'Try again',
  pairTitle: 'Pair with a window',
  pairText: 'Enter the pairing code that the administrator made under “Rating devices”.',
  pairCode: 'Pairing code',
  pair: 'Pair',
  pairAway: 'The server can’t be reached. Check the network and try again.',
  insecure: 'This address doesn’t work for a rating device',
  insecureText:
    'A rating device has to open an HTTPS address (or localhost, for trying it out). The operations manual ' +
    'tells the administrator how.',
  storeless:
    'This browser keeps no data and can’t be a rating device. Leave private mode or use another one.',
  online: 'Online',
  away: 'No network: ratings are kept on this device',
  queue: (count) => `${count} to upload`,
  larger: 'Large text',
  normal: 'Normal text',
  read: 'Read aloud',
  other: '中文',
};

export function textsOf(lang: Lang): Texts {
  return lang === 'en' ? en : zh;
}
