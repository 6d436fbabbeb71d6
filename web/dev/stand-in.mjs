/**
 * A stand-in for the server, only for looking at the screens: `npm run stand-in`, then open its address.
 * It serves dist/ and invented data; nothing of it is shipped. STAND_IN_SCENE = busy (default), quiet, ringing,
 * talking, consult, asked, wrap_up, rona, lost, listening (as supervisor). Logins: operator, supervisor, administrator, with any password.
 */
import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { WebSocketServer } from 'ws'

const port = Number(process.env.STAND_IN_PORT ?? 26000)
const scene = process.env.STAND_IN_SCENE ?? 'busy'
const dist = new URL('../dist/', import.meta.url).pathname
const start = Date.now() / 1000
const iso = (at) => new Date(at * 1000).toISOString()

const NAMES = ['Анна Ветрова', 'Борис Лугов', 'Вера Осокина', 'Глеб Ручьёв', 'Дарья Полевая', 'Егор Заречный', 'Жанна Холмова', 'Игорь Каменев', 'Кира Лесная', 'Лев Озёрный', 'Мария Степная', 'Никита Боров', 'Ольга Рябинина', 'Павел Калинин', 'Римма Ивушкина', 'Семён Дубровин']
const STATES = ['ready', 'talking', 'talking', 'wrap_up', 'break', 'talking', 'not_answering', 'ready', 'talking', 'offline', 'talking', 'break', 'ringing', 'talking', 'wrap_up', 'offline']
const number = (n) => `+7495000${String(n % 10000).padStart(4, '0')}`
const OUTCOMES = [['answered', 'talked'], ['answered', 'talked'], ['lost', 'waiting'], ['answered', 'talked'], ['message_taken', 'message'], ['lost', 'ringing'], ['called_back', 'talked'], ['short_abandoned', 'before_answer'], ['lost', 'menu'], ['self_served', 'served_by_menu']]
const TOPICS = { topics: [{ id: 'sales', parent: '', title: 'Продажи' }, { id: 'sales.order', parent: 'sales', title: 'Новый заказ' }, { id: 'sales.price', parent: 'sales', title: 'Цена и условия' }, { id: 'order', parent: '', title: 'Действующий заказ' }, { id: 'order.status', parent: 'order', title: 'Состояние заказа' }, { id: 'order.delivery', parent: 'order', title: 'Доставка' }, { id: 'partners', parent: '', title: 'Партнёры и поставщики' }], results: ['Вопрос решён', 'Продажа', 'Принят заказ', 'Дана консультация', 'Передано специалисту', 'Договорились созвониться', 'Отказ клиента', 'Вопрос не решён', 'Не целевое обращение'].map((title, i) => ({ id: `r${i}`, title })) }
TOPICS.topics = TOPICS.topics.map((topic) => ({ project: '', requires: topic.id === 'sales.order' ? ['heard_from'] : [], archived: false, ...topic }))
TOPICS.results = TOPICS.results.map((one, i) => ({ asks_refusal: i === 6, asks_next: i === 5, archived: false, ...one }))
const named = (...titles) => titles.map((title, i) => ({ id: `c${i}`, title, archived: false }))
Object.assign(TOPICS, { sources: named('Поиск в интернете', 'Карты и справочники', 'Посоветовали знакомые'), refusals: named('Дорого', 'Не подошли сроки', 'Выбрал других'), revision: 'r' })
const SCRIPT = { start: 'hello', steps: [
  { id: 'hello', title: 'Приветствие', text: 'Здравствуйте! Компания «Светлые окна», меня зовут Анна. Чем могу помочь?', hint: 'Назовите себя и дайте человеку договорить.', fields: [{ id: 'who', title: 'Как зовут', kind: 'text', required: true, card: 'name' }], objections: [], branches: [], answers: [{ title: 'Хочет рассчитать окно', next: 'size' }, { title: 'Спрашивает о заказе', next: 'order' }, { title: 'Ошибся номером', next: '' }] },
  { id: 'size', title: 'Размеры', text: '{who}, подскажите, пожалуйста, примерную ширину и высоту?', hint: 'Точные размеры снимет мастер: замер бесплатный.', fields: [{ id: 'city', title: 'Город', kind: 'choice', choices: ['Тула', 'Орёл'], required: false, card: '' }], objections: [{ said: 'Дорого', reply: 'Понимаю. В цену входят замер, доставка и пять лет гарантии. Могу предложить рассрочку.' }, { said: 'Я подумаю', reply: 'Конечно. Когда удобно, чтобы я перезвонила?' }], branches: [], answers: [{ title: 'Согласен на замер', next: 'bye' }, { title: 'Не сейчас', next: 'bye' }] },
  { id: 'order', title: 'Действующий заказ', text: 'Назовите, пожалуйста, номер договора.', hint: '', fields: [], objections: [], branches: [], answers: [{ title: 'Дальше', next: 'bye' }] },
  { id: 'bye', title: 'Прощание', text: 'Спасибо за звонок, {who}! До свидания.', hint: '', fields: [], objections: [], branches: [], answers: [{ title: 'Конец разговора', next: '' }] },
] }
const ARTICLES = [['Доставка', 'Сроки доставки', 'Привозим за **три рабочих дня** после оплаты.\n\n## Куда\n\n- Тула и область: бесплатно\n- Орёл: 1 500 ₽\n\n> В субботу привозим до 14:00.\n\nПодробнее: [условия](https://example.org).'], ['Доставка', 'Самовывоз', 'Склад работает с 9 до 18.'], ['Оплата', 'Рассрочка', 'До шести месяцев без процентов.'], ['Гарантия', 'Возврат и обмен', 'В течение 14 дней.']].map(([folder, title, text], i) => ({ id: `a-00000000000${i}`, title, folder, tags: ['срок', 'цена'].slice(0, i), project: '', archived: false, changed_at: iso(start - 86400 * i), changed_by_name: 'Павел Калинин', useful: i * 3, useless: i % 2, text, revision: 1, my_vote: null }))

