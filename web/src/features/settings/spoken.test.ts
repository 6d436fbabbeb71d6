import i18next from 'i18next'
import { beforeAll, describe, expect, it } from 'vitest'
import { lazyWords } from '@/i18n/lazy'
import { resources } from '@/i18n/resources'
import { calledWords, fieldWords, objectName, type Speech, stepsOf, tellingChanges, valueWords } from './spoken'

const words = i18next.createInstance()
let ru: Speech
let en: Speech

beforeAll(async () => {
  await words.init({
    lng: 'ru',
    resources: {
      ru: { translation: { ...resources.ru.translation, ...lazyWords.ru } },
      en: { translation: { ...resources.en.translation, ...lazyWords.en } },
    },
    interpolation: { escapeValue: false },
    showSupportNotice: false,
  })
  const names = {
    queues: { sales: 'Продажи' },
    projects: { windows: 'Окна' },
    calendars: { work: 'Рабочие часы' },
    trunks: { city: 'Городская линия' },
    scenarios: { main: 'Основной' },
    agents: { 'u-1': 'Анна · 301' },
    skills: { sales: 'Продажи окон' },
    sources: { crm: 'Клиенты' },
    doors: {},
    modes: { stocktaking: 'Инвентаризация' },
  }
  ru = { t: words.getFixedT('ru'), locale: 'ru', names }
  en = { t: words.getFixedT('en'), locale: 'en', names }
})

describe('rules of alerts', () => {
  it('are told as their editor shows them', () => {
    expect(valueWords(ru, 'alerts', 'quiet', [[1320, 420]])).toBe('22:00–07:00')
    expect(valueWords(ru, 'alerts', 'quiet', [])).toBe('нет')
    expect(valueWords(ru, 'alerts', 'figure', 'waiting')).not.toBe('waiting')
    expect(valueWords(en, 'alerts', 'hold', 90)).toBe('1\u00a0min 30\u00a0s')
  })
})

