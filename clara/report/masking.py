"""Takes out of visitors' words what would tell who they are."""

import re

PARTICLE = r"(?:de la|de|du|des|d['’]|le|la|van der|van|von|el|al|bin)"
NO_NAME = (  # words that end a name, or aren't one
    r"(?:and|but|or|on|back|if|when|i|i['’]m|i['’]ve|from|at|for|who|what|is|not|to|the|in|your|of|can|could|do|does|how|it['’]s|"
    r"et|mais|ou|je|j['’]ai|de|à|au|chez|mon|ma|my|pour|il|elle|qui|que|quel|quoi|est|pas|si|en|sur|avec|dans|vous|comment|"
    r"a|trop|fini|pareil|bon|tout|plus|comme|madame|monsieur|directeur|president|pr[ée]sidente?|"
    r"says?|said|dit|veut|m['’]a|something|next|votre|(?:pr[ée])?nom)"
)
OTHER = (  # who or what people also say they are, written large; and what they ask about
    r"(?:(?:ask clara|clara|canc[eé]rop[oô]le|labex|devwecan|siric|lyric|calym|carnot|inca|feder|lyonbiop[oô]le|oncotherapy|"
    r"sanofi|inserm|institut|centre|universit|auvergne|rh[oô]ne|lyon|grenob|st[ée]phanois|paris|europ|fran[çc]ais|french|"
    r"america|am[ée]ricai|belg|suisse|swiss|british|brit|english|england|anglais|ital|espagnol|spa[ni]|allemand|german(?!ain)|"
    r"portug|japan|japon|chin[eo]|canad|qu[ée]b|br[ée]sil|brazil|ind(?:ia|ie)|alg[ée]ri|maroc|morocc|tunisi|african|africain|dutch|irish|scot|czech|"
    r"polish|polon|[ée]tudiant|student|doctora|phd|docteur|doctor|m[ée]decin|infirmi|nurse|chercheu|research|scien|ing[ée]nieur|engineer|"
    r"journalis|profess|direct|respons|manager|oncolog|biolog|pharmac|patient|entrepren|cancer)\w*)"
)
LARGE = r"[A-ZÀ-ÖØ-Þ]"
WORD = r"[^\W\d_](?:\.|[\w'’-]*)"
NAME = rf"(?:{PARTICLE}\s*)?(?!{NO_NAME}\b){WORD}(?:\s+(?:{PARTICLE}\s*)?(?!{NO_NAME}\b){WORD}){{0,2}}"
CAPITAL = rf"(?!(?i:{NO_NAME})\b|(?i:{OTHER})\b){LARGE}(?:\.|[\w'’-]+)"  # a word with a capital letter
CAPITALS = rf"(?!{LARGE}[A-Z\d]+\b(?!\s{LARGE})){CAPITAL}(?:\s+(?:{PARTICLE}\s*)?{CAPITAL}){{0,2}}"  # but an abbreviation
FIRST = (  # frequent first names, for who writes everything small; none that is a word
    r"(?:jean|paul|jacques|philippe|michel|nicolas|julien|thomas|antoine|alexandre|david|daniel|kevin|olivier|laurent|s[ée]bastien|"
    r"fran[çc]oise?|marie|sophie|nathalie|isabelle|sylvie|catherine|julie|camille|sarah|emma|l[ée]a|chlo[ée]|laura|anne|fatima|karim|"
    r"mohamm?ed|john|james|robert|michael|william|peter|tom|george|andrew|steve|mary|jennifer|elizabeth|susan|karen|lisa|jane)"
)

