"""Words that carry no topic: question words, articles, prepositions, forms of "to be".

They tell which language a question is in, and they need not be found. Any grammar lists them; a
word that may be a topic by itself ("first", "group") is not here.
"""

from __future__ import annotations

SMALL_WORDS: dict[str, frozenset[str]] = {
    code: frozenset(words.split())
    for code, words in {
        "en": "a an and are as at be been but by can could did do does for from had has have how i if in "
        "into is it its me my no not of on or our should so than that the their them there these they "
        "this to us was we were what when where which who whom why will with would you your",
        "es": "a al algo como con cual cuales cuando cuanto de del donde el ella ellos en entre es esa ese "
        "esta este esto fue ha han hay la las le les lo los mas me mi muy no nos o para pero por porque "
        "que qué quien se ser si sin sobre son su sus también te tiene un una uno y ya cómo cuál dónde cuándo",
        "fr": "a au aux avec ce ces cette comment dans de des donc du elle en entre est et eu il ils je la le "
        "les leur leurs lors mais ne nos notre nous on ont où ou par pas plus pour qu que quel quelle "
        "quelles quels qui sa sans se ses si son sont sur un une vos votre vous y été être",
        "de": "aber als am an auch auf aus bei bin bis das dass dem den der des die doch du ein eine einem "
        "einen einer eines er es für hat haben ich ihr im in ist kann man mein mit nach nicht noch nur "
        "oder ohne sein sich sie sind so über um und uns von vor war was welche welcher welches wenn wer "
        "werden wie wir wird wo wurde zu zum zur",
        "pt": "a ao aos as até com como da das de do dos e ela ele em entre era essa esse esta este eu foi "
        "há isso já mais mas me meu muito na nas no nos não o os ou para pela pelo por qual quais quando que "
        "quem se sem ser seu sobre sua são só também tem um uma você onde",
        "it": "a ai al alla che chi come con cosa da dal dei del della delle di dove e gli ha i il in io la "
        "le lo ma nel nella non o per perché più quale quando se si sono su sul un una uno è",
        "nl": "aan als bij dat de den der deze die dit een en er het hoe ik in is je kan maar met naar niet "
        "of om onder ook op over te tot uit van voor was wat we welke wie wij worden ze zijn",
        "sv": "att av den det där du efter en ett för från han har hon hur i inte jag kan med men mot när "
        "och om på sig som till var vad vi vid vilken är",
        "sw": "kwa na ya wa za la cha katika ni kwamba hii huu hiyo yake lakini au kama nini nani gani",
        "pl": "a ale czy dla do i jak jest kto która który które na nie o od oraz po przez się są to w we z "
        "za że co gdzie kiedy",
        "tr": "bir bu da de için ile ne nasıl ve ya çok daha gibi kim neden nedir nerede hangi kaç mi mı mu mü "
        "en olan olarak o şu ama veya kadar sonra önce zaman kimdir niçin niye idi değil her",
        "vi": "các có của cho được là một này những trong và với không gì như thế nào ai đâu khi bao nhiêu ở "
        "đã đang sẽ để từ về vào ra bởi tại sao hay hoặc nhưng mà thì đó cái người ta tôi",
        "ru": "а без бы был была были было в во вы где да для до его ее если есть еще за и из или их к как "
        "какая какие какой какую когда который кто ли мы на не но о об он она они от по под почему при "
        "с со сколько так также то у чем что чтобы это я",
        "uk": "а але без бути в ви від де для до з за і й із її його як який яка які коли на не ні о "
        "от по при про та та це що щоб чи я у",
        "ar": "في فى من على الى إلى عن مع هذا هذه ذلك تلك هؤلاء أولئك التي التى الذي الذين اللذان اللتان ما ماذا "
        "متى كم كيف هل هو هي هم هن هما نحن أنا أنت كان كانت كانوا يكون تكون ليس ليست أن إن أنه أنها بأن لأن "
        "أو لا لم لن قد لقد سوف ثم أي كل بعض غير سوى بين بعد قبل عند منذ حتى نحو حول خلال حيث لكن إذا كما مما "
        "فيما بما لكي بل مثل لماذا أين لمن بها به بهم له لها لهم فيه فيها فيهم عليه عليها عليهم منه منها منهم "
        "عنه عنها إليه إليها إليهم معه معها لديه لديها لدى هنا هناك ذات ذو أيضا تم تمت يتم يمكن",
        "he": "של על את עם זה זו הוא היא אם כי או לא יש מה מי איך מתי איפה כמה",
        "hi": "का की के को में से पर है हैं और या यह वह ये वे था थे थी थीं क्या कैसे कब कहाँ कहां कौन किस किसे किसके "
        "किसने कितना कितने कितनी कौनसा क्यों ने भी तो ही एक लिए लिये द्वारा जो जिस जिसे इस उस इन उन अपने अपना अपनी "
        "हो होता होती होते हुआ हुई हुए गया गई गए कर करना करने करता करते साथ तक बाद मैं हम आप मुझे हमें",
        "fa": "و در به از که این آن با را برای است چه چگونه کی کجا آیا یک",
        "ro": "a al ale ai ca care cât câte ce cea cei cel cele cine cu cum când da de despre din după este e era "
        "fost fi iar în între la le lui mai ne nu o pe pentru prin sa să sau se și sunt un unde unei unui vă eu",
        "el": "ο η το οι τα του της των τον την τους τις ένα ένας μια μία και ή να θα σε στο στη στην στον στους στις "
        "στα από για με που πού πώς πως πότε ποιος ποια ποιο ποιοι ποιες ποιους τι πόσο πόσα πόσοι πόσες γιατί "
        "είναι ήταν έχει έχουν είχε δεν μη ότι όταν αν ως κατά μετά πριν αυτό αυτή αυτός",
        "cs": "a aby ale jak jaké jaký jaká je jsou k kde kdo kdy který která které na nebo o od po pro při s se si "
        "to u v ve z ze že co byl byla bylo do i",
        "fi": "ja on ei että mikä mitä missä milloin kuka miten kuinka se ne joka jossa oli ovat ole tai kun kuin "
        "minä me mutta myös",
        "hu": "a az és egy hogy hogyan nem is mi mit milyen melyik ki kik mikor hol miért volt van vagy de ez meg",
        "da": "af at de den der det en er et for fra har hvad hvem hvilke hvilken hvor hvordan hvornår i ikke jeg "
        "man med men og om på som til var ved vi",
        "no": "av at de den det en er et for fra har hva hvem hvilke hvilken hvor hvordan når i ikke jeg man med "
        "men og om på som til var ved vi",
        "id": "yang di ke dari dan untuk dengan pada adalah ini itu apa siapa kapan mana bagaimana mengapa berapa "
        "oleh atau tidak dalam akan kami saya bisa sebagai",
        "ko": "무엇 무엇을 무엇이 누구 누가 언제 어디 어디서 어떻게 어떤 왜 몇 및 또는 그 이 것은 것이 있는 하는",
        "bn": "এবং ও কি কী কে কোন কোথায় কখন কীভাবে কিভাবে কেন কত এই সেই একটি একজন জন্য থেকে করে হয় না আমি আমরা",
        "ur": "کا کی کے کو میں سے پر ہے ہیں اور یا یہ وہ تھا تھے تھی کیا کیسے کب کہاں کون کس نے بھی ایک لیے",
    }.items()
}

