"""What scripted people say, by language and mood; `{product}` is filled in by the script."""

from enum import StrEnum


class Mood(StrEnum):
    HAPPY = "happy"
    ANGRY = "angry"
    QUESTION = "question"
    SPAM = "spam"
    EMOJI = "emoji"


PRODUCTS = {
    "en": ("Ridge tent", "Fern backpack", "Ember stove", "Drift rain jacket", "Alder fleece"),
    "zh": ("山脊帐篷", "蕨叶背包", "余烬炉头", "漂流冲锋衣", "桤木抓绒衣"),
    "de": ("Ridge-Zelt", "Fern-Rucksack", "Ember-Kocher", "Drift-Anorak", "Alder-Fleece"),
    "es": (
        "tienda Ridge",
        "mochila Fern",
        "cocina Ember",
        "chaqueta Drift",
        "chaqueta polar Alder",
    ),
}

NAMES = {
    "en": (
        "Grace Okafor",
        "Liam Walsh",
        "Priya Raman",
        "Noah Bennett",
        "Amara Johnson",
        "Owen Hughes",
        "Maya Fraser",
        "Ethan Clarke",
    ),
    "zh": ("王芳", "李伟", "陈静", "刘洋", "张敏", "赵磊", "周婷", "吴浩然"),
    "de": (
        "Jörg Müller",
        "Katharina Weiß",
        "Lukas Schröder",
        "Mia Hoffmann",
        "Felix Krämer",
        "Sophie Bäcker",
    ),
    "es": (
        "Lucía Fernández",
        "Íñigo Muñoz",
        "Carmen Núñez",
        "Mateo Jiménez",
        "Valentina Peña",
        "Álvaro Ibáñez",
    ),
}

PINYIN = {
    "王芳": "wangfang88",
    "李伟": "liwei_hiking",
    "陈静": "chenjing",
    "刘洋": "liuyang.photo",
    "张敏": "zhangmin_sh",
    "赵磊": "zhaolei77",
    "周婷": "zhouting",
    "吴浩然": "wuhaoran",
}

PHRASES = {
    ("en", Mood.HAPPY): (
        "Just back from four days with the {product}. Not a drop of water got in. Thank you!",
        "My daughter will not take off her {product}. Best present this year.",
        "Your support sent a spare part for my {product} in two days. That is how it is done.",
        "The {product} is worth every penny.",
    ),
    ("en", Mood.ANGRY): (
        "The zip of my {product} broke on the second day. Nobody answers me. Refund, please!",
        "Three weeks waiting for the {product} and the tracking page still says 'preparing'.",
        "You raised the price of the {product} and made it worse. I am done with this brand.",
        "Order arrived with the wrong size AGAIN. Does anybody check what you ship?",
    ),
    ("en", Mood.QUESTION): (
        "Does the {product} come in green?",
        "Is the {product} suitable for temperatures below zero?",
        "When will the {product} be back in stock?",
        "Can I return the {product} in a shop if I ordered it online?",
    ),
    ("en", Mood.SPAM): (
        "EARN $500 A DAY FROM HOME!!! Click my profile >>> http://quick-cash.example",
        "I lost everything until @crypto_maria helped me recover it. Write to her now",
        "Cheap followers, 1000 for $2, real people http://grow.example",
    ),
    ("zh", Mood.HAPPY): (
        "刚背着{product}走完四天的线路，一点都没漏水，太满意了！",
        "女儿特别喜欢这款{product}，今年最好的礼物。",
        "客服两天就寄来了{product}的配件，服务真好，点赞！",
    ),
    ("zh", Mood.ANGRY): (
        "{product}用了两天拉链就坏了，发邮件也没人回，要求退款！",
        "等了三个星期，{product}还没有发货，你们到底什么时候处理？",
        "又发错尺码了，太让人失望了。",
    ),
    ("zh", Mood.QUESTION): (
        "请问{product}有绿色的吗？",
        "{product}零下能用吗？",
        "{product}什么时候补货？",
    ),
    ("zh", Mood.SPAM): (
        "在家兼职日入五百，加微信了解详情 http://jianzhi.example",
        "低价涨粉，一千粉十元，真人活跃",
    ),
    ("de", Mood.HAPPY): (
        "Vier Tage Dauerregen und im {product} blieb alles trocken. Großartig!",
        "Die Ersatzteile zum {product} waren nach zwei Tagen da. Danke!",
        "Schönste Anschaffung des Jahres: {product}.",
    ),
    ("de", Mood.ANGRY): (
        "Beim {product} ist nach zwei Tagen der Reißverschluss kaputt. Geld zurück, bitte!",
        "Seit drei Wochen warte ich auf die Lieferung. Auf E-Mails antwortet niemand.",
        "Schon wieder die falsche Größe. Prüft das denn keiner?",
    ),
    ("de", Mood.QUESTION): (
        "Gibt es {product} auch in Grün?",
        "Ab wann ist {product} wieder lieferbar?",
        "Kann ich eine Online-Bestellung im Laden zurückgeben?",
    ),
    ("de", Mood.SPAM): ("Von zu Hause 500 € am Tag verdienen! Schreib mir http://geld.example",),
    ("es", Mood.HAPPY): (
        "Cuatro días de lluvia con la {product} y todo seco. ¡Enhorabuena!",
        "El mejor regalo del año: {product}. ¡Gracias!",
        "La atención al cliente fue rapidísima, así da gusto.",
    ),
    ("es", Mood.ANGRY): (
        "A la {product} se le rompió la cremallera al segundo día. ¡Quiero mi dinero!",
        "Llevo tres semanas esperando el pedido y nadie contesta.",
        "Otra vez la talla equivocada. ¿Nadie revisa los envíos?",
    ),
    ("es", Mood.QUESTION): (
        "¿La {product} viene en verde?",
        "¿Cuándo vuelve a haber existencias de la {product}?",
        "¿Puedo devolver en tienda un pedido de la web?",
    ),
    ("es", Mood.SPAM): ("¡Gana 500 € al día desde casa! Entra ya http://dinero.example",),
}