SAYS_NAME = (  # what follows is a name, written large or small
    r"(?:my (?:full |first |last |sur)?name(?:s| is|['’]s)|(?:the )?name['’]s|i(?: a|['’])m called|"
    r"j(?:e )?\s?m ?['’]? ?app?ell?e?|je me (?:pr[ée])?nomme|on m['’ ]appelle|"
    r"(?<!pour )(?<!à )(?<!chez )(?<!comme )(?<!pr )moi,? c['’ ]?(?:est)?(?! l[ae]s?\b)|"
    r"mon (?:pr[ée])?nom (?:de famille )?(?:c['’ ])?est|(?:pr[ée]|sur)?(?:nom|name)\s?:|"
    r"(?:regards|respectueusement|cordialement|cdl?t|bien à vous)\b,?)"
)
RELATIVE = (
    r"(?:husband|wife|son|daughter|mother|mum|mom|father|dad|brother|sister|friend|partner|neighbour|colleague|patient|"
    r"mari|femme|[ée]pou(?:x|se)|papa|maman|voisine?|coll[èe]gue|fils|fille|m[èe]re|p[èe]re|fr[èe]re|s(?:œ|oe)ur|amie?|conjointe?|compagn(?:on|e)|patiente)"
)
SAYS_WHO = (  # what follows is a name where it has a capital letter, or is a frequent one
    r"(?:i am|i['’]?m|je suis|chui|call me|i go by|appel(?:ez|le)[- ]moi|name is|(?:signed|signé)\s?[,:]?|"
    r"(?:pr[ée])?nom|name|de la part de|on behalf of|"
    rf"(?:my|our|mon|ma|notre|the|a(?= patient)|le|la) {RELATIVE}(?:,| is called| named| s['’ ]appelle)?)"
)
HELLO = r"(?:^|(?i:\b(?:bonjour|bonsoir|salut|coucou|hello|hi|hey|there)\b\W*))(?i:c['’ ]?est|ici|this is|it['’]?s)\s+"
TITLE = (
    r"(?:(?i:mr|mrs|dr|prof|mme|mlle)\.?|(?:M|Ms|Pr)\.?|m\.|"
    r"(?i:professor|doctor|monsieur|madame|mademoiselle|docteure?|professeure?))"
)
AT = r"(?:\s?(?:@|[(\[](?:a|at|arobase)[)\]])\s?|\sarobase?\s)"  # a dot has to follow
DOT = r"(?:\s?[(\[](?:dot|point)[)\]]\s?|\s(?:dot|point|\.)\s|\s\.(?=\w)|[.,](?=\w))"
MAIL = r"(?:gmail|hotmail|outlook|yahoo|orange|free|laposte|wanadoo|sfr|icloud|proton(?:mail)?)"
SPELLED = r"[\w-]+\s(?:dot|point)\s(?:com|fr|org|net|eu|edu)\b"  # a host
STREET = (
    r"(?:rue|avenue|av\.|boulevard|bd|chemin|impasse|all[ée]e|quai|"
    r"(?:place|route|cours)(?!\s+(?:pour|au|en|dans|à|d[eu]|sur|map)\b))"
)
ROAD = r"(?:[Ss]treet|[Rr]oad|[Aa]venue|[Ll]ane|[Dd]rive|St|Rd|Ave)"
MONTH = r"(?:jan|f[ée]v|feb|mar|avr|apr|mai|may|juin|jun|juil|jul|ao[uû]t|aug|sep|oct|nov|d[ée]c)[a-zé]*\.?"
YEARS = r"(?:(?:19|20)\d\d\W{1,3}){0,9}(?:19|20)\d\d(?![\s.-]?\d)"  # one or several
GROUP = r"(?:\s-\s|[\s.,/_-])?\(?\d"  # one more digit
IDENTIFIER = r"(?:n°|\bnum[ée]ro|\bnumber|\bid|\bipp)\s?(?:(?:de |du )?(?:patient|dossier))?"
SIGNS = r"merci|thanks|thank you|d['’]avance|bonne journ[ée]e|best|bisous|cheers|sincerely|salutations"
NET = r"(?:insta(?:gram)?|facebook|fb|snap(?:chat)?|twitter|tiktok|linkedin|telegram|discord|skype)"

