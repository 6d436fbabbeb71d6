/** Parking, and taking calls that ring elsewhere or wait. */
export const taking = {
  taking: {
    park: 'Поставить на парковку',
    park_hint: 'Клиент слушает музыку, и его возьмёт любой коллега; через две минуты он вернётся к вам (P)',
    parked: 'На парковке',
    parked_by: 'поставил(а) {{name}}',
    returns_in: 'вернётся через',
    take: 'Взять',
    take_who: 'Взять звонок: {{who}}',
    rings_at: 'звонит: {{name}}',
    all: 'все очереди',
    mine: 'только мои',
    others_one: 'Ещё {{count}} ждёт в чужих очередях',
    others_few: 'Ещё {{count}} ждут в чужих очередях',
    others_many: 'Ещё {{count}} ждут в чужих очередях',
    others_other: 'Ещё {{count}} ждут в чужих очередях',
    stale: 'Нет связи с сервером: цифры прежние,',
    keys: {
      park: 'Парковка; без разговора — снять с неё того, кто там дольше',
      pick_up: 'Перехватить звонок, который звонит у коллеги',
      line: 'Перейти к линии: Tab — следующий, Enter — взять',
    },
  },
}