let me = null
const myContact = ['ringing', 'talking', 'consult', 'asked', 'wrap_up'].includes(scene) ? 'kaska-1.7' : ''
const myState = { ringing: 'ringing', talking: 'talking', consult: 'talking', asked: 'ringing', wrap_up: 'wrap_up', rona: 'not_answering', quiet: 'ready', inside: 'talking', inside_asks: 'talking', inside_three: 'talking', inside_held: 'talking', inside_rings: 'ringing', inside_page: 'talking', inside_page_hears: 'talking' }[scene] ?? 'ready'

function agents() {
  const rows = {}
  NAMES.forEach((name, i) => {
    const id = i === 0 ? 'operator' : `a${i}`
    const state = i === 0 ? myState : STATES[i]
    rows[id] = { id, name, extension: String(101 + i), state, reason: i === 0 && scene.startsWith('inside') ? 'inside' : state === 'break' ? ['lunch', 'rest'][i % 2] : '', since: start - 37 * (i + 1), until: state === 'wrap_up' ? start + 24 : 0, contact: i === 0 ? myContact : '', next: '', next_reason: '', device: i % 3 ? 'web' : 'phone', reachable: { [`demo-${101 + i}`]: i % 3 === 0, [`demo-${101 + i}-web`]: i % 3 !== 0 }, inside: i === 0 && scene.startsWith('inside') ? { agent: 'a3', number: '104', stage: scene === 'inside_rings' ? 'ringing' : 'talking', since: start - 73, held: scene === 'inside_held', holds: scene === 'inside_asks', asker: '', page: scene.startsWith('inside_page') ? { queue: 'sales', speaks: scene === 'inside_page', hear: ['a1', 'a4', 'a7'], busy: ['a2', 'a5'], until: start + 52 } : null, consults: scene === 'inside_asks' ? [{ leg: 'k-a3', agent: 'a5', number: '106', state: 'aside', since: start - 12, until: 0, mine: true }] : scene === 'inside_three' ? [{ leg: 'k-a3', agent: 'a5', number: '106', state: 'shared', since: start - 12, until: 0, mine: false }] : [] } : null, awaits: i === 0 && scene === 'quiet' ? ['a4'] : [] }
  })
  return rows
}

function calls() {
  if (scene === 'quiet') return {}
  const rows = {}
  const add = (i, phase, queue, since, agent = '', extra = {}) => {
    const id = `kaska-1.${i}`
    rows[id] = { id, direction: 'inbound', number: '+74950001000', caller: number(i * 37), customer: number(i * 37), caller_name: i % 4 === 0 ? 'ООО «Ромашка»' : '', project: 'shop', phase, node: 'menu', queue, since: start - since, agent: phase === 'talking' ? agent : '', offered_to: phase === 'ringing' ? agent : '', arrived_at: start - since - 14, connected_at: phase === 'talking' ? start - since : 0, held: false, held_since: extra.held ? start - 34 : 0, reminded: false, recorded: true, recording_paused: false, debt: '', asked: phase === 'ringing' ? [agent] : [], transferred_by: '', parked_until: 0, consults: [], ...extra }
  }
  add(1, 'talking', 'sales', 152, 'a1'); add(2, 'talking', 'service', 431, 'a2', { held: true }); add(3, 'talking', 'sales', 65, 'a5'); add(4, 'talking', 'service', 12, 'a8')
  add(5, 'talking', 'sales', 700, 'a10'); add(6, 'talking', 'sales', 92, 'a13')
  add(10, 'waiting', 'sales', 73); add(11, 'waiting', 'service', 41); add(12, 'waiting', 'sales', 22); add(13, 'ringing', 'sales', 18, 'a12'); add(14, 'waiting', 'service', 4); add(15, 'promised', 'sales', 300)
  add(16, 'parked', 'sales', 42, '', { transferred_by: 'a5', parked_until: start + 78 })
  add(20, 'menu', '', 9); add(21, 'menu', '', 3); add(22, 'message', '', 31)
  if (scene === 'ringing') add(7, 'ringing', 'sales', 16, 'operator', { caller_name: 'Ирина Соколова' })
  if (scene === 'talking') add(7, 'talking', 'sales', 83, 'operator', { caller_name: 'Ирина Соколова' })
  const asked = (agent, state) => ({ leg: 'x', agent, number: '', state, since: start - 14, until: start + 12 })
  if (scene === 'consult') add(7, 'talking', 'sales', 83, 'operator', { caller_name: 'Ирина Соколова', held: true, consults: [asked('a7', 'aside')] })
  if (scene === 'asked') add(7, 'talking', 'sales', 83, 'a7', { caller_name: 'Ирина Соколова', held: true, consults: [asked('operator', 'ringing')] })
  return rows
}

