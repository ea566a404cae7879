import { defineRefusals } from '../kernel/refusal.ts';

/** Why a copy of the instance is not made, or not taken in. */
defineRefusals({
  'backup.file_exists': {
    status: 409,
    zh: '文件 {file} 已存在，没有备份。请换一个文件名，备份从不覆盖已有文件。',
    en:
      'The file {file} exists already, so no backup was made. Choose another name: nothing is ever ' +
      'overwritten.',
  },
  'backup.unwritable': {
    status: 500,
    zh: '无法写入 {file}（{reason}），没有备份。请检查目录、权限和剩余空间。',
    en:
      '{file} can’t be written ({reason}), so no backup was made. Check folder, permissions and free ' +
      'space.',
  },
  'backup.unreadable': {
    status: 422,
    zh: '{file} 无法读取，或不是本系统的备份文件，没有恢复。',
    en: '{file} can’t be read, or is no backup of this product. Nothing was restored.',
  },
  'backup.damaged': {
    status: 422,
    zh: '备份文件中 {table} 的内容与清单不符，文件已损坏，没有恢复任何数据。请改用另一份备份。',
    en:
      'The content of {table} in the backup differs from its list: the file is damaged, and nothing was ' +
      'restored. Use another backup.',
  },
  'backup.not_empty': {
    status: 409,
    zh: '目标数据库里已有数据（{table}），没有恢复。请用一个新的空数据库或新的 DATA_DIR。',
    en:
      'The database holds data already ({table}), so nothing was restored. Use a new, empty database or a ' +
      'new DATA_DIR.',
  },
  'backup.other_version': {
    status: 409,
    zh: '备份与本程序的数据库版本不同（{migration}），没有恢复。请用备份时的程序版本恢复，再升级。',
    en:
      'The backup was made at another version of the database ({migration}), so nothing was restored. ' +
      'Restore it with the version that made it, then upgrade.',
  },
  'backup.other_key': {
    status: 409,
    zh:
      '本实例的密钥与备份时不同，个人信息和评价链接将无法读取，没有恢复。' +
      '请先把原来的 secret.key 放进 DATA_DIR，或设置原来的 SECRET_KEY。',
    en:
      'This instance has another secret than the one backed up: personal data and rating links could not ' +
      'be read. Nothing was restored. Put the former secret.key into DATA_DIR first, or set the former ' +
      'SECRET_KEY.',
  },
  'backup.other_city': {
    status: 409,
    zh: '备份属于城市 {city}，与本实例的 CITY_CODE 不同，没有恢复。请设置 CITY_CODE={city}。',
    en:
      'The backup belongs to the city {city}, and this instance’s CITY_CODE is another one. Nothing was ' +
      'restored. Set CITY_CODE={city}.',
  },
});
