/* Which encoding a text is in: texts of many languages, encoded into every page that can hold them, at
 * every size from one word on. What is decided must give back the very text; doubt is allowed where
 * the text is short, a wrong answer nowhere.
 */
#include "tests/support/test_support.h"

#include <stdio.h>
#include <string.h>

#include "io/encoding.h"
#include "tests/support/encoded_text.h"

/* ---- texts of many languages ---------------------------------------------------------------- */

typedef struct Language {
    const char *name;
    const char *page;  /* in which its users' spreadsheets write */
    size_t words_sure; /* from so many words on, the decision must be made */
    const char *text;
} Language;

static const Language LANGUAGES[] = {
    {"Ukrainian", "WINDOWS-1251", 2,
     "Обладнання для центру реагування на кіберінциденти, навчання фахівців органів влади та "
     "захист об'єктів критичної інфраструктури у Харкові, Львові, Запоріжжі й Чернігові; "
     "резервне живлення підстанцій, сервери, ліцензії, ґрунтовний аналіз загроз, відновлення "
     "зв'язку в громадах, де її не було, і перевірка стійкості мереж їхніх постачальників"},
    {"Russian", "WINDOWS-1251", 2,
     "Оборудование для центра реагирования, обучение сотрудников и защита объектов связи, "
     "подъёмный кран, щебень, резервное питание подстанций и проверка устойчивости сетей"},
    {"Bulgarian", "WINDOWS-1251", 2,
     "Оборудване за център за реагиране, обучение на служители и защита на обекти от критичната "
     "инфраструктура, сървъри, лицензи и проверка на устойчивостта на мрежите"},
    {"Polish", "WINDOWS-1250", 25,
     "Wyposażenie zespołu reagującego na incydenty, szkolenie urzędników i ochrona obiektów "
     "łączności w Łodzi, Gdańsku, Białymstoku oraz Rzeszowie; źródła zasilania, część zamienna, "
     "książka zgłoszeń, świadczenie usług przez dostawców, którzy są gotowi pomóc, najpóźniej "
     "dziś, oraz próba odporności sieci przed końcem miesiąca"},
    {"Czech", "WINDOWS-1250", 25,
     "Vybavení střediska pro řešení bezpečnostních událostí, školení úředníků a ochrana zařízení v "
     "Plzni, Děčíně a Ústí; záložní zdroje, údržba sítě, ověření odolnosti dodavatelů, kteří "
     "můžou pomoci ještě před koncem měsíce, a příprava cvičení"},
    {"Slovak", "WINDOWS-1250", 25,
     "Vybavenie strediska pre riešenie udalostí, školenie úradníkov a ochrana zariadení v Žiline, "
     "Trenčíne a Košiciach; záložné zdroje, údržba siete, overenie odolnosti dodávateľov, ktorí "
     "môžu pomôcť ešte pred koncom mesiaca, a príprava cvičení"},
    {"Hungarian", "WINDOWS-1250", 40,
     "A biztonsági eseményeket kezelő központ felszerelése, a tisztviselők képzése és a "
     "létfontosságú létesítmények védelme Győrben, Pécsett és Székesfehérváron; tartalék "
     "áramforrások, a hálózat megerősítése, gyűjtőpontok, erős jelszavak, a beszállítók "
     "ellenőrzése, hűtőgépek, tűzfalak és a következő gyakorlat előkészítése"},
    {"Romanian", "WINDOWS-1250", 40,
     "Echipament pentru centrul de răspuns, pregătirea funcţionarilor şi protecţia instalaţiilor "
     "din Braşov, Iaşi şi Constanţa; surse de rezervă, întreţinerea reţelei, verificarea "
     "rezistenţei furnizorilor care pot ajuta până la sfârşitul lunii, în această situaţie"},
    {"Croatian", "WINDOWS-1250", 60,
     "Oprema središta za odgovor na događaje, obuka službenika i zaštita građevina u Čakovcu, "
     "Šibeniku i Požegi; rezervni izvori, održavanje mreže, provjera otpornosti dobavljača koji "
     "će pomoći još prije kraja mjeseca, vježba, tečaj, kuća, noć, šuma, žurno, međutim, također, "
     "riječ, čvor, ključ, plaća, voće, mač, češće"},
    {"Slovene", "WINDOWS-1250", 80,
     "Oprema središča za odziv, šolanje uradnikov in zaščita naprav v Črnomlju, Škofji Loki in "
     "Žalcu; rezervni viri, vzdrževanje omrežja, preverjanje odpornosti dobaviteljev, ki še "
     "lahko pomagajo, čim več učencev, ključ, delovišče, večji, manjši, žica, že, tečaj, časopis, "
     "počasi, cenejši, občina, država, skupščina, človek, nočna, čista, srečanje, začetek, "
     "končno, možnost, družba, pomoč, točka, običajno, različno, značilno, način, številka, "
     "hiša, šest, reševanje, izvršitev, oblačno, račun, naročilo, plačilo, večina, določba"},
    {"German", "WINDOWS-1252", 1,
     "Ausrüstung für das Lagezentrum, Schulung der Beschäftigten und Schutz wichtiger Gebäude in "
     "München, Köln und Düsseldorf; Ersatzgeräte, Prüfung der Zulieferer, die noch vor dem "
     "Monatsende aushelfen können, größere Räume, Straßen, Übungen, Äcker und Öfen"},
    {"French", "WINDOWS-1252", 80,
     "Équipement du centre de réponse, formation des agents et protection des bâtiments à "
     "Besançon, Nîmes et Sète; sources de secours, contrôle du réseau, vérification des "
     "fournisseurs déjà prêts à aider avant la fin du mois, là où la sûreté l'exige; dès "
     "février, même la chaîne d'approvisionnement sera protégée après l'accord du maître "
     "d'œuvre, grâce à l'intérêt général, très élevé, des élèves, des pièces, des règles, "
     "procédures, modèles, problèmes, première, dernière, mère, père, frère, être, forêt, fête, "
     "août, goût, coût, hôpital, hôtel, côté, contrôlé, français, reçu, leçon, garçon, voilà, "
     "au-delà, déjà, où, naïf, maïs"},
    {"Spanish", "WINDOWS-1252", 60,
     "Equipamiento del centro de respuesta, formación de los funcionarios y protección de las "
     "instalaciones en Málaga, Cádiz y A Coruña; fuentes de reserva, revisión de la red, "
     "comprobación de los proveedores que podrán ayudar este año, mañana, niños, señal, pequeño, "
     "compañía, diseño, español, enseñanza, montaña, daño, tamaño, otoño, cañón, campaña"},
    {"Portuguese", "WINDOWS-1252", 40,
     "Equipamento do centro de resposta, formação dos funcionários e proteção das instalações em "
     "Évora, São João e Guimarães; fontes de reserva, revisão da rede, verificação dos "
     "fornecedores que não estão prontos, condições, informações, então, é preciso atenção, "
     "organização, três estações, irmãos, mães, lições, avião, coração, açúcar, câmara"},
    {"Italian", "WINDOWS-1252", 100,
     "Attrezzature per il centro di risposta, formazione dei funzionari e protezione delle sedi a "
     "Forlì, Cantù e Cefalù; verifica della capacità dei fornitori che potrà aiutare già entro "
     "lunedì, perché la qualità e la sicurezza della città sono priorità, così come l'unità, la "
     "libertà, la novità, la realtà, la società, l'età, la metà, la verità, la velocità, il caffè, "
     "è più giù, però può, ciò, andò, sarà, farà, dirà, darà, sanità, università, comunità, "
     "attività, possibilità, necessità, identità, gravità"},
    {"Danish", "WINDOWS-1252", 60,
     "Udstyr til beredskabscentret, uddannelse af medarbejdere og beskyttelse af anlæg i Aalborg, "
     "Køge og Helsingør; nødstrøm, vedligeholdelse af nettet, prøve af leverandører, som også kan "
     "hjælpe før månedens slutning, på øen, når året går, større, mærke, læge, sø, å, blå, gåde, "
     "hæve, grøn, skærm, nøgle, måling, værktøj, kørsel"},
    {"Swedish", "WINDOWS-1252", 60,
     "Utrustning för ledningscentralen, utbildning av anställda och skydd av anläggningar i Malmö, "
     "Göteborg och Umeå; reservkraft, underhåll av nätet, prövning av leverantörer som också kan "
     "hjälpa före månadens slut, på ön, när året går, större, märke, läkare, sjö, å, blå, gåta, "
     "häva, grön, skärm, nyckel, mätning, verktyg, körning, språk, många, måste, få, två, från"},
    {"Finnish", "WINDOWS-1252", 1,
     "Valmiuskeskuksen varusteet, henkilöstön koulutus ja tärkeiden laitosten suojaaminen "
     "Jyväskylässä, Hämeenlinnassa ja Pöytyällä; varavoima, verkon ylläpito ja häiriöt"},
    {"Estonian", "WINDOWS-1252", 60,
     "Küberintsidentide lahendamise keskuse varustus, ametnike koolitus ja tähtsate rajatiste "
     "kaitse Tõrvas, Põlvas, Võrus ja Jõhvis; varutoide, võrgu hooldus, tarnijate kontroll, kes "
     "võivad aidata enne kuu lõppu, õppus, mõõtmine, sõiduk, põhi, lõuna, õhtu, jõgi, rõõm, "
     "tõlge, kõik, võti, nõue, lõpetamine, kõrge, õigus, mõju, võimalus, sõda, tõend"},
    {"English", "WINDOWS-1252", 1,
     "Equipment for the response centre \xE2\x80\x93 training, \xE2\x80\x9Cspare\xE2\x80\x9D parts "
     "and the operators\xE2\x80\x99 costs, 5\xC2\xB0 \xC2\xB1 1\xC2\xB0"},
};

