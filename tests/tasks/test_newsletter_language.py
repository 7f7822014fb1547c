"""What a sentence in another language says is checked, as far as code can: numbers, names, praise."""

from itertools import starmap

import pytest

from agent.grounding import abstract, check_cited
from agent.schema import Citation, CitedSentence

SOURCES = {
    "moor": abstract(
        "MoorNet: Pruning Tokens of Peat Videos",
        (
            "Video models are slow on mobile phones.",
            "We propose MoorNet, which prunes visual tokens before the decoder.",
            "On MoorBench, MoorNet reduces latency by 45% and keeps accuracy within 1.5 percentage points.",
            "It needs only two GPUs and processes twelve videos per second.",
        ),
    ),
    "heath": abstract(
        "HeathRAG: Retrieval for Botanists in Scotland",
        (
            "Retrieval-augmented generation helps botanists in Scotland to name rare plants.",
            "We collect a corpus of 3.5 million records and 50,000 photographs.",
            "HeathRAG may answer questions faster than dense retrieval, by 8.2 points on GuideQA.",
            "We compare encoders, decoders, and graph networks.",
            "DNA barcodes of twenty-five species are released under an open license.",
            "MRI scans show the roots.",
        ),
    ),
    "bog": abstract(
        "Speech in the Wind",
        (
            "Outdoor speech recognition fails in strong wind.",
            "BogSpeech is the first corpus of windy speech, with two hundred speakers in 40 languages.",
            "Fine-tuning a Whisper model on it halves the error and doubles the speed.",
            "The best model reaches a word error rate of 9.3%.",
        ),
    ),
}

TRUE = [
    # German
    ("de", "MoorNet verwirft visuelle Token schon vor dem Decoder.", "moor", (2,)),
    ("de", "Auf MoorBench sinkt die Latenz um 45 Prozent.", "moor", (3,)),
    ("de", "Die Latenz sinkt um fünfundvierzig Prozent, die Genauigkeit um höchstens 1,5 Prozentpunkte.", "moor", (3,)),
    ("de", "Es braucht nur zwei GPUs und schafft zwölf Videos pro Sekunde.", "moor", (4,)),
    ("de", "Der Korpus umfasst 3,5 Millionen Einträge und 50.000 Fotos.", "heath", (2,)),
    ("de", "Verglichen werden drei Arten von Netzen: Encoder, Decoder und Graphnetze.", "heath", (4,)),
    ("de", "HeathRAG könnte um 8,2 Punkte schneller sein als andere Verfahren, außer Acht bleibt der Aufwand.", "heath",
     (3,)),
    ("de", "BogSpeech ist der erste Korpus mit Sprache im Wind, mit zweihundert Sprechern in vierzig Sprachen.", "bog",
     (2,)),
    ("de", "Das beste Modell erreicht eine Wortfehlerrate von 9,3 %.", "bog", (4,)),
    ("de", "Ein Feintuning von Whisper halbiert die Fehler und ist immer noch zweimal so schnell.", "bog", (3,)),
    ("de", "Veröffentlicht werden DNA-Barcodes von fünfundzwanzig Arten unter offener Lizenz.", "heath", (5,)),
    ("de", "Die KI-Methode läuft auf Handys, bei Wind und Wetter versagt sie nicht.", "moor", (1, 2)),
    # French
    ("fr", "MoorNet élague les jetons visuels avant le décodeur.", "moor", (2,)),
    ("fr", "Sur MoorBench, MoorNet réduit la latence de 45 %.", "moor", (3,)),
    ("fr", "La latence baisse de quarante-cinq pour cent et l’exactitude reste à moins de 1,5 point de pourcentage.",
     "moor", (3,)),
    ("fr", "Il suffit de deux GPU pour traiter douze vidéos par seconde.", "moor", (4,)),
    ("fr", "Le corpus compte 3,5 millions de fiches et 50 000 photographies.", "heath", (2,)),
    ("fr", "Des codes-barres ADN de vingt-cinq espèces sont publiés sous licence ouverte.", "heath", (5,)),
    ("fr", "BogSpeech est le premier corpus de parole dans le vent, avec deux cents locuteurs et quarante langues.",
     "bog", (2,)),
    ("fr", "Le meilleur modèle atteint un taux d’erreur de 9,3 %.", "bog", (4,)),
    ("fr", "L’affinage d’un modèle Whisper divise les erreurs par deux.", "bog", (3,)),
    ("fr", "HeathRAG pourrait gagner 8,2 points sur GuideQA, un jeu de questions neuf.", "heath", (3,)),
    # Spanish
    ("es", "MoorNet poda los tokens visuales antes del decodificador.", "moor", (2,)),
    ("es", "En MoorBench, MoorNet reduce la latencia un 45 por ciento.", "moor", (3,)),
    ("es", "La latencia baja un cuarenta y cinco por ciento y la exactitud cambia 1,5 puntos porcentuales.", "moor",
     (3,)),
    ("es", "Solo necesita dos GPU y procesa doce vídeos por segundo.", "moor", (4,)),
    ("es", "El corpus reúne 3,5 millones de registros y 50.000 fotografías.", "heath", (2,)),
    ("es", "Se publican códigos de barras de ADN de veinticinco especies.", "heath", (5,)),
    ("es", "BogSpeech es el primer corpus de voz con viento, con doscientos hablantes en cuarenta idiomas.", "bog",
     (2,)),
    ("es", "El mejor modelo alcanza una tasa de error del 9,3%.", "bog", (4,)),
    ("es", "Ajustar un modelo Whisper reduce el error a la mitad y lo hace dos veces más rápido.", "bog", (3,)),
    # Others
    ("it", "MoorNet riduce la latenza del quarantacinque per cento su MoorBench.", "moor", (3,)),
    ("pt", "O corpus tem 3,5 milhões de registros e cinquenta mil fotografias.", "heath", (2,)),
    ("nl", "Ten opzichte van de rest daalt de latentie met vijfenveertig procent.", "moor", (3,)),
    ("pl", "MoorNet potrzebuje dwóch GPU i przetwarza dwanaście filmów na sekundę.", "moor", (4,)),
    ("sv", "Modellen behöver bara två GPU:er och klarar tolv filmer i sekunden.", "moor", (4,)),
    ("ja", "MoorNet は MoorBench で遅延を 45% 削減した。", "moor", (3,)),
    ("ru", "MoorNet снижает задержку на 45% на MoorBench.", "moor", (3,)),
]  # fmt: skip
"""What each cited sentence says, in other words than its own."""