function debts() {
  if (scene === 'quiet') return {}
  const causes = ['waiting', 'ringing', 'menu', 'closed_hours', 'message', 'waiting', 'switch_failure']
  return Object.fromEntries(causes.map((cause, i) => [`d${i}`, { id: `d${i}`, contact: `kaska-0.${i}`, customer: i === 3 ? '' : i === 1 && myContact ? number(7 * 37) : number(i * 91 + 3), caller: '', cause, owner: i % 3 === 0 ? 'agent:operator' : 'queue:sales', project: 'shop', opened_at: start - 1800 + i * 240, due_at: start - 420 + i * 331, attempts: i % 3, calling: '', queue: i === 2 || i === 3 ? '' : 'sales', claimed_by: i === 2 ? 'a2' : '', claimed_until: i === 2 ? start + 600 : 0, escalated_at: start - 420 + i * 331 < start ? start - 300 : 0 }]))
}

const books = () => ({ today: { day: iso(start).slice(0, 10), arrived: 512, offered: 486, answered: 451, in_menu: 2, waiting: 5, talking: 6, message_taken: 8, owed: Object.keys(debts()).length, recovered: 19, lost: scene === 'quiet' ? 0 : 27, called_back: 12, short_abandoned: 9, self_served: 4, ended: 501, levels: { now: 71.4, hour: 83.2, day: 88.9, queues: { sales: { now: 66.7, hour: 81, day: 88 }, service: { now: 80, hour: 87.5, day: 90.1 } } }, modes: {} } })
const monitors = () => (scene === 'listening' ? { m1: { id: 'm1', contact: 'kaska-1.1', by: 'operator', agent: 'a1', mode: 'listen', since: start - 40, connected: true } } : {})

function contact(i) {
  const [outcome, cause] = OUTCOMES[i % OUTCOMES.length]
  const talked = outcome === 'answered' || outcome === 'called_back'
  const at = start - 200 - i * 173
  return { id: `kaska-0.${i}`, direction: i % 9 === 6 ? 'outbound' : 'inbound', channel: 'voice', number: '+74950001000', caller: number(i * 53), customer: i % 17 === 11 ? '' : number(i * 53), caller_name: i % 5 === 0 ? 'ООО «Ромашка»' : '', project: 'shop', project_name: 'Магазин', source: i % 13 === 12 ? 'fallback' : 'live', arrived_at: iso(at), queue: i % 2 ? 'sales' : 'service', queue_name: i % 2 ? 'Продажи' : 'Сервис', queued_at: iso(at + 12), wait_seconds: 8 + ((i * 7) % 60), overflowed: false, callback_promised_at: null, agents: talked ? [{ id: 'a1', name: NAMES[i % 16] }] : [], connected_at: talked ? iso(at + 30) : null, talk_seconds: talked ? 45 + ((i * 31) % 400) : 0, hold_seconds: talked && i % 4 === 0 ? 22 : 0, ended_at: iso(at + 400), outcome, cause, topic: talked ? 'order.delivery' : '', topic_title: talked ? 'Доставка' : '', result: talked ? 'r0' : '', result_title: talked ? 'Вопрос решён' : '', heard_from: '', heard_from_title: '', refusal: '', refusal_title: '', next_step: i === 0 ? 'Прислать счёт' : '', next_at: i === 0 ? iso(start + 1500) : null, note: talked && i % 3 === 0 ? 'Просил привезти после 18:00, домофон не работает' : '', recording: talked ? `kaska-0.${i}.wav` : '', recording_seconds: talked ? 12 : 0, recording_problem: '', message: outcome === 'message_taken' ? 'm.wav' : '', message_seconds: 6, debt: outcome === 'lost' ? `d${i}` : '', repays: '' }
}

