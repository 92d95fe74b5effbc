"""Pairs written by hand: one person's name, and names of two people. All invented."""

SAME = """
Асанбеков Нурдөөлөт | ASANBEKOV NURDOOLOT
Асанбеков Нурдөөлөт Эркинович | Asanbekov Nurdolot
Кожоева Жыпаргүл Таштановна | KOZHOEVA<<ZHYPARGUL<TASHTANOVNA
Кожоева Жыпаргүл | Kojoeva Jypargul
Кожоева Жыпаргүл | KODZHOEVA DZHYPARGUL
Джумалиева Чинара | Жумалиева Чынара
Чокморов Сүймөнкул | Suimenkul Chokmorov
Чокморов Сүймөнкул | TCHOKMOROV SOUIMENKOUL
Шүкүрбекова Үпөл | Shukurbekova Upol
Шукурбекова Упол | ШҮКҮРБЕКОВА ҮПӨЛ
Өзүбеков Үсөнбек | OZUBEKOV<<USONBEK
Өзүбеков Үсөнбек | Uzubekov Usenbek
Эралы уулу Кайрат | KAYRAT ERALY UULU
Эралы уулу Кайрат | ERALI<UULU<<KAIRAT<<<<<<<<<<
Эралы уулу Кайрат | Эралы улуу Кайрат
Эралыуулу Кайрат | Эралы уулу Кайрат
Самүдин кызы Гүлбарчын | GULBARCHYN SAMUDIN KYZY
Самүдин кызы Гүлбарчын | Samudin Kizi Gulbarchin
Самүдин кызы Гүлбарчын | SAMUDIN-KYZY GULBARCHYN
Маматов Жээнбай Эркин уулу | Маматов Жээнбай Эркинович
Маматов Жээнбай Эркин уулу | MAMATOV ZHEENBAI
Ташиев Кушбакыт Калыкович | Tashiyev Kushbakyt
Ташиев Кушбакыт | Кушбакыт Ташиев
Абдималиков Хамидулло Ёрматович | ABDIMALIKOV XAMIDULLO YORMATOVICH
Абдималиков Хамидулло | Abdimalikov Hamidullo
Йўлчиев Ғанишер Ўктамович | YO'LCHIYEV G'ANISHER O'KTAMOVICH
Йўлчиев Ғанишер | Юлчиев Ганишер
Ўринов Қудрат Собир ўғли | O‘RINOV QUDRAT SOBIR O‘G‘LI
Ўринов Қудрат Собир ўғли | URINOV KUDRAT SABIROVICH
Ўринова Муяссар Собир қизи | O'rinova Muyassar Sobir qizi
Ҷӯраев Муҳриддин | JURAEV MUHRIDDIN
Ҷӯраев Муҳриддин | Джураев Мухриддин
Шарифзода Хуррам | SHARIFZODA KHURRAM
Қурбонзода Мунаввара Шарифовна | Qurbonzoda Munavvara
Нұрсейітов Ерлан Қанатұлы | Nurseitov Yerlan
Әбдіров Мұхтар | Abdirov Mukhtar
Герасименко Ярослава Львовна | HERASYMENKO YAROSLAVA | x
Герасименко Ярослава Львовна | Gerasimenko Iaroslava
Рудаков Всеволод Аркадьевич | RUDAKOV<<VSEVOLOD<ARKADEVICH
Рудаков Всеволод Аркадьевич | Rudakoff Vsevolod | x
Рудаков Всеволод | Roudakov Vsevolod
Жеребцова Агриппина | ZHEREBTSOVA AGRIPPINA
Жеребцова Агриппина | Jerebtsova Agrippina
Шестопалов Лаврентий | Schestopalov Lavrentij
Шестопалов Лаврентий | Shestopalov Lavrenty
Щипачёв Юлий | Shchipachyov Yuliy
Щипачёв Юлий | SHCHIPACHEV IULII
Эйдельман Яков Абрамович | Eidelman Yakov
Троицкий Аристарх | TROITSKII ARISTARKH
Троицкий Аристарх | Troitsky Aristarkh
Троицкая Фёкла | Troitskaya Fyokla
Хегай Вячеслав | KHEGAI VIACHESLAV
Хегай Вячеслав | Hegay Vyacheslav
Тен Валентина Ивановна | TEN<<VALENTINA<<<<<<<<<<<<<<<
Юнг Гюнтер | Jung Günter
Мамбеталиев Эркинбек Жумадилович | MAMBETALIEV<<ERKINBEK<ZHUMADIL
Мамбеталиев Эркинбек Жумадилович | MAMBETALIEV<<ERKINBEK<ZHUMADILOVICH<<<<
Кудайбергенова Айжаркын Төрөкуловна | KUDAIBERGENOVA<<AIZHARKYN<TOROKULOVNA<<
Кудайбергенова Айжаркын | KUDAIBERGENOVA<<AIZHARKYN<TORO
Абдыкеримов Медербек | Медербек Абдыкеримов
Султангазиев Нур-Мухаммед | SULTANGAZIEV NURMUKHAMMED
Султангазиев Нурмухаммед | Sultangaziev Nur Muhammed
Ак-Матов Темир | Akmatov Temir
Сарбагышева Айнагүл | Sarbagysheva Ainagul
Сарбагышева Айнагүл | Sarbagysheva Ainaguul
Сарбагышева Айнагүл | Sarbagisheva Ainagu
Сарбагышев Нурканат | Sarbagyhsev Nurkanat
Сарбагышев Нурканат | Sarbagshev Nurkanat
Керимшеев Бакытбек | Kerimsheev Bakytbbek
Тууганбаев Мусабек | Tuganbayev Musabek
Тууганбаев Мусабек | TUUGANBAEV MUSABEK
Мукамбетов Арстанбек | Mukanbetov Arstanbek
Асан теги Бакыт Эркин уулу | ASAN TEGI BAKYT ERKIN UULU
Асан тегин Бакыт | Асан теги Бакыт
Ногойбаев, Кушчубек | Кушчубек Ногойбаев
Bek Temir Ismailov | Исмаилов Бектемир
Иванова-Краснова Лидия | IVANOVA KRASNOVA<<LIDIIA
Иванова-Краснова Лидия | Иванова Лидия
Ли Аркадий Чанирович | LI ARKADII
Ларионов Егор | LARIONOV YEGOR
Ларионов Егор | Larionov Jegor
Эсенгельдиев Ыманалы | ESENGELDIEV YMANALY
Эсенгельдиев Ыманалы | Yesengeldiev Imanaly
Гаипов Фуркат Хошимжонович | GAIPOV FURQAT XOSHIMJONOVICH
"""