/* Other encodings that such users meet; they are read when they are named. */
static const char *const OTHERS[] = {"ISO-8859-2", "ISO-8859-5", "KOI8-U", "CP866", "CP852",
                                     "CP850",      "MACINTOSH",  "CP1254", "CP1257"};

/* A CSV of the words from number first on, two words a row; in UTF-8. */
static size_t make_table(const char *text, size_t first, size_t words, EncodedText *out)
{
    size_t made = 0;
    out->size = (size_t)snprintf(out->at, ENCODED_SIZE, "id,title\r\n");
    for (size_t w = 0; *text != '\0' && made < words; w++) {
        size_t length = strcspn(text, " ");
        if (w >= first) {
            if (made % 2 == 0)
                out->size += (size_t)snprintf(out->at + out->size, ENCODED_SIZE - out->size, "%zu;",
                                              made / 2 + 1);
            memcpy(out->at + out->size, text, length);
            out->size += length;
            memcpy(out->at + out->size, made % 2 == 0 ? " \r\n" : "\r\n", 3);
            out->size += made % 2 == 0 ? 1 : 2;
            made++;
        }
        text += length;
        text += strspn(text, " ");
    }
    return made;
}

static bool is_ascii(const EncodedText *text)
{
    for (size_t i = 0; i < text->size; i++)
        if ((unsigned char)text->at[i] >= 0x80)
            return false;
    return true;
}