function card(i, id) {
  const c = { ...contact(i), id }
  const at = Date.parse(c.arrived_at) / 1000
  const line = (position, shift, type, ru, en) => ({ position, at: iso(at + shift), type, text: { ru, en }, details: {} })
  return { ...c, trunk: 'trunk-1', scenario: 'main', scenario_version: 3, answered_at: iso(at + 1), step: 'menu', keys: '1', reserve: '', offers: 2, classified_by: '', classified_at: null, legs: [{ leg: id, party: 'customer', agent: '', agent_name: '', endpoint: '', offer: '', started_at: iso(at), up_at: iso(at + 1), connected_at: iso(at + 30), ended_at: iso(at + 120), cause: 16, talk_seconds: 90, hold_seconds: 0 }, { leg: `${id}-a1`, party: 'agent', agent: 'a3', agent_name: NAMES[3], endpoint: 'demo-104', offer: 'timed_out', started_at: iso(at + 10), up_at: null, connected_at: null, ended_at: iso(at + 25), cause: 19, talk_seconds: 0, hold_seconds: 0 }, { leg: `${id}-a2`, party: 'agent', agent: 'a1', agent_name: NAMES[1], endpoint: 'demo-102-web', offer: 'accepted', started_at: iso(at + 25), up_at: iso(at + 29), connected_at: iso(at + 30), ended_at: iso(at + 120), cause: 16, talk_seconds: 90, hold_seconds: 0 }], story: [line(1, 0, 'contact_opened', `Обращение (входящий): ${c.customer} на номер +74950001000`, 'Contact'), line(2, 1, 'leg_up', 'Клиенту ответили', 'Answered'), line(3, 1, 'step_entered', 'Шаг сценария: меню', 'Menu'), line(4, 8, 'digit_taken', 'Нажато: 1', 'Key 1'), line(5, 9, 'queued', 'В очереди «Продажи»', 'Queued'), line(6, 10, 'offered', `Предложено: ${NAMES[3]}`, 'Offered'), line(7, 25, 'offer_over', `${NAMES[3]}: не ответил вовремя`, 'Timed out'), line(8, 25, 'offered', `Предложено: ${NAMES[1]}`, 'Offered'), line(9, 30, 'connected', `Соединены: ${NAMES[1]}`, 'Connected'), line(10, 120, 'talk_over', 'Разговор окончен, 1 мин 30 с', 'Talk over'), line(11, 120, 'contact_over', 'Обращение завершено: отвечен', 'Over')] }
}

function wav() {
  const rate = 8000
  const length = rate * 12
  const file = Buffer.alloc(44 + length * 4)
  file.write('RIFF', 0); file.writeUInt32LE(36 + length * 4, 4); file.write('WAVEfmt ', 8); file.writeUInt32LE(16, 16); file.writeUInt16LE(1, 20); file.writeUInt16LE(2, 22); file.writeUInt32LE(rate, 24); file.writeUInt32LE(rate * 4, 28); file.writeUInt16LE(4, 32); file.writeUInt16LE(16, 34); file.write('data', 36); file.writeUInt32LE(length * 4, 40)
  for (let i = 0; i < length; i++) {
    const second = i / rate
    const speaks = Math.floor(second / 2) % 2
    const sound = Math.sin(second * 2 * Math.PI * 300) * Math.abs(Math.sin(second * 9)) * Math.abs(Math.sin(second * 2.3)) * 12000
    file.writeInt16LE(speaks ? 0 : Math.round(sound), 44 + i * 4); file.writeInt16LE(speaks ? Math.round(sound) : 0, 46 + i * 4)
  }
  return file
}

const allDebts = (status) => Object.values(debts()).map((d) => ({ ...d, caller_name: '', number: '+74950001000', owner_name: d.owner.startsWith('agent') ? NAMES[0] : 'Продажи', project_name: 'Магазин', opened_at: iso(d.opened_at), due_at: iso(d.due_at), status, overdue: d.due_at < start, reached: false, last_attempt_at: d.attempts ? iso(start - 600) : null, last_attempt_by: 'a1', last_attempt_by_name: d.attempts ? NAMES[1] : '', message: d.cause === 'message' ? 'm.wav' : '', message_seconds: 6, closed_at: status === 'closed' ? iso(start - 300) : null, how: status === 'closed' ? ['called_back', 'came_back', 'written_off'][Number(d.id.slice(1)) % 3] : '', closed_by: '', closed_by_name: NAMES[2], closing_contact: 'kaska-0.3', reason: '', queue: 'sales', queue_name: 'Продажи', priority: 0, tries: d.attempts, tries_most: 3, last_result: d.attempts ? ['no_answer', 'busy'][d.attempts % 2] : '', next_at: null, promised_until: d.id === 'd5' ? iso(d.due_at) : null, promised_note: 'после обеда', calling: undefined, escalated_at: d.due_at < start ? iso(d.due_at) : null, claimed_by: d.id === 'd2' ? 'a2' : '', claimed_by_name: NAMES[2], claimed_until: d.id === 'd2' ? iso(start + 600) : null }))

const people = () => NAMES.slice(0, 8).map((name, i) => ({ id: i === 0 ? 'operator' : `a${i}`, login: `user${i + 1}`, name, role: ['operator', 'operator', 'supervisor', 'administrator'][i % 4], locale: 'ru', disabled: i === 6, must_change_password: i === 4, revision: `r${i}` }))

