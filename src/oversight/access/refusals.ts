import { defineRefusals } from '../../kernel/refusal.ts';

/** What access says no to. None of them tells whether an account exists. */
defineRefusals({
  'access.sign_in_required': {
    status: 401,
    zh: '您还没有登录，或登录已经结束。请登录后再试。',
    en: 'You are not signed in, or your session has ended. Sign in and try again.',
  },
  'access.session_expired': {
    status: 401,
    zh: '登录已超时，为安全起见已自动退出。请重新登录。',
    en: 'Your session has timed out and was ended for safety. Sign in again.',
  },
  'access.sign_in_failed': {
    status: 401,
    zh: '用户名或口令不正确，没有登录。请核对后再试；忘记口令请联系安全管理员。',
    en: 'The name or the password is wrong. Try again, or ask the security administrator for a reset.',
  },
  'access.locked': {
    status: 423,
    zh: '连续失败次数过多，暂时不能登录。请在 {time} 以后再试。',
    en: 'There were too many failed attempts. Try again after {time}.',
  },
  'access.challenge_expired': {
    status: 401,
    zh: '验证码输入超时，没有登录。请重新输入用户名和口令。',
    en: 'The code came too late. Start again with name and password.',
  },
  'access.code_wrong': {
    status: 422,
    zh: '验证码不正确或已经用过。请等验证器显示下一个验证码后再试。',
    en: 'The code is wrong or was used before. Wait for the next one and try again.',
  },
  'access.password_wrong': {
    status: 422,
    zh: '当前口令不正确，什么也没有改变。请重新输入。',
    en: 'The present password is wrong and nothing was changed. Enter it again.',
  },
  'access.password_change_required': {
    status: 403,
    zh: '这个口令是他人设置的，先要改成您自己的口令。请修改口令后继续。',
    en: 'Somebody else made this password: choose your own before you go on.',
  },
  'access.second_factor_required': {
    status: 403,
    zh: '您的角色必须使用双因素登录。请先绑定验证器后继续。',
    en: 'Your role needs a second factor: enrol an authenticator before you go on.',
  },
  'access.permission_denied': {
    status: 403,
    zh: '您的角色不能做这件事。如工作需要，请向安全管理员申请。',
    en: 'Your role does not allow this. Ask the security administrator if your work needs it.',
  },
  'access.cross_site': {
    status: 403,
    zh: '请求不是从本系统页面发出的，没有执行。请在本系统页面中操作。',
    en: 'The request did not come from this application and was not carried out. Use its own pages.',
  },
  'access.key_invalid': {
    status: 401,
    zh: '接口密钥缺失、无效、已过期或已撤销。请在 Authorization: Bearer 中提供有效密钥。',
    en: 'The API key is missing, unknown, expired or revoked. Send a valid one as Authorization: Bearer.',
  },
  'access.password_too_short': {
    status: 422,
    zh: '口令太短，至少需要 {length} 个字符。请换一个更长的口令。',
    en: 'The password is too short: use at least {length} characters.',
  },
  'access.password_too_plain': {
    status: 422,
    zh: '口令太简单，大写字母、小写字母、数字、符号中至少要有 {kinds} 种。',
    en: 'The password is too plain: use {kinds} or more of capitals, small letters, digits and others.',
  },
  'access.password_has_username': {
    status: 422,
    zh: '口令中不能包含用户名。请换一个口令。',
    en: 'The password contains the username. Choose another one.',
  },
  'access.password_unchanged': {
    status: 422,
    zh: '新口令与当前口令相同。请换一个口令。',
    en: 'The new password is the present one. Choose another one.',
  },
  'access.totp_enrolled': {
    status: 409,
    zh: '已经绑定验证器。如需更换，请先解除绑定，或请安全管理员重置。',
    en: 'An authenticator is enrolled already. Remove it, or ask the security administrator for a reset.',
  },
  'access.totp_not_begun': {
    status: 409,
    zh: '还没有开始绑定验证器。请先扫描二维码。',
    en: 'Enrolment has not begun. Scan the QR code first.',
  },
  'access.totp_obligatory': {
    status: 403,
    zh: '您的角色必须使用双因素登录，不能解除绑定。更换设备请联系安全管理员重置。',
    en: 'Your role needs the second factor. For a new device ask the security administrator for a reset.',
  },
  'access.user_unknown': {
    status: 404,
    zh: '没有这个账号。请核对用户名。',
    en: 'There is no such account. Check the username.',
  },
  'access.username_taken': {
    status: 409,
    zh: '这个用户名已被使用。请换一个用户名。',
    en: 'This username is taken. Choose another one.',
  },
  'access.username_invalid': {
    status: 422,
    zh: '用户名应为3到30个字母、数字、下划线或点。',
    en: 'A username has 3 to 30 letters, digits, underscores or dots.',
  },
  'access.role_unknown': {
    status: 422,
    zh: '没有这个角色。可以使用：{roles}。',
    en: 'There is no such role. Use one of: {roles}.',
  },
  'access.scope_unknown': {
    status: 422,
    zh: '数据范围应为本市6、9或12位行政区划代码，或部门统一社会信用代码。',
    en: "A scope is a region of this city with 6, 9 or 12 digits, or a department's USCC.",
  },
  'access.scope_required': {
    status: 422,
    zh: '这个角色的账号须有数据范围：部门的统一社会信用代码，或区划代码。请填写 scope。',
    en: 'An account of this role needs a data scope: a department’s code or a region. Give the scope.',
  },
  'access.staff_required': {
    status: 422,
    zh: '这个角色的账号必须对应一名工作人员。请提供工号。',
    en: 'An account of this role belongs to a member of staff. Give the staff number.',
  },
  'access.staff_unknown': {
    status: 422,
    zh: '名录中没有这个工号。请先登记人员，或核对工号。',
    en: 'This staff number is not in the register. Enter the person first, or check the number.',
  },
  'access.staff_taken': {
    status: 409,
    zh: '这名工作人员已有账号，一人只能有一个账号。请修改原账号的角色。',
    en: 'This person has an account, and nobody has two. Change the role of the present one.',
  },
  'access.own_account': {
    status: 409,
    zh: '不能停用、重置自己的账号或更改自己的角色。请由另一名安全管理员办理。',
    en: 'Your own account is not yours to disable, reset or promote. Ask another security administrator.',
  },
  'access.key_unknown': {
    status: 404,
    zh: '没有这个接口密钥。请刷新列表后再试。',
    en: 'There is no such API key. Load the list again.',
  },
  'access.expiry_past': {
    status: 422,
    zh: '失效时间已经过去。请选择将来的时间，或留空。',
    en: 'The expiry lies in the past. Choose a later moment or leave it empty.',
  },
});
