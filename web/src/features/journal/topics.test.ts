import { expect, it } from 'vitest'
import { topicOptions } from './topics'

it('groups leaves under their branch and keeps the order', () => {
  const topics = [
    { id: 'sales', parent: '', title: 'Продажи' },
    { id: 'price', parent: 'sales', title: 'Цена' },
    { id: 'stock', parent: 'sales', title: 'Наличие' },
    { id: 'city', parent: 'stock', title: 'В городе' },
    { id: 'other', parent: '', title: 'Другое' },
    { id: 'orphan', parent: 'gone', title: 'Без ветки' },
  ]
  expect(topicOptions({ topics })).toEqual([
    {
      group: 'Продажи',
      items: [
        { value: 'price', label: 'Цена' },
        { value: 'city', label: 'Наличие / В городе' },
      ],
    },
    { value: 'other', label: 'Другое' },
    { value: 'orphan', label: 'Без ветки' },
  ])
})