FOLLOW_UPS = {
    "en": ("Thank you, that was quick!", "Sent you my order number.", "And when will that be?"),
    "zh": ("谢谢，回复真快！", "订单号已经发给你们了。", "那大概什么时候？"),
    "de": ("Danke, das ging schnell!", "Bestellnummer ist unterwegs.", "Und wann wäre das?"),
    "es": ("¡Gracias, qué rapidez!", "Ya os he enviado el número de pedido.", "¿Y cuándo será?"),
}

ANSWERS = {
    "en": (
        "Thank you for telling us! We have sent you a message.",
        "So good to hear. Enjoy every night out!",
        "We are sorry about this. Could you send us your order number by message?",
        "Yes, both sizes are back in the shop from Friday on.",
        "Our repair bench takes a look at it: bring it by on Saturday.",
    ),
    "zh": (
        "谢谢你的反馈！我们已经给你发了私信。",
        "很高兴听到这个消息，祝你玩得开心！",
        "非常抱歉，能把订单号私信发给我们吗？",
        "周五起门店两个尺码都会到货。",
    ),
    "de": (
        "Danke für den Hinweis! Wir haben dir eine Nachricht geschickt.",
        "Das freut uns sehr. Viel Spaß draußen!",
        "Das tut uns leid. Schickst du uns deine Bestellnummer als Nachricht?",
        "Ja, ab Freitag sind beide Größen wieder im Laden.",
    ),
    "es": (
        "¡Gracias por avisarnos! Te hemos enviado un mensaje.",
        "¡Qué alegría! Disfruta de cada noche al aire libre.",
        "Lo sentimos mucho. ¿Nos envías el número de pedido por mensaje?",
        "Sí, desde el viernes vuelven a estar las dos tallas en la tienda.",
    ),
}

POSTS = (
    "Our repair bench is open on Saturdays again. Bring anything that has a zip.",
    "The Ridge tent now weighs 1.4 kg. Here is what we left out, and what we kept.",
    "How to pack a Fern: heavy things close to the back, rain things on top.",
    "Autumn light above the treeline. Where did you sleep last weekend?",
    "We counted: 1,212 zips repaired since January. Number 1,213 is on the bench.",
    "The Ember stove boils a litre in 3:10. We measured it 400 times.",
    "Wool or down? Our answer has a table, and an honest last column.",
    "Meet Ines, who has sewn our packs since the very first one.",
    "Twelve huts, one week, no car: the map is on our page.",
    "What ten years do to a Drift jacket, photographed every autumn.",
    "New colour for the Fern backpack: moss. In shops on Friday.",
    "First snow on the pass. Poles out, gaiters on.",
    "You asked, we sewed: the Ridge now has a pocket for a head torch.",
    "Thank you for 300 photos of old boots. The winners sleep in a new tent.",
)

EMOJI = ("😍😍😍", "🔥", "👏👏", "😡", "❤️", "🙄", "🏕️⛰️", "👍🏽", "😂😂", "💔")

RATINGS = {
    Mood.HAPPY: (4, 5, 5),
    Mood.ANGRY: (1, 1, 2),
    Mood.QUESTION: (3, 4),
    Mood.SPAM: (5,),
    Mood.EMOJI: (2, 5),
}
