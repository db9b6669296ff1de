"""What each field of the service may mean. A field that is not here has not been judged: whoever adds one says under which
meaning it falls, and none of these is a datum about a user of the three services, or about a contact with one."""

from __future__ import annotations

BETEKENISSEN = {
    "gemeente: which, and how many inhabitants it has in all": """
        gemeente gemeentecode gemeentecodes gemeentenaam gemeenten inwoners peildatum zonder_cijfer delen
        deelnemers inwoners_deelnemers ontbrekend niet_in_peiling peiling percentage_gemeenten percentage_inwoners
    """,
    "organisatie: who offers, sells, pays or calls, as the trade register and the contract have it": """
        aanbieder verkoper penvoerder betaler kvk oin btw_id peer_id delegator_id rol email straat postcode plaats
        rekening_gefactureerd rekening_af_te_dragen reeks betaler_versie message profiel iban tegenrekening afzender
        aanbieders betaler_naam commissie ontvanger zender aan van eigen_iban
    """,
    "ondertekenaar: who acts for an organisation, and on what authority": """
        ondertekenaar naam functie grondslag kenmerk besluitdatum gremium
    """,
    "aanbod: what is offered and decided, and what each gemeente answered": """
        aanbod aanmelding abonnement antwoord uitzondering uitzonderingen uitzonderingspakket reageren_voor rappels
        laatste_rappel stap opzegtermijn_maanden tussentijds uittreden uittreedbijdrage_procent uiterste_opzegdag
        kan_nog resterende_maanden mogelijkheden opgezegd overgegaan_op verlenging overgang overgangen laatste_dag
        lopend_tot_en_met gebeurtenissen besluit beslist wijze stand standen aanbiedingen tariefbesluit pakket pakketten
        dienst diensten voorziening code bron bronvermelding prijspeil eerste_jaar laatste_jaar vanaf_jaar
        verdeelsleutel gewicht betaalafspraken categorie percentage procent procent_inwoners
    """,
    "geld: amounts, sums and how they are calculated": """
        bedrag_cent tarief_per_inwoner totaal totaal_cent bijdrage_cent jaarprijs_cent exact_cent openstaand
        openstaand_cent betaald_cent gecrediteerd_cent gefactureerd_cent gefactureerd_per_dienst_cent per_dienst_cent
        verschil_cent terug_cent teruggegaan_cent niet_gekoppeld_cent gekoppeld_cent nog_te_verdelen_cent ontvangen_cent
        ontvangen_volgens_bank_cent onverklaard_cent verklaard_cent verklaard afgeschreven_cent beginsaldo_cent
        eindsaldo_cent saldo_voor_cent per_factuur_cent rekening fonds volgens_bank_cent verdeeld verdeelregel
        rekenregel berekening regels aandelen toewijzingen belemmeringen invoer onderbouwing
    """,
    "tarief: what a package costs, how that is calculated, and how it goes along with an index": """
        tarief vorm eenheid hoeveelheid eerste_keer banden bedrag vast_bedrag eenmalig minimum maanden stappen
        uitleg waarde geldend_voor vorige indexering tariefindexatie indexatie clausule afspraak bevestiging factor prijs
        prijzen onderdeel onderdelen oud nieuw keten_decimalen keten_afronding prijs_decimalen prijs_afronding budgetten
        budget_cent besloten voorgesteld deelname_promille tarief_decimalen decimalen aandeel exact som verschil
        kostprijs kostendekkend opbrengst_cent dekking_cent dekking_promille rekenregels uitgezonderd zonder
    """,
    "ronde: what a round is going to be, which bounds it passes, and who approves of it": """
        voorvertoning voorstel voor_ronde verkoopwijze vergeleken_met redenen cent vorig_cent vorig_jaar_cent
        overschrijdingen grens aanvaard uitkomst uitkomsten gemeente_procent totaal_procent voorvertoning_cent
        verrekeningen verrekend_cent over van_inwoners naar_inwoners voorlopig definitief
    """,
    "factuur: a document about a subscription of a gemeente": """
        factuur facturen facturatieronde nummer eerste_nummer laatste_nummer factuurdatum vervaldatum betalingskenmerk
        bundel vervangt vervangen_door kenmerk_afnemer ordernummer contract kostenplaats taakveld ubl ubl_sha256 pdf
        pdf_sha256 controle bewaren_tot creditnota gegevens laatste
        envelop documenttype proces schema stuk wijzen gekozen sinds bericht
    """,
    "herinnering: what a gemeente has not paid in time, and the letter about it": """
        herinnering brief brieven titel aanspraak open open_cent te_veel_cent betalen_voor betalen_binnen_dagen dagen
        laatste_stap volgende_stap heropend aanhouding opheffing kosten_cent rentepercentage gevolg_voor_diensten
        nog_te_maken klassen vanaf_dagen tot_en_met_dagen
    """,
    "bank: an entry on the account of the bureau, as the bank writes it; who pays is a gemeente": """
        bankafschrift afschriftnummer bankreferentie betaling betalingen afschrijving afschrijvingen koppeling gekoppeld
        verdeling boekdatum eindnaareind formaat reeksnummer pagina al_bekend in_bestand hoort_bij aansluitend sluit_aan
        twijfel opmerkingen voorstellen fout fouten boeking opdracht
        betaalopdracht regel verzamelboeking onderweg_cent ingehouden_cent verdeeld_cent delen_sha256 koppelingen met
        vrijgekomen_cent terugbetalingen
    """,
    "verantwoording: what a foundation accounts for, and what a gemeente asks about that": """
        document grootte sha256 bedragen begroting begroot_cent besteed_cent volledig_begroot verzoek vraag te_laat
        verlopen
    """,
    "aansluiting: whether fonds has what was sent to it": """
        aansluiting verschillen alle_verschillen per_soort onbekend gestorneerd hier_cent fonds_cent
    """,
    "tekst: words of a decision, a gemeente or the bureau about any of these; each says what belongs in it": """
        omschrijving toelichting reden onderwerp tekst detail title reason oplossing betekenis
    """,
    "dag: when something of these begins, ends or is put down": """
        datum vanaf tot tot_en_met begindatum einddatum begindag einddag ingangsdatum jaar op geldig_op
        verschuldigd_vanaf verschuldigd_tot_en_met dagen_tot_begin dagen_tot_reageren aangevraagd_op afgerond_op
        vastgelegd_op vastgesteld_op ingelezen_op gefactureerd_op geboekt_op geweigerd_op gewijzigd_op opgemaakt_op
        ontstaan_op geschreven_op verzonden_op volgende_poging_op bezet_tot
        dag uiterlijk beantwoord_op begonnen_op gegeven_op gemaakt_op gepeild_op gepubliceerd_op gesteld_op ingediend_op
        ontvangen_op opgeheven_op vergeleken_op voorgesteld_op
    """,
    "telling: how many there are of these": """
        aantal aantal_abonnementen aantal_afschrijvingen aantal_facturen aantal_gaten aantal_geweigerde_boekingen
        aantal_gemeenten aantal_twijfel count pogingen volgnummer versie
        aantal_boekingen aantal_deelnemers aantal_documenten aantal_verrekeningen aantal_verschillen
        aantal_zonder_inwonertal
    """,
    "techniek: how the service itself works, whatever it is about": """
        id type soort status probleem instance invalid_params name page page_size next previous results pad sleutel
        vingerafdruk kopregels handeling wijziging transactie_id transaction_id inhoud groep onderweg antwoord_pad
        voortgang gedaan idempotency_key if_none_match fsc_authorization domain
    """,
}
"""Meaning to the names of fields: of columns, of members in the API and in stored JSON, all with underscores."""