const routes = {
  'GET /api/session': () => (me ? [200, me] : [401, { code: 'not_signed_in', message: 'Войдите в систему.' }]),
  'POST /api/session': (body) => {
    if (body.password === 'wrong') return [401, { code: 'wrong_credentials', message: 'Неверный логин или пароль.' }]
    if (body.password === 'locked') return [429, { code: 'too_many_attempts', message: 'Слишком много попыток входа. Повторите через 30 с.' }]
    const role = ['operator', 'supervisor', 'administrator'].includes(body.login) ? body.login : 'operator'
    const permissions = ['own_session', 'watch_floor', 'take_calls', 'read_calls', 'classify_calls', 'listen_recordings', 'read_debts', 'call_back', 'read_customers', 'edit_customers', 'read_knowledge']
    if (role !== 'operator') permissions.push('write_off_debts', 'read_reports', 'read_reconciliation', 'read_configuration', 'configure', 'assign_debts', 'edit_knowledge', 'page_groups')
    if (role === 'administrator') permissions.push('configure', 'publish', 'manage_people', 'read_audit')
    me = { id: 'operator', tenant: 'demo', tenant_name: 'Демо', login: body.login, name: NAMES[0], role, locale: 'ru', permissions, must_change_password: body.password === 'one-time', csrf_token: 'x', screen: false }
    return [200, me]
  },
  'POST /api/session/password': () => [200, (me = { ...me, must_change_password: false })],
  'DELETE /api/session': () => ((me = null), [204]),
  'GET /api/agents/me/phone': () => [200, { agent: 'operator', extension: '101', accounts: [{ kind: 'phone', username: 'demo-101', password: 'pw-for-the-stand-in', uri: 'sip:demo-101@127.0.0.1', server: '127.0.0.1:5060', websocket_path: '' }, { kind: 'web', username: 'demo-101-web', password: 'pw', uri: 'sip:demo-101-web@127.0.0.1', server: '', websocket_path: '/api/phone/ws' }] }],
  'GET /api/agents/me/queues': () => [200, { queues: ['sales'] }],
  'GET /api/directory': () => [200, { projects: { shop: 'Магазин' }, queues: { sales: 'Продажи', service: 'Сервис' }, agents: Object.fromEntries(Object.values(agents()).map((a) => [a.id, { name: a.name, extension: a.extension }])) }],
  'GET /api/topics': () => [200, TOPICS],
  'GET /api/agents/me/drafts': () => [200, [{ contact: 'kaska-0.5', at: iso(start - 900), said: { topic: 'sales', result: '', note: 'Спрашивал про откосы, обещал прислать размеры', heard_from: '', refusal: '', next_step: '', next_at: null } }]],
  'GET /api/agents/me/promises': () => [200, [{ contact: 'kaska-0.3', customer: number(159), caller_name: 'Ирина Соколова', next_step: 'Прислать счёт на два окна', next_at: iso(start + 1500), topic_title: 'Продажи' }]],
  'GET /api/agents/me/day': () => {
    const mine = { talks: 31, talk_average: 120, hold_average: 8, missed: 1, recovered: 2, classified: 0.9 }
    return [200, { since: iso(start - 30000), mine, peers: 8, others: { talks: 23.5, talk_average: 184, hold_average: 12, missed: 1.5, recovered: 1, classified: 0.84 } }]
  },
  'GET /api/scripts/in-hand': () => [200, myContact ? { script: 'order', name: 'Заказ окна', version: 3, document: SCRIPT, run: null } : null],
  'GET /api/scripts': () => [200, [{ id: 'order', name: 'Заказ окна', places: [{ kind: 'project', id: 'shop' }], version: 3, archived: false, changed_at: iso(start - 9000), changed_by_name: NAMES[2] }, { id: 'debt', name: 'Перезвон потерянным', places: [], version: 0, archived: false, changed_at: iso(start - 900), changed_by_name: NAMES[2] }]],
  'GET /api/scripts/order': () => [200, { id: 'order', name: 'Заказ окна', places: [{ kind: 'project', id: 'shop' }], version: 3, archived: false, changed_at: iso(start - 9000), changed_by_name: NAMES[2], draft: SCRIPT, revision: 4, problems: [], is_published: true }],
  'GET /api/scripts/order/versions': () => [200, [3, 2, 1].map((version) => ({ version, at: iso(start - 86400 / version), by_name: NAMES[2] }))],
  'GET /api/scripts/order/versions/3/figures': () => [200, { version: 3, runs: 120, finished: 71, steps: SCRIPT.steps.map((step, i) => ({ step: step.id, title: step.title, reached: [120, 88, 20, 80][i], left: [6, 31, 3, 9][i] })) }],
  'GET /api/knowledge/articles': () => [200, ARTICLES.map(({ text: _text, revision: _revision, my_vote: _vote, ...summary }) => summary)],
  'GET /api/knowledge/search': (_, query) => [200, { items: query.get('text').startsWith('дост') ? ARTICLES.slice(0, 2).map(({ id, title, folder }) => ({ id, title, folder, excerpt: 'Привозим за три рабочих дня после оплаты. Тула и область: бесплатно …' })) : [], corrected: false, partial: false }],
  'GET /api/knowledge/misses': () => [200, [{ sought: 'рассрочк', shown: 'рассрочка без первого взноса', times: 7, last_at: iso(start - 60), last_by_name: NAMES[1] }]],
  'GET /api/customers/caller': () => [200, { number: number(259), customer: { id: 'c1', kind: 'person', name: 'Ирина Соколова', company: '', company_name: 'ООО «Ромашка»', position: '', language: 'ru', vip: true, tags: ['рассрочка'], agent: '', agent_name: '', identities: [], contacts: 3, last_contact_at: null, changed_at: iso(start) }, repeat: true, contacts: 3, last_contact_at: null, last_note: null, debts: [] }],
  'GET /api/customers/fields': () => [200, { shop: [{ id: 'address', title: 'Адрес', kind: 'text', choices: [] }] }],
  'GET /api/contacts': (_, query) => {
    if (query.get('phone')?.startsWith('+')) return [200, { items: scene === 'quiet' ? [] : [2, 0, 10].map(contact), next_cursor: null }]
    if (query.get('outcome') === 'blocked' || scene === 'quiet') return [200, { items: [], next_cursor: null }]
    const from = Number(query.get('cursor') || 0)
    return [200, { items: Array.from({ length: 50 }, (_, i) => contact(from + i)), next_cursor: String(from + 50) }]
  },
  'GET /api/debts': (_, query) => [200, { items: allDebts(query.get('status') ?? 'open'), next_cursor: null }],
  'GET /api/debts/figures': () => [200, { timezone: 'Europe/Moscow', owed: Object.keys(debts()).length, overdue: scene === 'quiet' ? 0 : 2, escalated: 2, opened_today: 27, recovered_by_us_today: 12, came_back_today: 7, unreachable_today: 2, refused_today: 1, written_off_today: 1, recovered_share: 0.7 }],
  'GET /api/debts/recovery': (_, query) => {
    const row = (key, name, n) => ({ key, name, opened: n * 10, owed: n, overdue: 1, by_us: n * 5, came_back: n * 2, unreachable: n, refused: n, written_off: 0, five_minutes: n * 3, twenty_minutes: n * 2, hour: n, day: n, later: 0, never: n * 2, recovered_share: 0.7, median_seconds: 340 + n })
    const rows = query.get('by') === 'cause' ? [row('waiting', '', 9), row('menu', '', 4)] : [row('sales', 'Продажи', 9), row('service', 'Сервис', 4), row('', '', 1)]
    return [200, { since: '2026-11-20', until: '2026-11-26', timezone: 'Europe/Moscow', total: row('', '', 14), rows }]
  },
  'GET /api/debts/rules': () => [200, [{ project: 'shop', project_name: 'Магазин', debt_minutes: 20, own: true, rules: { deadlines: [{ minutes: 5, causes: ['waiting', 'ringing'], priority: 2 }, { minutes: 60, causes: ['closed_hours'], priority: null }], tries: 3, spacing_minutes: 30, assign: 'round_robin', escalates: true, escalate_minutes: 10, automatic: true, automatic_queue: '', automatic_minutes: 1, any_hour: false, workday_hours: [480, 1320], day_off_hours: null, lease_minutes: 10 } }]],
  'GET /api/people': () => [200, people()],
  'GET /api/agents': () => [200, Object.values(agents()).slice(0, 6).map((a) => ({ id: a.id, name: a.name, extension: a.extension, skills: { sales: 3, service: 5 }, queues: [], conversion: {}, text_capacity: 1, screened: false, endpoints: [], revision: 'r1' }))],
  'POST /api/people': (body) => [201, { id: 'new', ...body, disabled: false, must_change_password: true, one_time_password: 'kedr-7-rucheek-41' }],
  'GET /api/reconciliation': () => {
    const difference = (i, resolved) => ({ contact: `kaska-0.${i}`, kind: 'missing_in_ledger', text: { ru: 'Станция записала звонок, которого нет в журнале событий', en: 'The switch recorded a call that the ledger does not have' }, detail: { number: '+74950000101', caller: '+74950000777' }, first_seen: iso(start - 500), resolved_at: resolved ? iso(start - 300) : null, arrived_at: iso(start - 600), explanation: resolved ? 'late' : '', explanation_text: resolved ? { ru: 'дошло с опозданием', en: 'arrived late' } : null })
    const bad = scene === 'lost'
    return [200, { last_run: { ran_at: iso(start - 20), since: iso(start - 86400), until: iso(start - 60), switch: bad ? 502 : 501, cdr: 501, ledger: 501, talked: 451, recordings: 451, lines: 7, going_on: 7 }, open_total: bad ? 1 : 0, open: bad ? [difference(5, false)] : [], resolved: [difference(3, true), difference(4, true)], laws_checked_at: iso(start - 20), violations: [], proof: { checked_to: 48210, broken_total: 0, sealed_day: iso(start - 86400).slice(0, 10), seal: '9f3ac0de41b7'.padEnd(64, '0'), verified_at: iso(start - 7200), verified_facts: 47900, verified_through: iso(start - 86400).slice(0, 10), bad_day: null, bad_why: '' } }]
  },
  'GET /api/reconciliation/days': (_, query) => {
    const bad = scene === 'lost'
    const cause = (kind, ru, en, open, explained) => ({ kind, text: { ru, en }, open, explained })
    const days = Array.from({ length: Number(query.get('back') ?? 14) }, (_, i) => {
      const n = 501 - ((i * 37) % 160)
      const died = i === 3 ? 2 : 0
      const missing = bad && i === 0 ? 1 : 0
      const causes = [
        ...(missing ? [cause('missing_in_ledger', 'Звонок есть на станции, но его нет в журнале', 'The switch has the call, the ledger has not', 1, 0), cause('counter_differs', 'Счётчик станции насчитал не столько звонков, сколько в её записях', 'The switch’s counter has counted another number of calls than its records tell of', 1, 0)] : []),
        ...(died ? [cause('switch_died', 'Станция упала во время звонка: CDR о нём она не написала', 'The switch died with the call: it wrote no CDR of it', 0, died)] : []),
        ...(i === 5 ? [cause('not_to_record', 'Разговор не записан по правилам или запись стёрта', 'The conversation was not to be recorded, or its recording was erased', 0, 14)] : []),
      ]
      return { day: iso(start - i * 86400).slice(0, 10), counter: i > 9 ? null : n + missing * 2, switch: n + missing, cdr: n + missing - died, ledger: n, talked: n - 50, recordings: n - 50 - (i === 5 ? 14 : 0), open: missing * 2, causes }
    })
    return [200, { zone: 'Europe/Moscow', days }]
  },
  'GET /health': () => [200, { ok: scene !== 'lost', parts: { database: { ok: true, detail: 'PostgreSQL 15' }, switch: { ok: scene !== 'lost', detail: scene === 'lost' ? 'нет соединения 12 с' : 'Asterisk 22' }, engine: { ok: true, detail: '' }, shipping: { ok: true, detail: 'отставание 0,2 с' } } }],
}