/* What became of a text in one encoding. */
typedef enum Answer { ANSWER_RIGHT, ANSWER_DOUBT, ANSWER_WRONG } Answer;

static Answer answer(const EncodedText *text, const EncodedText *bytes, Encoding *encoding)
{
    static EncodedText back;
    Arena *arena = arena_new();
    uint64_t bad_offset;
    Answer given = ANSWER_DOUBT;
    *encoding = decide_in_pieces(bytes->at, bytes->size, bytes->size, NULL, arena);
    if (encoding->found != ENCODING_DOUBTFUL && encoding->found != ENCODING_NONE) {
        Status status = decode_in_pieces(encoding, bytes->at, bytes->size, 7, &back, &bad_offset);
        bool same = status == STATUS_OK && back.size == text->size &&
                    memcmp(back.at, text->at, text->size) == 0;
        given = same ? ANSWER_RIGHT : ANSWER_WRONG;
    }
    encoding->reason = "";
    arena_free(arena);
    return given;
}

static const size_t SIZES[] = {1, 2, 3, 5, 8, 12, 20, 25, 40, 60, 80, 100, 1000};

static void no_text_is_decided_wrongly_at_any_size(void **state)
{
    static const char *const pages[] = {"WINDOWS-1250", "WINDOWS-1251", "WINDOWS-1252", "UTF-8"};
    static EncodedText text, bytes;
    (void)state;
    for (size_t l = 0; l < COUNT_OF(LANGUAGES); l++)
        for (size_t s = 0; s < COUNT_OF(SIZES); s++)
            for (size_t first = 0; make_table(LANGUAGES[l].text, first, SIZES[s], &text) > 0;
                 first++)
                for (size_t p = 0; p < COUNT_OF(pages); p++) {
                    Encoding encoding;
                    if (!encode_text(text.at, text.size, pages[p], &bytes))
                        continue;
                    if (answer(&text, &bytes, &encoding) == ANSWER_WRONG)
                        fail_msg("%s in %s, %zu words from %zu: read as %s", LANGUAGES[l].name,
                                 pages[p], SIZES[s], first, encoding.name);
                }
}