describe('a change of the settings in words', () => {
  it('names the field as its form does, and what it is about by name', () => {
    expect(fieldWords(ru, 'queues', 'max_wait')).toBe('Сколько ждать самое большее')
    expect(fieldWords(ru, 'queues', 'policy.name')).toBe('Как выбирается оператор')
    expect(fieldWords(ru, 'projects', 'caller_id')).toBe('Какой номер показывать')
    expect(fieldWords(ru, 'agents', 'extension')).toBe('Внутренний номер')
    expect(fieldWords(ru, 'queues', 'requires.windows')).toBe('Кто может ответить · windows')
    expect(fieldWords(ru, 'queues', 'chain[1]')).toBe('Дальнейшие шаги')
    expect(objectName(ru, 'queues', 'sales')).toBe('Продажи')
    expect(objectName(ru, 'numbers', '+74950000101')).toBe('+7 495 000-01-01')
    expect(fieldWords(ru, 'queues', 'requires.sales')).toBe('Кто может ответить · Продажи окон')
    expect(fieldWords(ru, 'outgoing', 'agents.skill:sales')).toBe('Исключения для людей · навык Продажи окон')
    expect(objectName(ru, 'sources', 'crm')).toBe('Клиенты')
    expect(objectName(ru, 'lookups', 'crm')).toBe('Клиенты')
    expect(objectName(ru, 'trunks', 'city')).toBe('Городская линия')
    expect(fieldWords(ru, 'calendars', 'modes.stocktaking')).toBe('Обед и другие режимы · Инвентаризация')
    expect(objectName(ru, 'skills', 'juggling')).toBeUndefined()
    expect(fieldWords(ru, 'outgoing', 'prices.mobile')).toBe('Цена минуты · мобильные')
    expect(fieldWords(ru, 'outgoing', 'agents.agent:u-1')).toBe('Исключения для людей · Анна · 301')
    expect(fieldWords(ru, 'outgoing', 'each_agent.minutes')).toBe('Каждый оператор · минут')
    expect(fieldWords(ru, 'calendars', 'days.2026-01-02')).toBe('Особые дни · 2 января 2026 г.')
  })

  it('says values with names, units and words of lists', () => {
    expect(valueWords(ru, 'queues', 'max_wait', 900)).toBe('15\u00a0мин')
    expect(valueWords(ru, 'queues', 'ring_seconds', 0)).toBe('0\u00a0с')
    expect(valueWords(en, 'queues', 'reserve_after', 5400)).toBe('1\u00a0h 30\u00a0min')
    expect(valueWords(ru, 'queues', 'reserve', 'sales')).toBe('Продажи')
    expect(valueWords(ru, 'projects', 'calendar', 'work')).toBe('Рабочие часы')
    expect(valueWords(ru, 'queues', 'policy.skill', 'sales')).toBe('Продажи окон')
    expect(valueWords(ru, 'agents', 'skills', { sales: 3 })).toBe('продажи окон: 3')
    expect(valueWords(ru, 'queues', 'policy.name', 'round_robin')).toBe('По кругу')
    expect(valueWords(ru, 'queues', 'policy.share', 0.2)).toBe('20\u00a0%')
    expect(valueWords(ru, 'queues', 'holding', false)).toBe('нет')
    expect(valueWords(ru, 'queues', 'breaks', '')).toBe('Когда угодно')
    expect(valueWords(ru, 'agents', 'queues', ['sales', 'x'])).toBe('Продажи, x')
    expect(valueWords(ru, 'numbers', 'project', 'windows')).toBe('Окна')
    expect(valueWords(ru, 'outgoing', 'night', ['local', 'mobile'])).toBe('местные, мобильные')
    expect(valueWords(ru, 'outgoing', 'night_from', 1320)).toBe('22:00')
    expect(valueWords(ru, 'outgoing', 'prices.mobile', 2.5)).toBe('2,5\u00a0₽')
  })

  it('calls what has no name of its own by what it is', () => {
    expect(calledWords(ru, 'letters', 'manager_day')).toBe('Итоги дня')
    expect(calledWords(ru, 'message_letters', 'queue:sales')).toBe('очередь «Продажи»')
    expect(calledWords(en, 'keys', 'Учётная система')).toBe('Учётная система')
    expect(calledWords(ru, 'letters', '')).toBe('')
    expect(valueWords(ru, 'alerts', '', { done: 'Вывели вторую линию', called: 'Долго ждут' })).toBe(
      'что сделано: Вывели вторую линию',
    )
    expect(fieldWords(ru, 'agents', 'conversion.Окна ПВХ 2.0')).toBe('Доля продаж · Окна ПВХ 2.0')
    expect(objectName(ru, 'debts', 'windows')).toBe('Окна')
  })

  it('says hours as a week is read', () => {
    const day = [[540, 1080]]
    expect(valueWords(ru, 'calendars', 'week', [day, day, day, day, day, [], []])).toBe(
      'Пн–Пт 09:00–18:00, Сб–Вс закрыто',
    )
    expect(valueWords(ru, 'calendars', 'days.2026-01-02', [])).toBe('закрыто')
  })

  it('says rows of several values, leaving out what says nothing', () => {
    const chain = [
      { to: 'queue', after: 15, queue: 'sales', agents: [], trunk: '', length: 0, closed: false },
      { to: 'message', after: 90, queue: '', agents: [] },
    ]
    expect(valueWords(ru, 'queues', 'chain', chain)).toBe(
      '1) куда: Другая очередь, через: 15\u00a0с, очередь: Продажи; 2) куда: Сообщение, через: 1\u00a0мин 30\u00a0с',
    )
  })

  it('leaves out what only the program knows, and says what kind a thing is', () => {
    const held = { hold: '60455b', kind: 'contact', reason: 'Спор' }
    expect(valueWords(ru, 'retention', '', held)).toBe('вид: обращение, причина: Спор')
    expect(valueWords(ru, 'sources', 'kind', 'sql_source')).toBe('База данных')
    expect(valueWords(ru, 'agents', 'devices', [{ kind: 'web' }])).toBe('вид: браузер')
    expect(valueWords(ru, 'message_letters', '', { owner: 'queue:sales' })).toBe('чьи сообщения: очередь «Продажи»')
  })

  it('tells of something new only what it is', () => {
    const made = [
      { field: 'number', before: null, after: '+74950000103' },
      { field: 'project', before: null, after: 'windows' },
      { field: 'title', before: null, after: '' },
    ]
    expect(tellingChanges(made).map((one) => one.field)).toEqual(['project'])
    const changed = [{ field: 'title', before: 'a', after: '' }]
    expect(tellingChanges(changed)).toEqual(changed)
  })

  it('tells of each step of a scenario once', () => {
    expect(
      stepsOf([
        { field: 'nodes.hello.prompts', before: ['a'], after: ['b'] },
        { field: 'nodes.hello.next', before: 'x', after: 'y' },
        { field: 'nodes.new', before: null, after: {} },
        { field: 'nodes.old', before: {}, after: null },
        { field: 'start', before: 'a', after: 'b' },
      ]),
    ).toEqual([
      { name: 'hello', how: 'changed' },
      { name: 'new', how: 'added' },
      { name: 'old', how: 'removed' },
    ])
  })
})
