"""What each field of the service may mean. A field that is not here has not been judged: whoever adds one says under which
meaning it falls, and none of these is a datum about a user of the three services, or about a contact with one."""

from __future__ import annotations

BETEKENISSEN = {
    "gemeente: which, and how many inhabitants it has in all": """
        gemeente gemeentecode gemeentecodes gemeentenaam gemeenten inwoners peildatum zonder_cijfer delen
    """,
    "organisatie: who offers, sells, pays or calls, as the trade register and the contract have it": """
        aanbieder verkoper penvoerder betaler kvk oin btw_id peer_id delegator_id rol email straat postcode plaats
        rekening_gefactureerd rekening_af_te_dragen reeks betaler_versie message profiel iban tegenrekening afzender
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
    "factuur: a document about a subscription of a gemeente": """
        factuur facturen facturatieronde nummer eerste_nummer laatste_nummer factuurdatum vervaldatum betalingskenmerk
        bundel vervangt vervangen_door kenmerk_afnemer ordernummer contract kostenplaats taakveld ubl ubl_sha256 pdf
        pdf_sha256 controle bewaren_tot creditnota gegevens laatste
    """,
    "bank: an entry on the account of the bureau, as the bank writes it; who pays is a gemeente": """
        bankafschrift afschriftnummer bankreferentie betaling betalingen afschrijving afschrijvingen koppeling gekoppeld
        verdeling boekdatum eindnaareind formaat reeksnummer pagina al_bekend in_bestand hoort_bij aansluitend sluit_aan
        twijfel opmerkingen voorstellen fout fouten boeking opdracht
    """,
    "tekst: words of a decision, a gemeente or the bureau about any of these; each says what belongs in it": """
        omschrijving toelichting reden onderwerp tekst detail title reason oplossing betekenis
    """,
    "dag: when something of these begins, ends or is put down": """
        datum vanaf tot tot_en_met begindatum einddatum begindag einddag ingangsdatum jaar op geldig_op
        verschuldigd_vanaf verschuldigd_tot_en_met dagen_tot_begin dagen_tot_reageren aangevraagd_op afgerond_op
        vastgelegd_op vastgesteld_op ingelezen_op gefactureerd_op geboekt_op geweigerd_op gewijzigd_op opgemaakt_op
        ontstaan_op geschreven_op verzonden_op volgende_poging_op bezet_tot
    """,
    "telling: how many there are of these": """
        aantal aantal_abonnementen aantal_afschrijvingen aantal_facturen aantal_gaten aantal_geweigerde_boekingen
        aantal_gemeenten aantal_twijfel count pogingen volgnummer versie
    """,
    "techniek: how the service itself works, whatever it is about": """
        id type soort status probleem instance invalid_params name page page_size next previous results pad sleutel
        vingerafdruk kopregels handeling wijziging transactie_id transaction_id inhoud groep onderweg antwoord_pad
        voortgang gedaan idempotency_key if_none_match fsc_authorization domain
    """,
}
"""Meaning to the names of fields: of columns, of members in the API and in stored JSON, all with underscores."""