DOUBTED = [
    ("de", "Aufnahmen mit MRT zeigen die Wurzeln.", "heath", (6,)),
    ("fr", "La génération augmentée aide les botanistes en Écosse à nommer des plantes rares.", "heath", (1,)),
    ("es", "La generación aumentada ayuda a los botánicos de Escocia a nombrar plantas raras.", "heath", (1,)),
    ("es", "HeathRAG, de Generación Aumentada por Recuperación (RAG), responde preguntas de GuideQA.", "heath", (1, 3)),
]
"""True as well, with a name that each language has its own form of, or a phrase in capitals: an editor is to look."""

BLOCKED = [
    ("de", "Das Modell heilt sicher fünfzig Krankheiten und ist besser als alles von Microsoft.", "moor", (2,),
     "fünfzig"),
    ("de", "Auf MoorBench sinkt die Latenz um 54 Prozent.", "moor", (3,), "54%"),
    ("de", "Die Latenz sinkt um vierundfünfzig Prozent.", "moor", (3,), "vierundfünfzig"),
    ("de", "Die Latenz sinkt um 45 Prozentpunkte.", "moor", (3,), "45 percentage points"),
    ("de", "Es braucht nur drei GPUs.", "moor", (4,), "drei"),
    ("de", "Der Korpus umfasst 3,5 Milliarden Einträge.", "heath", (2,), "3.5 billion"),
    ("de", "Verglichen werden sieben Arten von Netzen.", "heath", (4,), "sieben"),
    ("de", "BogSpeech hat zweihundertfünfzig Sprecher.", "bog", (2,), "zweihundertfünfzig"),
    ("de", "MoorNet braucht nur fifty GPUs.", "moor", (4,), "fifty"),
    ("fr", "MoorNet réduit la latence de cinquante pour cent.", "moor", (3,), "cinquante"),
    ("fr", "Il suffit de quatre-vingts GPU.", "moor", (4,), "quatre-vingts"),
    ("fr", "Le corpus compte 3,5 milliards de fiches.", "heath", (2,), "3.5 billion"),
    ("fr", "MoorNet, mis au point par Microsoft, élague les jetons.", "moor", (2,), "Microsoft"),
    ("fr", "BogSpeech couvre quatorze langues.", "bog", (2,), "quatorze"),
    ("es", "MoorNet reduce la latencia un noventa por ciento.", "moor", (3,), "noventa"),
    ("es", "El método supera los modelos de Google con claridad.", "moor", (2,), "Google"),
    ("es", "BogSpeech reúne dos mil hablantes.", "bog", (2,), "dos mil"),
    ("es", "El corpus reúne 500.000 fotografías.", "heath", (2,), "500.000"),
    ("it", "MoorNet riduce la latenza del cinquantaquattro per cento.", "moor", (3,), "cinquantaquattro"),
    ("pt", "O corpus tem sessenta mil fotografias.", "heath", (2,), "sessenta mil"),
    ("nl", "De latentie daalt met vijftig procent.", "moor", (3,), "vijftig"),
    ("pl", "MoorNet potrzebuje trzech GPU.", "moor", (4,), "trzech"),
    ("ja", "MoorNet は Google より 45% 速い。", "moor", (3,), "Google"),
    ("ru", "MoorNet лучше, чем Gemini, на 45%.", "moor", (3,), "Gemini"),
]  # fmt: skip
"""What no cited sentence says, with the part that is not to be shown."""