# Words of asking itself: whoever types into a box is looking for something. They carry no topic either,
# but tell no language and are not counted among the small words of a text.
ASKING_WORDS: dict[str, frozenset[str]] = {
    code: frozenset(words.split())
    for code, words in {
        "en": "help need needs want wanted look looking find search searching someone somebody anyone anybody please get",
        "es": "ayuda necesito necesita necesitamos busco buscar buscamos quiero queremos encontrar alguien favor",
        "fr": "aide aider besoin cherche cherchons chercher recherche veux voudrais voulons trouver quelqu'un quelqu un svp",
        "de": "hilfe brauche brauchen suche suchen möchte finden jemand bitte",
        "pt": "ajuda preciso precisamos procuro procurar quero queremos encontrar alguém favor",
        "it": "aiuto cerco cerchiamo voglio vorrei trovare qualcuno serve favore",
        "nl": "hulp nodig zoek zoeken wil willen vinden iemand graag",
        "ru": "помощь помогите нужен нужна нужно нужны ищу ищем хочу хотим найти кто-нибудь пожалуйста",
        "ar": "أبحث نبحث ابحث البحث مساعدة أريد نريد أحتاج نحتاج شخص أحد أرجو فضلك إيجاد",
    }.items()
}

# The same where words are not set apart: in a run of such letters these carry no topic.
SMALL_RUNS: dict[str, tuple[str, ...]] = {
    "Han": tuple(
        "的了是在什么哪谁何吗呢多少怎样为个这那些有与和于以被把从到之其及或并也都而所由对将会可能要就不我们你他她它"
    ),
    "Kana": (
        *(
            "です",
            "ます",
            "でした",
            "ました",
            "する",
            "した",
            "して",
            "され",
            "いる",
            "ある",
            "から",
            "まで",
            "こと",
            "もの",
        ),
        *(
            "では",
            "には",
            "とは",
            "どの",
            "どこ",
            "どう",
            "だれ",
            "なに",
            "いつ",
            "なぜ",
            "どのように",
            "ですか",
            "ますか",
            "のは",
        ),
    ),
    "Thai": (
        *(
            "อะไร",
            "ที่ไหน",
            "เมื่อไร",
            "เมื่อไหร่",
            "เมื่อใด",
            "ใคร",
            "เท่าไร",
            "เท่าไหร่",
            "เท่าใด",
            "อย่างไร",
            "ทำไม",
            "ไหน",
            "ใด",
        ),
        *(
            "คือ",
            "เป็น",
            "และ",
            "หรือ",
            "ของ",
            "ที่",
            "ใน",
            "จาก",
            "โดย",
            "กับ",
            "ให้",
            "ได้",
            "ว่า",
            "นี้",
            "นั้น",
            "มี",
            "กี่",
            "ถูก",
        ),
    ),
    "Lao": ("ແມ່ນ", "ຫຍັງ", "ແລະ", "ຂອງ", "ທີ່", "ໃນ", "ຈາກ", "ໃຜ", "ແນວໃດ", "ເທົ່າໃດ", "ຢູ່ໃສ", "ເມື່ອໃດ", "ນີ້", "ນັ້ນ"),
    "Khmer": (
        "និង",
        "ជា",
        "នៃ",
        "នៅ",
        "ក្នុង",
        "ដែល",
        "អ្វី",
        "នរណា",
        "ណា",
        "យ៉ាងណា",
        "ប៉ុន្មាន",
        "ពី",
        "របស់",
        "នេះ",
        "នោះ",
    ),
    "Burmese": ("နှင့်", "ကို", "သည်", "၏", "မှာ", "တွင်", "ဘာ", "ဘယ်", "ဘယ်သူ", "ဘယ်လို", "ဘယ်မှာ", "ဘယ်လောက်", "သော", "ဖြစ်"),
}
