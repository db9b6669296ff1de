CREATE TABLE mijlpaal (
    id text PRIMARY KEY CHECK (id ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(id) <= 60),
    versie integer NOT NULL CHECK (versie > 0));
CREATE TABLE mijlpaal_versie (
    id text REFERENCES mijlpaal DEFERRABLE INITIALLY DEFERRED, versie integer CHECK (versie > 0),
    naam text NOT NULL, voorziening text REFERENCES voorziening,
    soort text NOT NULL CHECK (soort IN ('fase', 'mijlpaal', 'besluit')),
    begin date NOT NULL, eind date NOT NULL, CHECK (isfinite(begin) AND isfinite(eind) AND begin <= eind),
    nauwkeurigheid text NOT NULL CHECK (nauwkeurigheid IN ('dag', 'maand', 'kwartaal', 'jaar')),
    status text NOT NULL CHECK (status IN ('voorgenomen', 'vastgesteld', 'gehaald', 'vervallen')),
    publicatiestatus text NOT NULL CHECK (publicatiestatus IN ('concept', 'gepubliceerd')),
    omschrijving text NOT NULL, bronvermelding text NOT NULL, 
    afhankelijk_van text[] NOT NULL CHECK (array_position(afhankelijk_van, NULL) IS NULL),
    vastgelegd_op timestamptz NOT NULL, vastgelegd_door text,
    PRIMARY KEY (id, versie));
ALTER TABLE mijlpaal ADD CONSTRAINT mijlpaal_versie_fkey FOREIGN KEY (id, versie) REFERENCES mijlpaal_versie;
CREATE INDEX mijlpaal_versie_voorziening_idx ON mijlpaal_versie (voorziening);

CREATE TRIGGER mijlpaal_versie_bevroren BEFORE UPDATE OR DELETE ON mijlpaal_versie FOR EACH ROW
    EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER mijlpaal_versie_niet_legen BEFORE TRUNCATE ON mijlpaal_versie FOR EACH STATEMENT
    EXECUTE FUNCTION weiger_wijziging();
-- The one change that a mijlpaal has is that its next version holds.
CREATE TRIGGER mijlpaal_volgt_op BEFORE UPDATE ON mijlpaal FOR EACH ROW
    WHEN (NEW.id <> OLD.id OR NEW.versie <> OLD.versie + 1) EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER mijlpaal_blijft BEFORE DELETE ON mijlpaal FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER mijlpaal_niet_legen BEFORE TRUNCATE ON mijlpaal FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();

REVOKE ALL ON mijlpaal, mijlpaal_versie FROM catalogus_api;
GRANT SELECT, INSERT ON mijlpaal, mijlpaal_versie TO catalogus_api;
GRANT UPDATE (versie) ON mijlpaal TO catalogus_api;