WARNED = [
    ("de", "Bestes Modell aller Zeiten", "moor", (2,), "overclaim"),
    ("de", "MoorNet ist besser als alles von Microsoft.", "moor", (2,), "name"),
    ("de", "MoorNet ist ein Durchbruch und schlägt garantiert jedes Verfahren.", "moor", (2,), "overclaim"),
    ("de", "Alle sollten MoorNet nutzen.", "moor", (2,), "recommendation"),
    ("fr", "MoorNet révolutionne la vidéo.", "moor", (2,), "overclaim"),
    ("fr", "Le meilleur modèle de tous les temps.", "moor", (2,), "overclaim"),
    ("fr", "Un outil incontournable pour les botanistes.", "heath", (1,), "recommendation"),
    ("es", "El mejor modelo del mundo, sin precedentes.", "moor", (2,), "overclaim"),
    ("es", "Es el único método que poda tokens.", "moor", (2,), "overclaim"),
    ("es", "Recomendamos usar MoorNet.", "moor", (2,), "recommendation"),
    ("it", "Una tecnica rivoluzionaria per i video.", "moor", (2,), "overclaim"),
    ("pt", "Um modelo sem precedentes.", "moor", (2,), "overclaim"),
    ("nl", "Een baanbrekend model voor video.", "moor", (2,), "overclaim"),
    ("ja", "MoorNet は state-of-the-art を達成。", "moor", (2,), "overclaim"),
]
"""What an editor is to think about, and what may be no subject of a mail."""

MISSED = [
    ("de", "MoorNet erhöht die Latenz um 45 Prozent.", "moor", (3,)),
    ("de", "HeathRAG beantwortet Fragen schneller.", "heath", (3,)),
    ("de", "MoorNet stammt aus den Laboren der Firma Apple.", "moor", (2,)),
    ("fr", "MoorNet traduit des poèmes.", "moor", (2,)),
    ("es", "BogSpeech no contiene voz con viento.", "bog", (2,)),
]
"""What is wrong and found by no rule: directions, denials, hedges, and what is spoken of at all."""


def found(language, text, paper, evidence):
    """What is found in a sentence in a language."""
    sentence = CitedSentence(text=text, cites=(Citation(paper_id=paper, evidence=evidence),))
    return check_cited(sentence, SOURCES, language=language)


@pytest.mark.parametrize(("language", "text", "paper", "evidence"), TRUE)
def test_a_true_translation_is_left_alone(language, text, paper, evidence):
    """A sentence that says in another language what it cites is neither blocked nor warned of."""
    assert [(one.kind, one.found) for one in found(language, text, paper, evidence)] == []


@pytest.mark.parametrize(("language", "text", "paper", "evidence"), DOUBTED)
def test_a_translated_name_is_shown(language, text, paper, evidence):
    """A capital that may be a translation of one in the cited sentences is told to an editor, and blocks nothing."""
    assert {(one.kind, one.blocks) for one in found(language, text, paper, evidence)} == {("name", False)}


@pytest.mark.parametrize(("language", "text", "paper", "evidence", "part"), BLOCKED)
def test_a_wrong_number_or_name_is_not_shown(language, text, paper, evidence, part):
    """Numbers in digits and letters, with their units, and names must stand in what is cited, in any language."""
    assert part in [one.found for one in found(language, text, paper, evidence) if one.blocks]


@pytest.mark.parametrize(("language", "text", "paper", "evidence", "kind"), WARNED)
def test_praise_in_another_language_is_told(language, text, paper, evidence, kind):
    """Superlatives, certainties and advice that no cited sentence has are told to an editor, and block nothing."""
    violations = found(language, text, paper, evidence)

    assert kind in [one.kind for one in violations]
    assert not any(one.blocks for one in violations)


def test_what_is_not_found():
    """What these rules cannot see is known: whoever makes them see more takes it from this list."""
    assert not any(starmap(found, MISSED))


@pytest.mark.parametrize(
    "text",
    [
        "We propose MoorNet, which prunes visual tokens before the decoder.",
        "MoorNet prunes the visual tokens of videos before the decoder.",
    ],
)
def test_an_english_sentence_is_checked_as_english(text):
    """A quotation or an English sentence in an issue of another language meets the rules of English."""
    assert found("de", text, "moor", (2,)) == []


@pytest.mark.parametrize(
    "text",
    [
        "MoorNet does not prune the visual tokens before the decoder.",
        "The weather in Scotland and the price of fish are what this is about.",
    ],
)
def test_an_english_sentence_that_is_wrong_is_not_shown(text):
    """Code sees more of an English sentence, wherever it stands."""
    assert any(one.blocks for one in found("de", text, "moor", (2,)))


@pytest.mark.parametrize("language", ["de", "da", "it", "nl", "fr", "ja", "xx", "zh-Hans"])
@pytest.mark.parametrize(
    "text", ["", "ti" * 700, "elf" * 490, "cent mille " * 90, "1 000,5.3 Mio. ½ ²zwei", "un et et un"]
)
def test_weird_numbers_raise_nothing(language, text):
    """Whatever looks like a number is read, or is none; no text makes the check fail."""
    assert found(language, text, "moor", (2,)) == found(language, text, "moor", (2,))