MASKS = (
    (rf"(?i)(?<![\w.+-])[\w.+-]+(?:@[\w-]+|{AT}[\w-]+{DOT}[\w-]+)(?:{DOT}[\w-]+)*", "[e-mail]"),
    (rf"(?i)(?<![\w.+-])(?:\w+\s(?:dot|point)\s)?[\w.+-]+\s(?:at|chez)\s(?:{MAIL}{DOT}\w+|{SPELLED})", "[e-mail]"),
    (r"(?i)\b[\w-]{3,40}(?:gmail|hotmail)\.\w+", "[e-mail]"),
    (r"(?i)\b(?:https?://|www\.)\S+|(?<![\w.-])[\w-]+\.(?:com|fr|org|net)/\S+", "[link]"),
    (rf"(?i)\b({NET}\s?:\s?|(?:my|mon) {NET} (?:is|est|c['’]est) )@?{NAME}[\w.]*", r"\1[name]"),
    (r"(?<!\w)@\w{2,}", "[name]"),
    (rf"(?i)\b\d{{1,4}}\s?(?:bis|ter)?,?\s+{STREET}\b[^,.;!?\n]*", "[address]"),
    (rf"\b\d{{1,4}},?\s+(?i:place|route|cours)\s+(?:{PARTICLE}\s*)?{LARGE}[^,.;!?\n]*", "[address]"),
    (rf"\b(?i:rue|avenue|boulevard|impasse|all[ée]e)\s+(?:{PARTICLE}\s*)?{CAPITALS}", "[address]"),
    (r"\b\d{1,4}[a-z]?\s(?!(?:the|a|of|on|in)\b)[a-z]+\s(?:street|road|avenue|lane)\b", "[address]"),
    (rf"\b\d{{1,4}}[a-zA-Z]?\s+(?:[A-Z][\w'’-]+\s+){{1,3}}{ROAD}\b", "[address]"),
    (r"\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b", "[address]"),  # a British postcode
    (r"(?i)\b[a-z]{2}\d{2}(?:\s?[a-z]{4})?(?:\s?\d{4}){2}(?:\s?(?=\w{0,3}\d)\w{1,4}){0,6}", "[number]"),  # of a bank account
    (r"\b[12](?:\s?\d\d){3}(?:\s?\d{3}){2}(?:\s?\d\d)?\b", "[number]"),  # of social security
    (rf"(?<!\w)(?<!\d\s)\(?(?:\+|00)\s?\d{{1,3}}\)?(?:{GROUP}\)?){{6,14}}", "[phone]"),
    (rf"(?<!\w)(?<!\d\s)\(?[0O]\d\)?(?:{GROUP}){{7,8}}(?!\d)", "[phone]"),
    (r"(?<!\w)\(?\d{3}\)?[\s.-]?(?:\d{3}[\s.-]?\d{4}|(?<=-)\d{4})(?!\d)", "[phone]"),
    (r"\b\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})\b|\b(?:19|20)\d\d-\d\d-\d\d\b", "[date]"),
    (rf"(?i)\b\d{{1,2}}(?:er|st|nd|rd|th)?\s(?:of\s)?{MONTH},?\s\d{{2,4}}\b", "[date]"),
    (rf"(?i)\b{MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}}\b", "[date]"),
    (rf"(?<!\w)(?!{YEARS})(?!\d{{1,3}}(?:\s000)+\b)\d(?:[\s.-]?[\dAB]){{7,}}(?!\w)", "[number]"),  # but years and millions
    (r"\b[A-Za-z]{0,3}\d{5,}(?!\w)", "[number]"),
    (rf"(?i)({IDENTIFIER}\s?(?:is|est|:)?\s?)(?!20\d\d\b)(?=\w*\d\w*\d\w*\d)\w{{4,}}", r"\1[number]"),
    (rf"\bClara\s+(?!{OTHER}\b){LARGE}[\w'’-]+", "[name]"),  # a first name too
    (rf"(?i)(\b{SAYS_NAME}\s*)(?<!\w){NAME}", r"\1[name]"),
    (rf"(?!JE SUIS|I AM)((?i:\b{SAYS_WHO}\s+)(?:{TITLE}\s+)?){CAPITALS}", r"\1[name]"),
    (rf"((?i:\b{SAYS_WHO}\s+|{HELLO}))(?i:{FIRST}\b(?:\s+(?!{NO_NAME}\b){WORD})?)", r"\1[name]"),
    (rf"({HELLO}(?:{TITLE}\s+)?)(?!\S+(?: \S+){{0,2}}?(?: (?:qui|que|ou|or)\b| ?\?)){CAPITALS}", r"\1[name]"),
    (rf"(\b{TITLE}\s+){CAPITALS}", r"\1[name]"),
    (rf"(?i)(\b(?:mr|mrs|mme|mlle|dr)\.?\s+)(?!{NO_NAME}\b){WORD}", r"\1[name]"),
    (rf"((?i:{SIGNS})[\s,.!-]+){CAPITALS}(?=\s*(?:$|[,.]))", r"\1[name]"),
    (rf"([?!.][\s-]+){CAPITAL}\s{CAPITALS}(?=\s*(?:$|[,.]))", r"\1[name]"),  # signs
    (rf"^{CAPITAL}\s{CAPITALS}(?=\s(?:here|à l['’]appareil)\b)", "[name]"),
)
PUT_IN = re.compile(r"\[(?:e-mail|link|name|address|number|phone|date)\]")


def mask(text: str) -> str:
    """A text without addresses, links, dates, phone and other long numbers, and the names that people give as theirs.

    It takes too much rather than too little. A name that nothing announces ("ask Durand about it") stays.
    """
    masked = " ".join(text.split())
    for pattern, instead in MASKS:
        masked = re.sub(pattern, instead, masked)
    return masked


def is_masked(text: str) -> bool:
    """Whether something was taken out of a text."""
    return bool(PUT_IN.search(text))