static void a_text_that_is_long_enough_is_decided(void **state)
{
    static EncodedText text, bytes;
    (void)state;
    for (size_t l = 0; l < COUNT_OF(LANGUAGES); l++)
        for (size_t s = 0; s < COUNT_OF(SIZES); s++) {
            Encoding encoding;
            (void)make_table(LANGUAGES[l].text, 0, SIZES[s], &text);
            if (SIZES[s] < LANGUAGES[l].words_sure || is_ascii(&text))
                continue;
            assert_true(encode_text(text.at, text.size, LANGUAGES[l].page, &bytes));
            if (answer(&text, &bytes, &encoding) != ANSWER_RIGHT)
                fail_msg("%s, %zu words: not decided", LANGUAGES[l].name, SIZES[s]);
        }
}

/* From some ten words on; a word or two of them may look like one of a Windows page. */
static void a_text_in_another_encoding_is_not_taken_for_a_windows_page(void **state)
{
    enum { WORDS = 30 };
    static EncodedText text, bytes;
    (void)state;
    for (size_t l = 0; l < COUNT_OF(LANGUAGES); l++)
        for (size_t o = 0; o < COUNT_OF(OTHERS); o++) {
            Encoding encoding;
            (void)make_table(LANGUAGES[l].text, 0, WORDS, &text);
            if (is_ascii(&text) || !encode_text(text.at, text.size, OTHERS[o], &bytes))
                continue;
            if (answer(&text, &bytes, &encoding) == ANSWER_WRONG)
                fail_msg("%s in %s: read as %s", LANGUAGES[l].name, OTHERS[o], encoding.name);
        }
}

/* ---- single files --------------------------------------------------------------------------- */

typedef struct Case {
    const char *label;
    const char *bytes;
    size_t size;
    const char *declared;
    EncodingFound found;
    const char *name; /* or "" */
    int line;
    const char *reason; /* begins so */
} Case;

#define BYTES(text) (text), sizeof(text) - 1
#define TELL "the letters do not tell the encoding; a word reads "

static void check_cases(const Case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t piece = 1; piece <= cases[i].size + 1; piece++) {
            char label[128];
            Arena *arena = arena_new();
            Encoding got =
                decide_in_pieces(cases[i].bytes, cases[i].size, piece, cases[i].declared, arena);
            (void)snprintf(label, sizeof label, "%s, %zu bytes at once", cases[i].label, piece);
            assert_case_text(label, got.name, cases[i].name);
            assert_case_int(label, got.found, cases[i].found);
            assert_case_int(label, got.line, cases[i].line);
            if (strncmp(got.reason, cases[i].reason, strlen(cases[i].reason)) != 0)
                assert_case_text(label, got.reason, cases[i].reason);
            arena_free(arena);
        }
    }
}