const pair = (ru, en) => ({ ru, en })
const column = (id, ru, en, kind = 'count', good = '', opens = {}) => ({ id, title: pair(ru, en), kind, note: pair('', ''), good, opens: kind === 'count' ? opens : null })
const REPORTS = [['minimal', 'Минимальный отчёт', 'Minimal report'], ['service', 'Уровень сервиса', 'Service level'], ['waiting', 'Ожидание и разговор', 'Waiting and talking'], ['peaks', 'Пиковые часы', 'Peak hours'], ['unserved', 'Неудовлетворённый спрос', 'Unserved demand'], ['outcomes', 'Итоги обращений', 'Outcomes'], ['agents', 'Операторы', 'Agents'], ['topics', 'Тематики', 'Topics'], ['results', 'Результаты', 'Results'], ['refusals', 'Причины отказов', 'Refusal reasons'], ['sources', 'Источники', 'Sources'], ['durations', 'Выбросы длительности', 'Duration outliers'], ['transfers', 'Переводы', 'Transfers'], ['recordings', 'Записи разговоров', 'Recordings'], ['cost', 'Стоимость обращения', 'Cost per contact']].map(([id, ru, en]) => ({ id, title: pair(ru, en), about: pair('Сколько людей обратилось, скольким ответили, сколько ждали и говорили.', 'How many people approached us, how many were answered, how long they waited and talked.'), by: id === 'peaks' ? ['slot'] : ['day', 'week', 'weekday', 'half_hour', 'project', 'queue', 'number'], narrows: ['project', 'queue', 'number'], targets: id === 'service' }))
const DAYS = ['пн', 'вт', 'ср', 'чт', 'пт', 'сб', 'вс']
const COLUMNS = [column('contacts', 'Обращений', 'Contacts'), column('offered', 'В очередь', 'Offered'), column('answered', 'Отвечено', 'Answered', 'count', 'more'), column('abandoned', 'Потеряно', 'Abandoned', 'count', 'less'), column('abandoned_share', 'Доля потерь', 'Abandoned share', 'share', 'less'), column('message_taken', 'Сообщений', 'Messages'), column('called_back', 'Перезвонили', 'Called back'), column('self_served', 'Обслужило меню', 'Self-served'), column('wait', 'Ожидание до ответа', 'Mean wait', 'seconds', 'less'), column('talk', 'Средний разговор', 'Mean talk', 'seconds')]
const figuresOf = (n, lost, before) => [n, Math.round(n * 0.94), Math.round(n * 0.94) - lost, lost, n ? lost / n : null, Math.round(n / 40), Math.round(n / 60), Math.round(n / 90), n ? 14.2 + lost : null, n ? 171 + (n % 13) : null].map((value, at) => ({ value, before: before && value !== null ? value * (at % 3 ? 0.93 : 1.08) : null, opens: null }))
function reportTable(id, query) {
  const report = REPORTS.find((one) => one.id === id) ?? REPORTS[0]
  const before = query.get('compare') !== null
  const slot = id === 'peaks'
  const load = (day, half) => Math.max(0, Math.round((Math.sin(((half - 15) / 48) * 2 * Math.PI) + 0.6) * (day > 4 ? 9 : 31) + ((day * 7 + half * 3) % 5)))
  const rows = slot ? DAYS.flatMap((name, day) => Array.from({ length: 48 }, (_, half) => { const time = `${String(half >> 1).padStart(2, '0')}:${half % 2 ? '30' : '00'}`; const n = load(day, half); return { key: [String(day + 1), String(half)], label: pair(`${name} ${time}`, `${name} ${time}`), figures: [0, 1, 2, 3].map((at) => [n, Math.round(n * 0.9), Math.round((n * (half % 7)) / 40), n ? (half % 7) / 40 : null][at]).map((value) => ({ value, before: null, opens: null })), opens: { weekday: day + 1, half_hour: half } } })) : Array.from({ length: 30 }, (_, i) => { const n = 420 + ((i * 37) % 160) - (i % 7 > 4 ? 260 : 0); const label = new Date((start - (29 - i) * 86400) * 1000).toLocaleDateString('ru'); return { key: [label], label: pair(label, label), figures: figuresOf(n, 8 + ((i * 5) % 23), before), opens: {} } })
  const columns = slot ? [COLUMNS[0], COLUMNS[1], COLUMNS[3], COLUMNS[4]] : COLUMNS
  const total = { key: [], label: pair('Всего', 'Total'), figures: slot ? [12031, 11204, 640, 0.057].map((value) => ({ value, before: null, opens: null })) : figuresOf(12840, 512, before), opens: {} }
  return { report, by: slot ? 'slot' : 'day', first: '2026-10-27', last: '2026-11-25', zone: 'Europe/Moscow', target: 20, opens: { ended: true, direction: 'inbound' }, columns, rows, total, behind: 0 }
}
routes['GET /api/reports'] = () => [200, { reports: REPORTS, choices: { zone: 'Europe/Moscow', per_contact: 12, per_minute: 4.5, per_hour: 380, sales: ['r1', 'r2'], not_target: ['r8'], return_days: 30 }, targets: [10, 15, 20, 30, 45, 60, 90, 120], behind: 0 }]

