"""What a new company can choose from until it makes its own lists."""

from __future__ import annotations

TOPICS: tuple[tuple[str, str, str], ...] = (
    ("sales", "", "Продажи"),
    ("sales.order", "sales", "Новый заказ"),
    ("sales.price", "sales", "Цена и условия"),
    ("sales.availability", "sales", "Наличие и сроки"),
    ("sales.advice", "sales", "Помощь в выборе"),
    ("order", "", "Действующий заказ"),
    ("order.status", "order", "Состояние заказа"),
    ("order.delivery", "order", "Доставка"),
    ("order.change", "order", "Изменение или отмена"),
    ("order.payment", "order", "Оплата и документы"),
    ("service", "", "Сервис"),
    ("service.how_to", "service", "Как пользоваться"),
    ("service.fault", "service", "Неисправность"),
    ("service.warranty", "service", "Гарантия и возврат"),
    ("complaint", "", "Жалобы и предложения"),
    ("complaint.quality", "complaint", "Качество товара или услуги"),
    ("complaint.staff", "complaint", "Работа сотрудников"),
    ("complaint.suggestion", "complaint", "Предложение или благодарность"),
    ("information", "", "Справка"),
    ("information.hours", "information", "Адрес и часы работы"),
    ("information.person", "information", "Связь с сотрудником"),
    ("partners", "", "Партнёры и поставщики"),
    ("other", "", "Прочее"),
    ("other.wrong_number", "other", "Ошиблись номером"),
    ("other.spam", "other", "Реклама и спам"),
    ("other.no_speech", "other", "Тишина в трубке, обрыв связи"),
)
"""(identifier, identifier of the topic above, title)"""

RESULTS: tuple[tuple[str, str], ...] = (
    ("resolved", "Вопрос решён"),
    ("sale", "Продажа"),
    ("order_taken", "Принят заказ"),
    ("consulted", "Дана консультация"),
    ("transferred", "Передано специалисту"),
    ("call_again", "Договорились созвониться"),
    ("refused", "Отказ клиента"),
    ("not_resolved", "Вопрос не решён"),
    ("not_target", "Не целевое обращение"),
)
"""(identifier, title)"""
