"""Word lists of the Dutch analyser. All words are written as `analyser.fold` leaves them: small letters, no accents."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Said in every text, so they find nothing as long as a question holds other words too.
STOP_WORDS = _words(
    """
    a aan al alle als an and are as at be bij by dan dat de den der deze die dit door dus een en er erg
    for from haar had has have heb hebben heeft hem het hier hij hoe hun ik in is it its ja je jij jou
    jouw kan maar me mee meer men met mij mijn moet na naar niet nog nu of om omdat on onder ons onze ook
    op or our over te tegen that the their they this to toch toen tot u uit uw van veel voor waar want
    waren was wat we wel welke werd were wie wij will with worden wordt zal ze zich zij zijn zo zou
    """
)

# Words that begin with ge- by nature; the stemmer takes it for the ge- of a participle (gemeente -> meen).
PROTECTED_GE = _words(
    """
    baar baren barsten bed beur bied bit boden boorte bouw brek bruik daagde daante dachte dans deelte
    delegeerde deputeerde dicht ding drag duld ef eist fluister geerd geven haat hakt halte hecht heel
    heim heug hoor hoorza hucht jaagd kant kkig laat ldig leden leding leed legen leid lid lief lijk lofte
    loof luid luk maal mak meen midde moed naamd nade neer nees net nie noeg noot not nre nu nuan ograf
    ometr ost pland recht rechts rieve rucht rust sprek stalt stel steld tal tij tuig vaar val vang vecht
    vel veld ving vings voel vogel volg vuld waad waar weer weld welf west wicht wijd wo woon wricht zag
    zamen zant zel zet zicht zin zond
    """
)

# Forms that no rule joins, and a few that the stemmer pulls apart. Left the word, right what it counts as.
EXCEPTIONS = {
    "steden": "stad", "stedelijk": "stad", "stedelijke": "stad",
    "leden": "lid", "schepen": "schip", "wegen": "weg", "dagen": "dag", "paden": "pad", "daken": "dak",
    "kinderen": "kind", "kinder": "kind", "volkeren": "volk", "eieren": "ei", "goederen": "goed",
    "musea": "museum", "media": "medium", "criteria": "criterium", "centra": "centrum", "collegas": "collega",
    "regios": "regio", "themas": "thema", "agendas": "agenda", "casussen": "casus", "videos": "video",
    "grens": "grenz", "grenzen": "grenz", "kans": "kansen", "wens": "wensen", "mens": "mensen",
    "opgave": "opgaven", "opgaaf": "opgaven", "uitgave": "uitgaven", "bijlage": "bijlagen",
    "lezen": "leez", "leest": "leez", "gelezen": "leez", "lees": "leez", "las": "leez",
    "reist": "reis", "gereisd": "reis", "kiest": "kiez", "kiezen": "kiez", "gekozen": "kiez", "kies": "kiez",
    "schrijven": "schrijv", "schrijft": "schrijv", "geschreven": "schrijv", "schreef": "schrijv",
    "geven": "geev", "geeft": "geev", "gegeven": "geev", "gaf": "geev",
    "leert": "leren", "geleerd": "leren", "stuurt": "sturen", "gelden": "geld", "besloten": "besluiten",
    "gemeenten": "gemeente", "gemeentes": "gemeente", "gemeentelijk": "gemeente", "gemeentelijke": "gemeente",
    "provincies": "provincie", "provinciaal": "provincie", "provinciale": "provincie",
    "regionaal": "regio", "regionale": "regio",
    # other names of the same thing
    "leergemeenschap": "leerkring", "leergemeenschappen": "leerkring",
    "gastgemeente": "gaststad", "gastorganisatie": "gaststad", "gastheer": "gaststad",
    "facilitator": "begeleider", "facilitators": "begeleider",
    "oogst": "opbrengst",
}  # fmt: skip

# What compounds are made of in the work of Dutch public professionals. `zorg` finds `jeugdzorg` by these.
PARTS = _words(
    """
    aanbesteding aanpak academie accommodatie advies adviseur afspraak afval agenda akkoord ambt ambtenaar
    analyse arbeid arbeidsmarkt armoede baan bedrijf bedrijventerrein begeleider begeleiding begroting
    beheer belang belasting beleid beraad beroep besluit bestuur bestuurder bevolking bewoner bezoek
    bibliotheek bijdrage bijeenkomst binnenstad bodem boer bouw brand brief bron brug burgemeester burger
    buurt camera campus casus centrum cirkel club college commissie competentie congres contract controle
    coordinator corporatie crisis cultuur cursus dag data deal debat deel deelnemer democratie dialoog
    dienst digitalisering directeur doel dorp economie eigenaar energie ervaring europa evaluatie expert
    fabriek fase fiets financien flex fonds forum functie fusie gast gebied gebouw gebruiker gedrag geld
    geluid gemeenschap gemeente gesprek geval gezin gezondheid glas grens groei groen groep grond haven
    heffing herstel houder huis huishouden huisvesting hulp huur hypotheek ict idee industrie informatie
    ingenieur initiatief inkomen inkoop innovatie inspectie inspraak integratie intervisie inwoner jaar
    jeugd jongere kaart kader kamer kans kapitaal kennis kern kind klimaat koers kosten kracht krimp kring
    kunst kwaliteit land landbouw landschap leer leergang leerkring leerling les leven lid lijn locatie
    loket lucht maatregel maatschappij management manager markt medewerker media melding mens methode
    migratie milieu minister ministerie mobiliteit model monitor museum natuur netwerk nieuws norm nota
    omgeving onderhoud ondernemer onderneming onderwijs onderzoek onteigening ontmoeting ontwerp
    ontwikkeling oogst opgave opleiding opvang organisatie ouder ouderen overheid overleg pact park
    parkeer participatie partner pensioen personeel pilot plan platform plein politie portaal praktijk
    preventie prijs probleem proces proef programma project provincie raad raadslid rapport recht regel
    regeling regie regio rekening rente rivier ruimte samenleving samenwerking school schuld sector
    sociaal spel spoor sport staat stad station stichting straat strategie stroom student studie sturing
    subsidie taak taal tafel team techniek terrein thema theorie thuis toekomst toerisme toets toezicht
    traject transformatie transitie trein uitkering uitvoering vaardigheid veiligheid verband vereniging
    vergadering vergunning verhaal verkeer verkiezing verslag vervoer verzekering visie vlucht voedsel
    voorbeeld voorraad voorziening vorming vraag vrijwilliger waarde water waterschap week weg welzijn
    werk werkgever werkloosheid werknemer werkvorm wet wetenschap wethouder wijk wind winkel wonen woning
    woon zaak zaken zee zon zonne zorg
    """
)

# Words that look like a compound of these and are none.
WHOLE = _words(
    "bouwen divisie intervisie leerling provisie revisie supervisie televisie wethouder wethouders"
)

LINKS = ("", "s", "en", "n", "e")  # what may stand between two parts: regering-s-beleid, vrouw-en-raad