static void marks_and_nul_bytes_are_known_at_every_size_of_pieces(void **state)
{
    static const Case cases[] = {
        {"nothing", BYTES(""), NULL, ENCODING_PLAIN, "UTF-8", 0, ""},
        {"ASCII", BYTES("id\n1\n"), "windows-1250", ENCODING_PLAIN, "UTF-8", 0, ""},
        {"UTF-8", BYTES("id\n\xD0\x9A\n"), "windows-1250", ENCODING_PLAIN, "UTF-8", 0, ""},
        {"UTF-8 with a mark", BYTES("\xEF\xBB\xBFid"), "koi8-u", ENCODING_MARKED, "UTF-8", 0, ""},
        {"half a mark", BYTES("\xEF\xBB"), "latin1", ENCODING_DECLARED, "latin1", 0, ""},
        {"UTF-16LE, a mark alone", BYTES("\xFF\xFE"), NULL, ENCODING_MARKED, "UTF-16LE", 0, ""},
        {"UTF-16BE", BYTES("\xFE\xFF\0i\0d"), NULL, ENCODING_MARKED, "UTF-16BE", 0, ""},
        {"UTF-32LE", BYTES("\xFF\xFE\0\0i\0\0\0"), NULL, ENCODING_MARKED, "UTF-32LE", 0, ""},
        {"UTF-32BE", BYTES("\0\0\xFE\xFF\0\0\0i"), NULL, ENCODING_MARKED, "UTF-32BE", 0, ""},
        {"UTF-16LE without", BYTES("i\0d\0\n\0"), NULL, ENCODING_DETECTED, "UTF-16LE", 0, ""},
        {"UTF-16BE without", BYTES("\0i\0d\0\n"), "latin1", ENCODING_DETECTED, "UTF-16BE", 0, ""},
        {"UTF-16LE, hardly ASCII",
         BYTES("\x1D\x04\x30\x04\x37\x04\x32\x04\x30\x04;\0\x20\x04\x56\x04\x32\x04\x3D\x04\x35\x04"
               "\n\0"),
         NULL, ENCODING_DETECTED, "UTF-16LE", 0, ""},
        {"UTF-32LE without", BYTES("i\0\0\0d\0\0\0"), NULL, ENCODING_DETECTED, "UTF-32LE", 0, ""},
        {"a NUL byte", BYTES("id,title\n1,a\n2,\0b\n"), NULL, ENCODING_NONE, "", 3,
         "the file holds a NUL byte"},
        {"NUL bytes, CR LF", BYTES("id\r\n\r\n\0\0\0\0\r\n"), "cp1250", ENCODING_NONE, "", 3,
         "the file holds a NUL byte"},
        {"UTF-16 of letters that are not ours, named", BYTES("\x4E\0\x65\x87"), "UTF-16BE",
         ENCODING_DECLARED, "UTF-16BE", 0, ""},
    };
    (void)state;
    check_cases(cases, COUNT_OF(cases));
}