const server = createServer((request, response) => {
  const url = new URL(request.url, 'http://x')
  const send = ([status, body]) => {
    response.writeHead(status, { 'Content-Type': 'application/json' })
    response.end(body === undefined ? undefined : JSON.stringify(body))
  }
  let text = ''
  request.on('data', (part) => (text += part))
  request.on('end', () => {
    const route = routes[`${request.method} ${url.pathname}`]
    if (route) return send(route(text ? JSON.parse(text) : {}, url.searchParams))
    const one = /^\/api\/contacts\/([^/]+)$/.exec(url.pathname)
    const report = /^\/api\/reports\/([^/]+)$/.exec(url.pathname)
    if (report && request.method === 'GET') return send([200, reportTable(report[1], url.searchParams)])
    if (one) return send([200, card(Number(one[1].split('.').pop()) || 0, decodeURIComponent(one[1]))])
    const article = ARTICLES.find((item) => url.pathname === `/api/knowledge/articles/${item.id}`)
    if (article) return send([200, article])
    if (/\/(recording|message)$/.test(url.pathname)) {
      response.writeHead(200, { 'Content-Type': 'audio/wav' })
      return response.end(wav())
    }
    if (url.pathname.startsWith('/api/')) return send(request.method === 'GET' ? [404, { code: 'not_found', message: 'Нет такого.' }] : [204])
    let file = join(dist, url.pathname)
    if (!existsSync(file) || statSync(file).isDirectory()) file = join(dist, 'index.html')
    const type = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html', '.svg': 'image/svg+xml', '.woff2': 'font/woff2' }[extname(file)]
    response.writeHead(200, { 'Content-Type': type ?? 'application/octet-stream' })
    createReadStream(file).pipe(response)
  })
})

const sockets = new WebSocketServer({ noServer: true })
server.on('upgrade', (request, socket, head) => {
  if (request.url !== '/api/live') return socket.destroy()
  sockets.handleUpgrade(request, socket, head, (ws) => {
    ws.send(JSON.stringify({ type: 'snapshot', cursor: 1, view: { calls: calls(), agents: agents(), debts: debts(), books: books(), ...(me && me.role !== 'operator' && { monitors: monitors() }) } }))
    if (process.env.STAND_IN_DROP) setTimeout(() => ws.close(1013), 1500)
  })
})
server.listen(port, '127.0.0.1')