OTHER = """
Асанбеков Нурдөөлөт | ASANBEKOV NURSULTAN
Асанбеков Нурдөөлөт | ASANALIEV NURDOOLOT
Асанов Эркин | Усенов Эркин
Асанов Эркин | Хасанов Эркин
Асанов Эркин | ASANOVA ERKIN
Асанов Эркин | Исаев Эркин
Марат уулу Эркин | Мурат уулу Эркин
Марат уулу Эркин | Эркин уулу Марат
Марат уулу Эркин | MARAT KYZY ERKINAI
Марат уулу Эркин | MARAT<UULU<<ERMEK<<<<<<<<<<
Асан уулу Бакыт | Асанов Бакыт
Касымов Марат | Касымов Мурат
Касымов Марат | Karimov Marat
Касымов Марат | Kasymaliev Marat
Касымов Марат Эркинович | Касымов Марат Асанович
Касымов Марат Эркинович | Касымов Эркин Маратович
Касымова Жылдыз | Касымова Жыпар
Касымова Айнура | Касымова Айнагүл
Касымова Гүлмира | KASYMOVA GULNARA
Касымова Гүлнур | KASYMOVA GULNURA
Касымов Нурбек | KASYMOV NURLAN
Касымов Нурбек | Касымов Нур
Касымов Нурбек | Касымов Эрбек
Жакыпов Самат | Жунусов Самат
Жакыпов Самат | ZHAPAROV SAMAT
Жакыпов Самат | Жакыпов Азамат
Жакыпов Азат | Жакыпов Азамат
Токтобаев Адис | Токтогулов Адис
Токтобаев Адилет | Токтобаев Адил
Бейшеналиев Эмил | Бейшенов Эмил
Сыдыков Эмил | Садыков Эмил
Омуров Канат | Умаров Канат
Исмаилов Улан | Исраилов Улан
Султанов Тимур | Султанов Темирлан
Мамбетов Азиз | Маматов Азиз
Мамытов Азиз | Маматов Азиз
Турдуев Азиз | Турсунов Азиз
Турдубаев Азиз | Турганбаев Азиз
Рахимов Шерали | Рахманов Шерали
Рахимов Шерали | Rakhimov Sherzod
Рахимов Шерали | Каримов Шерали
Юсупов Алишер | Юнусов Алишер
Юсупова Дилноза | Юсупова Дилдора
Юсупова Дилноза | Юсупова Дилфуза
Қодиров Жасур | Қосимов Жасур
Иванов Сергей | Иванов Андрей
Иванов Сергей | IVANOVSKII SERGEI
Иванов Александр | Иванова Александра
Иванов Валентин | Иванова Валентина
Петров Виктор | Петров Виталий
Петрова Наталья | Петрова Надежда
Петрова Марина | Петрова Мария
Петрова Дарья | Петрова Марья
Петров Роман | Петров Герман
Петров Денис | Петров Данил
Павлов Антон | Попов Антон
Орлов Артём | Орлов Артур
Козлов Олег | Котов Олег
Ким Олег | Тен Олег
Ким Олег | Ким Игорь
Ли Виктор | Ни Виктор
Пак Роман Юрьевич | Пак Юрий Романович
Шаршенов Кубан | Шаршенов Кубанычбек
Шаршенов Кубан | Шаршенбеков Кубан
Алымкулов Мирлан | Алымбеков Мирлан
Алымкулов Мирлан | Алымкулов Мирбек
Абдраимов Нурлан | Абдрахманов Нурлан
Абдыкадыров Нурлан | Абдыкалыков Нурлан
Чыныбаев Нурлан | Чоробаев Нурлан
Эсенгулов Таалай | Эсеналиев Таалай
Эсенгулов Таалай | Эсенгулова Толгонай
Кадырова Айжан | Кадырова Айжамал
Кадырова Айжан | Кадырова Айдана
Кадырова Айжан | Кадырова Эржан
Саидов Далер | Сафаров Далер
Назаров Фирдавс | Назаров Фарҳод
Мирзоев Баҳром | Мирзоев Беҳрӯз
Мирзоева Зарина | Мирзоева Ситора
Каныбек кызы Айпери | Кубанычбек кызы Айпери
Каныбек кызы Айпери | Каныбек кызы Айгерим
"""


def parsed(block: str) -> list[tuple[str, str]]:
    """Return the pairs of one block; a third column marks a pair not yet reached."""
    rows = [line.split(" | ") for line in block.strip().splitlines()]
    return [(row[0], row[1]) for row in rows if len(row) == 2]