static void signs_and_few_letters_are_told_apart_at_every_size_of_pieces(void **state)
{
    static const Case cases[] = {
        {"signs that all pages share",
         BYTES("id\n\x93"
               "a\x94 \x96 5 \xB0\xB1\xA0\n"),
         NULL, ENCODING_LETTERS, "Windows-1252", 0, ""},
        {"euros", BYTES("amount (\x80)\n\x80 5\n5\x80\n"), NULL, ENCODING_LETTERS, "Windows-1252",
         0, ""},
        {"pounds",
         BYTES("id,amount\n1,\xA3"
               "500\n2,500\xA3\n"),
         NULL, ENCODING_LETTERS, "Windows-1252", 0, ""},
        {"an initial, not a pound", BYTES("id,name\n1,\xA3. Nowak\n"), NULL, ENCODING_DOUBTFUL, "",
         2, TELL "'Ł' as Windows-1250, 'Ј' as Windows-1251, '£' as Windows-1252"},
        {"square metres",
         BYTES("id,unit\n1,m\xB2\n2,km\xB2 and Gr\xF6\xDF"
               "e\n3,cm\xB2\n"),
         NULL, ENCODING_LETTERS, "Windows-1252", 0, ""},
        {"one German word", BYTES("id\nZ\xFCrich\n"), NULL, ENCODING_LETTERS, "Windows-1252", 0,
         ""},
        {"letters that 1252 has not",
         BYTES("id\n\x8Diadam\x9D k\xF2\xF2 pr\xE1"
               "ca, tr\xE1va\n"),
         NULL, ENCODING_LETTERS, "Windows-1250", 0, ""},
        {"a Ukrainian word among English",
         BYTES("id,title\n1,server\n2,\xC4\xED\xB3\xEF\xF0\xEE\n"), NULL, ENCODING_DOUBTFUL, "", 3,
         TELL "'Äíłďđî' as Windows-1250, 'Дніпро' as Windows-1251, 'Äí³ïðî' as Windows-1252: say "
              "which is right with --encoding windows-1250 or --encoding windows-1251 or "
              "--encoding windows-1252"},
        {"the same, named", BYTES("id,title\n1,server\n2,\xC4\xED\xB3\xEF\xF0\xEE\n"), "cp1251",
         ENCODING_DECLARED, "cp1251", 0, ""},
        {"a Cyrillic letter in a Latin word", BYTES("id\nN\xC0-1\nN\xC0-2\n"), NULL,
         ENCODING_DOUBTFUL, "", 2, TELL},
        {"one Polish word",
         BYTES("id\r\n1\r\nba\xB3"
               "agan\r\n"),
         NULL, ENCODING_DOUBTFUL, "", 3, TELL "'bałagan' as Windows-1250"},
        {"a word a thousand times weighs no more",
         BYTES("id\nK\xF8"
               "en\nK\xF8"
               "en\nK\xF8"
               "en\nK\xF8"
               "en\nK\xF8"
               "en\n"),
         NULL, ENCODING_DOUBTFUL, "", 2, TELL "'Křen' as Windows-1250, 'Køen' as Windows-1252"},
        {"no letters of any page", BYTES("id\n\x81\x98\n"), NULL, ENCODING_DOUBTFUL, "", 2,
         "it is not UTF-8, and its letters make no words"},
        {"one UTF-8 letter too many", BYTES("id\nZ\xC3\xBCrich\n\nZ\xFCrich\n"), NULL,
         ENCODING_DOUBTFUL, "", 4, "byte 0xFC at offset 13 is not UTF-8, as other letters"},
        {"the same, named", BYTES("id\nZ\xC3\xBCrich\n\nZ\xFCrich\n"), "latin1", ENCODING_DECLARED,
         "latin1", 0, ""},
    };
    (void)state;
    check_cases(cases, COUNT_OF(cases));
}

static void the_decision_does_not_depend_on_the_pieces(void **state)
{
    static const size_t pieces[] = {1, 2, 3, 5, 7, 16, 61, 64, 65, 1000};
    static EncodedText text, bytes;
    (void)state;
    for (size_t l = 0; l < COUNT_OF(LANGUAGES); l++)
        for (size_t words = 1; words <= 32; words *= 2) {
            Arena *arena = arena_new();
            (void)make_table(LANGUAGES[l].text, 0, words, &text);
            assert_true(encode_text(text.at, text.size, LANGUAGES[l].page, &bytes));
            Encoding whole = decide_in_pieces(bytes.at, bytes.size, bytes.size, NULL, arena);
            for (size_t p = 0; p < COUNT_OF(pieces); p++) {
                Encoding got = decide_in_pieces(bytes.at, bytes.size, pieces[p], NULL, arena);
                assert_case_text(LANGUAGES[l].name, got.name, whole.name);
                assert_case_text(LANGUAGES[l].name, got.reason, whole.reason);
                assert_case_int(LANGUAGES[l].name, got.line, whole.line);
            }
            arena_free(arena);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_text_is_decided_wrongly_at_any_size),
        cmocka_unit_test(a_text_that_is_long_enough_is_decided),
        cmocka_unit_test(a_text_in_another_encoding_is_not_taken_for_a_windows_page),
        cmocka_unit_test(marks_and_nul_bytes_are_known_at_every_size_of_pieces),
        cmocka_unit_test(signs_and_few_letters_are_told_apart_at_every_size_of_pieces),
        cmocka_unit_test(the_decision_does_not_depend_on_the_pieces),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
