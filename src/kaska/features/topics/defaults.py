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

RESULTS: tuple[tuple[str, str, bool, bool], ...] = (
    ("resolved", "Вопрос решён", False, False),
    ("sale", "Продажа", False, False),
    ("order_taken", "Принят заказ", False, False),
    ("consulted", "Дана консультация", False, False),
    ("transferred", "Передано специалисту", False, False),
    ("call_again", "Договорились созвониться", False, True),
    ("refused", "Отказ клиента", True, False),
    ("not_resolved", "Вопрос не решён", False, False),
    ("not_target", "Не целевое обращение", False, False),
)
"""(identifier, title, asks why it was refused, asks for the next step)"""

SOURCES: tuple[tuple[str, str], ...] = (
    ("search", "Поиск в интернете"),
    ("site", "Наш сайт"),
    ("maps", "Карты и справочники"),
    ("social", "Социальные сети"),
    ("friends", "Посоветовали знакомые"),
    ("outdoor", "Вывеска, наружная реклама"),
    ("mail", "Рассылка, письмо"),
    ("client", "Уже наш клиент"),
    ("not_said", "Не сказал"),
)
"""(identifier, title)"""

REFUSALS: tuple[tuple[str, str], ...] = (
    ("price", "Дорого"),
    ("terms", "Не подошли сроки"),
    ("absent", "Нет того, что нужно"),
    ("competitor", "Выбрал других"),
    ("thinks", "Хочет подумать"),
    ("place", "Не подходит место"),
    ("not_needed", "Больше не нужно"),
    ("not_said", "Не объяснил"),
)
"""(identifier, title)"""
