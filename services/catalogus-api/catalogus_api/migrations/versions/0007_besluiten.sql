CREATE TABLE besluit (
    id uuid PRIMARY KEY,
    gremium text NOT NULL CHECK (gremium IN ('Task Force', 'College', 'commissie', 'bestuur', 'ALV', 'BALV')),
    soort text NOT NULL CHECK (soort IN ('advies', 'start initiatief', 'opschaling', 'standaardverklaring', 'in beheer nemen',
        'collectiviseringsvoorstel', 'beeindiging', 'kaderbesluit')),
    datum date NOT NULL CHECK (datum BETWEEN '2000-01-01' AND '2100-12-31'),
    nauwkeurigheid text NOT NULL CHECK (nauwkeurigheid IN ('dag', 'maand', 'jaar')),
    CONSTRAINT besluit_laatste_dag_check CHECK (nauwkeurigheid = 'dag' OR extract(day FROM datum + 1) = 1
        AND (nauwkeurigheid = 'maand' OR extract(month FROM datum) = 12)),
    uitkomst text NOT NULL CHECK (uitkomst IN ('positief', 'negatief', 'aangehouden', 'niet bekend')),
    voorzieningen text[] NOT NULL CHECK (array_position(voorzieningen, NULL) IS NULL),
    CONSTRAINT besluit_over_iets_check CHECK (soort = 'kaderbesluit' OR cardinality(voorzieningen) > 0),
    titel text NOT NULL, tekst text NOT NULL,
    uitrol text, tijdpad text, financiering text,
    mate_van_binding text CHECK (mate_van_binding IN ('vrij', 'vrijwillig maar niet vrijblijvend', 'algemeen bindend')),
    samenwerkingsvorm text CHECK (samenwerkingsvorm IN ('samen denken', 'samen bouwen', 'samen exploiteren')),
    uitvoeringsstructuur text CHECK (uitvoeringsstructuur IN ('lokaal', 'functioneel', 'regionaal', 'landelijk')),
    advies_over text CHECK (advies_over IN ('start initiatief', 'opschaling', 'standaardverklaring', 'in beheer nemen',
        'collectiviseringsvoorstel', 'beeindiging')),
    CONSTRAINT besluit_advies_zegt_waarover_check CHECK ((soort = 'advies') = (advies_over IS NOT NULL)),
    volgt_op uuid REFERENCES besluit CHECK (volgt_op <> id),
    advies uuid REFERENCES besluit CHECK (advies <> id),
    advies_gevolgd boolean,
    CONSTRAINT besluit_advies_gevolgd_check CHECK ((advies IS NULL) = (advies_gevolgd IS NULL)),
    bronvermelding text NOT NULL,
    vindplaatsen jsonb NOT NULL CHECK (jsonb_typeof(vindplaatsen) = 'array'),
    vastgelegd_op timestamptz NOT NULL CHECK (isfinite(vastgelegd_op)),
    vastgelegd_door text, vastgelegd_namens text, vastgelegd_als text,
    UNIQUE (id, datum));
CREATE INDEX besluit_datum_idx ON besluit (datum, id);
CREATE INDEX besluit_volgt_op_idx ON besluit (volgt_op);
CREATE INDEX besluit_advies_idx ON besluit (advies);

-- What a besluit says about one voorziening: which earlier one it takes the place of. Only the trigger writes it, so that a besluit
-- never gets a voorziening later. A chain has no branches, and its days never go back.
CREATE TABLE besluit_voorziening (
    besluit uuid, datum date NOT NULL, voorziening text REFERENCES voorziening,
    volgt_op uuid, volgt_op_datum date,
    PRIMARY KEY (besluit, voorziening),
    FOREIGN KEY (besluit, datum) REFERENCES besluit (id, datum),
    UNIQUE (besluit, voorziening, datum),
    UNIQUE (volgt_op, voorziening),
    FOREIGN KEY (volgt_op, voorziening, volgt_op_datum) REFERENCES besluit_voorziening (besluit, voorziening, datum),
    CHECK ((volgt_op IS NULL) = (volgt_op_datum IS NULL)),
    CHECK (volgt_op_datum <= datum));
CREATE INDEX besluit_voorziening_voorziening_idx ON besluit_voorziening (voorziening, datum);

CREATE FUNCTION besluit_over_voorzieningen() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.besluit_voorziening (besluit, datum, voorziening, volgt_op, volgt_op_datum)
        SELECT NEW.id, NEW.datum, code, eerder.besluit, eerder.datum
        FROM unnest(NEW.voorzieningen) AS code
        LEFT JOIN public.besluit_voorziening AS eerder ON eerder.besluit = NEW.volgt_op AND eerder.voorziening = code
        ORDER BY code;
    IF NEW.volgt_op IS NOT NULL AND NOT EXISTS (
        SELECT FROM public.besluit_voorziening WHERE besluit = NEW.id AND volgt_op = NEW.volgt_op)
    THEN
        RAISE EXCEPTION 'besluit % volgt op een besluit over andere voorzieningen', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION besluit_over_voorzieningen() FROM PUBLIC;
CREATE TRIGGER besluit_over_voorzieningen AFTER INSERT ON besluit FOR EACH ROW EXECUTE FUNCTION besluit_over_voorzieningen();

CREATE TRIGGER besluit_bevroren BEFORE UPDATE OR DELETE ON besluit FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER besluit_niet_legen BEFORE TRUNCATE ON besluit FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER besluit_voorziening_bevroren BEFORE UPDATE OR DELETE ON besluit_voorziening FOR EACH ROW
    EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER besluit_voorziening_niet_legen BEFORE TRUNCATE ON besluit_voorziening FOR EACH STATEMENT
    EXECUTE FUNCTION weiger_wijziging();

REVOKE ALL ON besluit, besluit_voorziening FROM catalogus_api;
GRANT SELECT, INSERT ON besluit TO catalogus_api;
GRANT SELECT ON besluit_voorziening TO catalogus_api;
