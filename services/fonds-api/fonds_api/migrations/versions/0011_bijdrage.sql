-- In the order in which a transaction of the service takes them; the previous release serves on, so every new column may be empty.
SET LOCAL statement_timeout = '2s';
LOCK TABLE omslag, bijdrageronde, bijdrage IN ACCESS EXCLUSIVE MODE;
SET LOCAL statement_timeout TO DEFAULT;

-- What was asked of the catalogue, and what it answered.
CREATE TABLE peiling (
    id uuid PRIMARY KEY, indeling date NOT NULL CHECK (indeling BETWEEN '2000-01-01' AND '2100-12-31'),
    peildatum date NOT NULL CHECK (peildatum BETWEEN '2000-01-01' AND '2100-12-31'),
    compensatie_jaren integer NOT NULL CHECK (compensatie_jaren BETWEEN 0 AND 10),
    status text NOT NULL CHECK (status IN ('aangevraagd', 'gereed', 'mislukt')),
    aangevraagd_op timestamptz NOT NULL CHECK (isfinite(aangevraagd_op)), gereed_op timestamptz CHECK (isfinite(gereed_op)),
    aantal integer CHECK (aantal > 0), probleem jsonb CHECK (jsonb_typeof(probleem) = 'object'),
    CHECK ((status = 'gereed') = (gereed_op IS NOT NULL)), CHECK ((status = 'gereed') = (aantal IS NOT NULL)),
    CHECK ((status = 'mislukt') = (probleem IS NOT NULL)));
CREATE INDEX peiling_peildatum_idx ON peiling (peildatum, indeling);
CREATE TABLE peilinggemeente (
    peiling uuid NOT NULL REFERENCES peiling, gemeentecode text NOT NULL CHECK (gemeentecode ~ '^GM[0-9]{4}$'),
    gemeentenaam text NOT NULL, inwoners integer NOT NULL CHECK (inwoners > 0),
    inwonerstatus text CHECK (inwonerstatus IN ('voorlopig', 'definitief')),
    voorgangers jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(voorgangers) = 'array'),
    PRIMARY KEY (peiling, gemeentecode));

CREATE FUNCTION peiling_blijft() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF OLD.status = 'gereed' THEN
        RAISE EXCEPTION 'peiling % is gereed', OLD.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER peiling_blijft BEFORE UPDATE ON peiling FOR EACH ROW EXECUTE FUNCTION peiling_blijft();
CREATE FUNCTION gemeente_in_peiling() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM FROM public.peiling WHERE id = NEW.peiling AND status = 'aangevraagd' FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'peiling % wordt nu niet vastgelegd', NEW.peiling USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER gemeente_in_peiling BEFORE INSERT ON peilinggemeente FOR EACH ROW EXECUTE FUNCTION gemeente_in_peiling();
CREATE FUNCTION peiling_klopt() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF (SELECT coalesce(aantal, 0) FROM public.peiling WHERE id = NEW.id)
       <> (SELECT count(*) FROM public.peilinggemeente WHERE peiling = NEW.id) THEN
        RAISE EXCEPTION 'peiling % heeft niet al haar gemeenten', NEW.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER peiling_klopt AFTER INSERT OR UPDATE ON peiling DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION peiling_klopt();
CREATE FUNCTION peilinggemeente_klopt() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.peiling WHERE id = NEW.peiling AND status = 'gereed') THEN
        RAISE EXCEPTION 'peiling % is niet gereed', NEW.peiling USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER peilinggemeente_klopt AFTER INSERT ON peilinggemeente DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION peilinggemeente_klopt();

-- A levy as it is proposed, in versions per fonds and year; the levy that counts is the version in `omslag`.
CREATE TABLE omslagvoorstel (
    id text PRIMARY KEY, fonds text NOT NULL REFERENCES fonds, jaar integer NOT NULL CHECK (jaar BETWEEN 2000 AND 2100),
    versie integer NOT NULL CHECK (versie BETWEEN 1 AND 999), CHECK (id = fonds || '-' || jaar || '-' || versie),
    vorm text NOT NULL CHECK (vorm IN ('omvang', 'tarief', 'klasse', 'schijf')),
    bedrag_cent bigint CHECK (bedrag_cent BETWEEN 1 AND 1000000000000),
    grenzen integer[] NOT NULL DEFAULT '{}', tarieven_millicent bigint[] NOT NULL DEFAULT '{}',
    indeling date NOT NULL, peildatum date NOT NULL,
    btw_procent integer NOT NULL CHECK (btw_procent BETWEEN 0 AND 30),
    a_conto boolean NOT NULL DEFAULT false, vervaldagen date[] NOT NULL, promillen integer[] NOT NULL,
    compensatie_jaren integer NOT NULL DEFAULT 0 CHECK (compensatie_jaren BETWEEN 0 AND 10),
    iv3_taakveld text, iv3_categorie text, iv3_bron text,
    CHECK ((iv3_taakveld IS NULL) = (iv3_bron IS NULL)), CHECK ((iv3_categorie IS NULL) = (iv3_bron IS NULL)),
    omschrijving text NOT NULL, bronvermelding text NOT NULL, gedeeld boolean NOT NULL DEFAULT false,
    voorgesteld_op timestamptz NOT NULL CHECK (isfinite(voorgesteld_op)),
    UNIQUE (fonds, jaar, versie),
    CHECK ((vorm = 'omvang') = (bedrag_cent IS NOT NULL)),
    CHECK (cardinality(tarieven_millicent) = CASE vorm WHEN 'omvang' THEN 0 WHEN 'tarief' THEN 1 ELSE cardinality(grenzen) + 1 END),
    CHECK (CASE WHEN vorm IN ('klasse', 'schijf') THEN cardinality(grenzen) BETWEEN 1 AND 20 ELSE cardinality(grenzen) = 0 END),
    CHECK (array_position(grenzen, NULL) IS NULL AND array_position(tarieven_millicent, NULL) IS NULL),
    CHECK (0 < ALL (grenzen) AND 0 <= ALL (tarieven_millicent) AND 100000000 >= ALL (tarieven_millicent)),
    CHECK (compensatie_jaren = 0 OR vorm IN ('klasse', 'schijf')),
    CHECK (cardinality(vervaldagen) BETWEEN 1 AND 12 AND cardinality(promillen) = cardinality(vervaldagen)),
    CHECK (array_position(vervaldagen, NULL) IS NULL AND array_position(promillen, NULL) IS NULL AND 0 < ALL (promillen)));

CREATE FUNCTION omslagvoorstel_kan() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE samen bigint;
BEGIN
    PERFORM public.vergrendel('omslag ' || NEW.fonds || ' ' || NEW.jaar);
    SELECT sum(p) INTO samen FROM unnest(NEW.promillen) AS p;
    IF NEW.versie <> (SELECT coalesce(max(versie), 0) + 1 FROM public.omslagvoorstel WHERE fonds = NEW.fonds AND jaar = NEW.jaar)
       OR samen > 1000 OR (samen < 1000 AND NOT NEW.a_conto)
       OR EXISTS (SELECT FROM unnest(NEW.grenzen) WITH ORDINALITY AS g (tot, nr) JOIN unnest(NEW.grenzen) WITH ORDINALITY
                  AS h (tot, nr) ON h.nr = g.nr + 1 WHERE h.tot <= g.tot) THEN
        RAISE EXCEPTION 'omslagvoorstel % kan niet', NEW.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER omslagvoorstel_kan BEFORE INSERT ON omslagvoorstel FOR EACH ROW EXECUTE FUNCTION omslagvoorstel_kan();

INSERT INTO omslagvoorstel (id, fonds, jaar, versie, vorm, bedrag_cent, indeling, peildatum, btw_procent, vervaldagen, promillen,
                            omschrijving, bronvermelding, gedeeld, voorgesteld_op)
    SELECT fonds || '-' || jaar || '-1', fonds, jaar, 1, 'omvang', bedrag_cent, indeling, peildatum, 21,
           ARRAY[make_date(jaar, 1, 31)], ARRAY[1000], besluit, bronvermelding, true, now()
    FROM omslag;

ALTER TABLE omslag
    ALTER bedrag_cent DROP NOT NULL,
    ADD voorstel text UNIQUE REFERENCES omslagvoorstel,
    ADD besluit_bron text, ADD besluit_pad text CHECK (besluit_pad ~ '^/v1/besluiten/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'),
    ADD vastgesteld_door text CHECK (vastgesteld_door IN ('bestuur', 'ledenvergadering')),
    ADD vastgesteld_op timestamptz CHECK (isfinite(vastgesteld_op)),
    ADD CHECK ((besluit_bron IS NULL) = (besluit_pad IS NULL)), ADD CHECK (coalesce(besluit_bron, 'catalogus') = 'catalogus');
UPDATE omslag SET voorstel = fonds || '-' || jaar || '-1';
ALTER TABLE omslag ALTER voorstel SET NOT NULL;
CREATE FUNCTION omslag_kan() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.vergrendel('omslag ' || NEW.fonds || ' ' || NEW.jaar);
    IF NOT EXISTS (SELECT FROM public.omslagvoorstel AS v WHERE v.id = NEW.voorstel
                   AND (v.fonds, v.jaar, v.indeling, v.peildatum) = (NEW.fonds, NEW.jaar, NEW.indeling, NEW.peildatum)
                   AND v.bedrag_cent IS NOT DISTINCT FROM NEW.bedrag_cent)
       OR NEW.besluit_pad IS NULL OR NEW.vastgesteld_door IS NULL OR NEW.vastgesteld_op IS NULL THEN
        RAISE EXCEPTION 'omslag %-% is niet wat is voorgesteld, of zonder besluit', NEW.fonds, NEW.jaar
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER omslag_kan BEFORE INSERT ON omslag FOR EACH ROW EXECUTE FUNCTION omslag_kan();

-- What a number of inhabitants comes to, in cents: rates are in thousandths of a cent, half a cent goes up.
CREATE FUNCTION omslagbedrag(vorm text, grenzen integer[], tarieven bigint[], inwoners integer) RETURNS bigint
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    WITH schijf AS (SELECT tot, tarief, lag(tot, 1, 0) OVER (ORDER BY nr) AS boven, nr
                    FROM unnest(array_append(grenzen, CAST(NULL AS integer)), tarieven) WITH ORDINALITY AS s (tot, tarief, nr))
    SELECT CAST(round(0.001 * CASE vorm
        WHEN 'schijf' THEN (SELECT sum(CAST(tarief AS numeric) * greatest(0, least(inwoners, coalesce(tot, inwoners)) - boven)) FROM schijf)
        ELSE CAST(inwoners AS numeric) * (SELECT tarief FROM schijf WHERE tot IS NULL OR inwoners <= tot ORDER BY nr LIMIT 1) END) AS bigint)
$$;
CREATE FUNCTION voorgangersbedrag(vorm text, grenzen integer[], tarieven bigint[], voorgangers jsonb) RETURNS bigint
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CAST(sum(public.omslagbedrag(vorm, grenzen, tarieven, CAST(v ->> 'inwoners' AS integer))) AS bigint)
    FROM jsonb_array_elements(voorgangers) AS v
$$;

ALTER TABLE bijdrageronde ADD totaal_cent bigint CHECK (totaal_cent >= 0);
ALTER TABLE bijdrage
    ADD inwonerstatus text CHECK (inwonerstatus IN ('voorlopig', 'definitief')),
    ADD bruto_cent bigint CHECK (bruto_cent >= 0), ADD compensatie_cent bigint NOT NULL DEFAULT 0 CHECK (compensatie_cent >= 0),
    ADD voorgangers jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(voorgangers) = 'array'),
    ADD CHECK (bedrag_cent = coalesce(bruto_cent, bedrag_cent) - compensatie_cent);

-- Whether an amount is what the levy makes of these inhabitants; of a fixed size only all amounts together can tell.
CREATE FUNCTION is_omslagbedrag(voorstel text, inwoners integer, voorgangers jsonb, bruto bigint, compensatie bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN v.vorm = 'omvang' THEN compensatie = 0 ELSE
        bruto = public.omslagbedrag(v.vorm, v.grenzen, v.tarieven_millicent, inwoners)
        AND compensatie = CASE WHEN v.compensatie_jaren = 0 THEN 0 ELSE greatest(0, bruto - coalesce(
            public.voorgangersbedrag(v.vorm, v.grenzen, v.tarieven_millicent, voorgangers), bruto)) END END
    FROM public.omslagvoorstel AS v WHERE v.id = voorstel
$$;
CREATE OR REPLACE FUNCTION bijdrage_is_vastgesteld() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.bijdrageronde JOIN public.omslag USING (fonds, jaar)
                   WHERE fonds = NEW.fonds AND jaar = NEW.jaar AND status = 'vastgesteld'
                   AND omslag.peildatum = NEW.peildatum AND public.is_omslagbedrag(omslag.voorstel, NEW.inwoners, NEW.voorgangers,
                       coalesce(NEW.bruto_cent, NEW.bedrag_cent), NEW.compensatie_cent)) THEN
        RAISE EXCEPTION 'bijdrage % hoort bij geen vastgestelde ronde van haar peildatum, of is niet wat de omslag zegt', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION controleer_bijdrageronde() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE aantal bigint; cent numeric; verwacht_aantal bigint; verwacht_cent numeric;
BEGIN
    SELECT count(bijdrage.id), coalesce(sum(bijdrage.bedrag_cent), 0),
           CASE WHEN ronde.status = 'vastgesteld' THEN ronde.aantal ELSE 0 END,
           CASE WHEN ronde.status = 'vastgesteld' THEN coalesce(omslag.bedrag_cent, ronde.totaal_cent) ELSE 0 END
        INTO aantal, cent, verwacht_aantal, verwacht_cent
        FROM public.bijdrageronde AS ronde JOIN public.omslag USING (fonds, jaar) LEFT JOIN public.bijdrage USING (fonds, jaar)
        WHERE fonds = NEW.fonds AND jaar = NEW.jaar GROUP BY ronde.status, ronde.aantal, ronde.totaal_cent, omslag.bedrag_cent;
    IF (aantal, cent) IS DISTINCT FROM (verwacht_aantal, verwacht_cent) THEN
        RAISE EXCEPTION 'bijdragen %-%: % van samen % cent, verwacht % van samen %', NEW.fonds, NEW.jaar,
            aantal, cent, verwacht_aantal, verwacht_cent USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

-- The settlement of a round: what each gemeente should have been charged, by the figures of a peiling, less what it was.
CREATE TABLE afrekening (
    id text PRIMARY KEY, fonds text NOT NULL REFERENCES fonds, ronde text NOT NULL REFERENCES bijdrageronde, nummer integer NOT NULL CHECK (nummer BETWEEN 1 AND 999),
    CHECK (id = ronde || '-' || nummer), peiling uuid NOT NULL REFERENCES peiling, datum date NOT NULL,
    omschrijving text NOT NULL, aantal integer NOT NULL CHECK (aantal > 0),
    totaal_cent bigint NOT NULL CHECK (totaal_cent >= 0), verschil_cent bigint NOT NULL, opbrengst_cent bigint NOT NULL,
    vastgesteld_op timestamptz NOT NULL CHECK (isfinite(vastgesteld_op)), UNIQUE (ronde, nummer));
CREATE TABLE afrekeningregel (
    afrekening text NOT NULL REFERENCES afrekening, regelnummer integer NOT NULL CHECK (regelnummer >= 1),
    gemeentecode text NOT NULL CHECK (gemeentecode ~ '^GM[0-9]{4}$'), gemeentenaam text NOT NULL,
    inwoners_eerst integer NOT NULL CHECK (inwoners_eerst > 0), inwoners integer NOT NULL CHECK (inwoners > 0),
    inwonerstatus text CHECK (inwonerstatus = 'definitief'),
    bruto_cent bigint NOT NULL CHECK (bruto_cent >= 0), compensatie_cent bigint NOT NULL CHECK (compensatie_cent >= 0),
    voorgangers jsonb NOT NULL CHECK (jsonb_typeof(voorgangers) = 'array'),
    bedrag_cent bigint NOT NULL CHECK (bedrag_cent = bruto_cent - compensatie_cent),
    berekend_cent bigint NOT NULL, verschil_cent bigint NOT NULL CHECK (verschil_cent = bedrag_cent - berekend_cent),
    PRIMARY KEY (afrekening, regelnummer), UNIQUE (afrekening, gemeentecode));
CREATE INDEX afrekeningregel_gemeentecode_idx ON afrekeningregel (gemeentecode);
CREATE FUNCTION afrekening_kan() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.vergrendel('afrekening ' || NEW.ronde);
    IF NEW.nummer <> (SELECT coalesce(max(nummer), 0) + 1 FROM public.afrekening WHERE ronde = NEW.ronde)
       OR NOT EXISTS (SELECT FROM public.bijdrageronde AS r JOIN public.omslag USING (fonds, jaar) JOIN public.peiling AS p
                      USING (indeling, peildatum) WHERE r.id = NEW.ronde AND r.fonds = NEW.fonds AND r.status = 'vastgesteld' AND p.id = NEW.peiling
                      AND p.status = 'gereed') THEN
        RAISE EXCEPTION 'afrekening % kan niet', NEW.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER afrekening_kan BEFORE INSERT ON afrekening FOR EACH ROW EXECUTE FUNCTION afrekening_kan();
CREATE FUNCTION afrekeningregel_kan() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.afrekening AS a JOIN public.bijdrageronde AS r ON r.id = a.ronde
                   JOIN public.omslag AS o ON (o.fonds, o.jaar) = (r.fonds, r.jaar)
                   JOIN public.bijdrage AS b ON (b.fonds, b.jaar, b.gemeentecode, b.inwoners) = (r.fonds, r.jaar, NEW.gemeentecode, NEW.inwoners_eerst)
                   JOIN public.peilinggemeente AS p ON (p.peiling, p.gemeentecode, p.inwoners) = (a.peiling, NEW.gemeentecode, NEW.inwoners)
                   WHERE a.id = NEW.afrekening AND NEW.regelnummer <= a.aantal
                   AND public.is_omslagbedrag(o.voorstel, NEW.inwoners, NEW.voorgangers, NEW.bruto_cent, NEW.compensatie_cent)) THEN
        RAISE EXCEPTION 'afrekening % heeft geen plaats voor regel %, of zij is niet wat de omslag zegt', NEW.afrekening, NEW.regelnummer
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER afrekeningregel_kan BEFORE INSERT ON afrekeningregel FOR EACH ROW EXECUTE FUNCTION afrekeningregel_kan();
CREATE FUNCTION afrekening_klopt() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF (SELECT (count(*), coalesce(sum(bedrag_cent), 0), coalesce(sum(verschil_cent), 0)) FROM public.afrekeningregel WHERE afrekening = NEW.id)
       IS DISTINCT FROM (CAST(NEW.aantal AS bigint), CAST(NEW.totaal_cent AS numeric), CAST(NEW.verschil_cent AS numeric))
       OR NEW.aantal <> (SELECT aantal FROM public.bijdrageronde WHERE id = NEW.ronde)
       OR NEW.totaal_cent <> (SELECT coalesce(bedrag_cent, NEW.totaal_cent) FROM public.omslag JOIN public.bijdrageronde AS r USING (fonds, jaar)
                              WHERE r.id = NEW.ronde) THEN
        RAISE EXCEPTION 'afrekening % telt niet op', NEW.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER afrekening_klopt AFTER INSERT ON afrekening DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION afrekening_klopt();

-- A claim on a gemeente, or (negative) what it gets back. Numbered per fonds and year of its date, without a gap.
CREATE TABLE nota (
    id text PRIMARY KEY, fonds text NOT NULL REFERENCES fonds, jaar integer NOT NULL, nummer integer NOT NULL CHECK (nummer BETWEEN 1 AND 99999),
    CHECK (id = fonds || '-' || jaar || '-' || lpad(CAST(nummer AS text), 5, '0')),
    soort text NOT NULL CHECK (soort IN ('nota', 'creditnota')), CHECK ((soort = 'nota') = (bedrag_cent > 0)),
    gemeentecode text NOT NULL CHECK (gemeentecode ~ '^GM[0-9]{4}$'), gemeentenaam text NOT NULL,
    bedrag_cent bigint NOT NULL CHECK (bedrag_cent <> 0), tegenrekening text NOT NULL CHECK (tegenrekening IN ('8000', '1310')),
    datum date NOT NULL CHECK (datum BETWEEN '2000-01-01' AND '2100-12-31'), CHECK (jaar = extract(year FROM datum)),
    vervaldatum date NOT NULL CHECK (vervaldatum BETWEEN datum AND '2101-12-31'),
    omschrijving text NOT NULL, ronde text REFERENCES bijdrageronde, termijn integer CHECK (termijn >= 1),
    afrekening text REFERENCES afrekening, betreft text REFERENCES nota, reden text,
    gemaakt_op timestamptz NOT NULL CHECK (isfinite(gemaakt_op)),
    CHECK (num_nonnulls(ronde, afrekening, betreft) = 1), CHECK ((ronde IS NULL) = (termijn IS NULL)),
    CHECK ((betreft IS NULL) = (reden IS NULL)), CHECK (betreft IS NULL OR soort = 'creditnota'), CHECK (ronde IS NULL OR soort = 'nota'),
    UNIQUE (fonds, jaar, nummer));
CREATE UNIQUE INDEX nota_termijn_key ON nota (ronde, termijn, gemeentecode) WHERE ronde IS NOT NULL;
CREATE UNIQUE INDEX nota_afrekening_key ON nota (afrekening, gemeentecode) WHERE afrekening IS NOT NULL;
CREATE INDEX nota_betreft_idx ON nota (betreft) WHERE betreft IS NOT NULL;
CREATE INDEX nota_gemeentecode_idx ON nota (gemeentecode, fonds);

CREATE FUNCTION vergrendel_notanummers(fonds text, jaar integer) RETURNS void LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    SELECT public.vergrendel('nota ' || fonds || ' ' || jaar)
$$;
CREATE FUNCTION vergrendel_debiteur(fonds text, gemeentecode text) RETURNS void LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    SELECT public.vergrendel('debiteur ' || fonds || ' ' || gemeentecode)
$$;
CREATE FUNCTION vergrendel_kenmerk(fonds text, kenmerk text) RETURNS void LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    SELECT public.vergrendel('ontvangst ' || fonds || ' ' || kenmerk)
$$;
CREATE FUNCTION nota_kan() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE goed boolean;
BEGIN
    IF NEW.betreft IS NOT NULL THEN
        PERFORM public.vergrendel_debiteur(NEW.fonds, NEW.gemeentecode);
    END IF;
    PERFORM public.vergrendel_notanummers(NEW.fonds, NEW.jaar);
    IF NEW.nummer <> (SELECT coalesce(max(nummer), 0) + 1 FROM public.nota WHERE fonds = NEW.fonds AND jaar = NEW.jaar) THEN
        RAISE EXCEPTION 'nota % volgt niet op de laatste', NEW.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.ronde IS NOT NULL THEN
        SELECT (b.fonds, b.gemeentenaam) = (NEW.fonds, NEW.gemeentenaam)
               AND NEW.tegenrekening = CASE WHEN v.a_conto THEN '1310' ELSE '8000' END AND NEW.termijn <= cardinality(v.promillen)
               AND NEW.bedrag_cent = round(0.001 * b.bedrag_cent * (SELECT sum(p) FROM unnest(v.promillen[1:NEW.termijn]) AS p))
                   - round(0.001 * b.bedrag_cent * (SELECT coalesce(sum(p), 0) FROM unnest(v.promillen[1:NEW.termijn - 1]) AS p)) INTO goed
            FROM public.bijdrage AS b JOIN public.omslag USING (fonds, jaar) JOIN public.omslagvoorstel AS v ON v.id = voorstel
            WHERE b.id = NEW.ronde || '-' || NEW.gemeentecode;
    ELSIF NEW.afrekening IS NOT NULL THEN
        SELECT (r.fonds, a.gemeentenaam, a.verschil_cent) = (NEW.fonds, NEW.gemeentenaam, NEW.bedrag_cent)
               AND NEW.tegenrekening = '1310' INTO goed
            FROM public.afrekeningregel AS a JOIN public.afrekening AS k ON k.id = a.afrekening JOIN public.bijdrageronde AS r ON r.id = k.ronde
            WHERE a.afrekening = NEW.afrekening AND a.gemeentecode = NEW.gemeentecode;
    ELSE
        SELECT (n.fonds, n.gemeentecode, n.gemeentenaam, n.soort, n.tegenrekening)
               = (NEW.fonds, NEW.gemeentecode, NEW.gemeentenaam, 'nota', NEW.tegenrekening)
               AND n.bedrag_cent + NEW.bedrag_cent + (SELECT coalesce(sum(c.bedrag_cent), 0) FROM public.nota AS c WHERE c.betreft = n.id) >= 0
            INTO goed FROM public.nota AS n WHERE n.id = NEW.betreft;
    END IF;
    IF goed IS NOT TRUE THEN
        RAISE EXCEPTION 'nota % is niet wat haar bron zegt', NEW.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER nota_kan BEFORE INSERT ON nota FOR EACH ROW EXECUTE FUNCTION nota_kan();

-- Money that came in from a gemeente, or (negative) went back to it, and which nota's it pays.
CREATE TABLE ontvangst (
    id uuid PRIMARY KEY, fonds text NOT NULL REFERENCES fonds, gemeentecode text NOT NULL CHECK (gemeentecode ~ '^GM[0-9]{4}$'),
    bedrag_cent bigint NOT NULL CHECK (bedrag_cent <> 0 AND bedrag_cent BETWEEN -1000000000000 AND 1000000000000),
    boekdatum date NOT NULL CHECK (boekdatum BETWEEN '2000-01-01' AND '2100-12-31'), kenmerk text NOT NULL, omschrijving text NOT NULL,
    herroept uuid UNIQUE REFERENCES ontvangst, vastgelegd_op timestamptz NOT NULL CHECK (isfinite(vastgelegd_op)));
CREATE INDEX ontvangst_kenmerk_idx ON ontvangst (fonds, kenmerk);
CREATE INDEX ontvangst_gemeentecode_idx ON ontvangst (gemeentecode, fonds);
CREATE TABLE toerekening (
    id uuid PRIMARY KEY, ontvangst uuid NOT NULL REFERENCES ontvangst, nota text NOT NULL REFERENCES nota,
    bedrag_cent bigint NOT NULL CHECK (bedrag_cent <> 0), toegerekend_op timestamptz NOT NULL CHECK (isfinite(toegerekend_op)));
CREATE INDEX toerekening_nota_idx ON toerekening (nota);
CREATE INDEX toerekening_ontvangst_idx ON toerekening (ontvangst);
CREATE FUNCTION ontvangst_kan() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.herroept IS NULL THEN
        PERFORM public.vergrendel_kenmerk(NEW.fonds, NEW.kenmerk);
        IF EXISTS (SELECT FROM public.ontvangst AS o WHERE (o.fonds, o.kenmerk) = (NEW.fonds, NEW.kenmerk) AND o.herroept IS NULL
                   AND NOT EXISTS (SELECT FROM public.ontvangst AS h WHERE h.herroept = o.id)) THEN
            RAISE EXCEPTION 'ontvangst met kenmerk % is er al', NEW.kenmerk USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END IF;
    PERFORM public.vergrendel_debiteur(NEW.fonds, NEW.gemeentecode);
    IF NEW.herroept IS NOT NULL AND NOT EXISTS (
        SELECT FROM public.ontvangst AS o WHERE o.id = NEW.herroept AND o.herroept IS NULL
        AND (o.fonds, o.gemeentecode, o.bedrag_cent, o.kenmerk) = (NEW.fonds, NEW.gemeentecode, -NEW.bedrag_cent, NEW.kenmerk)) THEN
        RAISE EXCEPTION 'ontvangst % spiegelt niet wat zij herroept', NEW.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ontvangst_kan BEFORE INSERT ON ontvangst FOR EACH ROW EXECUTE FUNCTION ontvangst_kan();
CREATE FUNCTION herroeping_klopt() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT nota FROM public.toerekening WHERE ontvangst IN (NEW.id, NEW.herroept) GROUP BY nota HAVING sum(bedrag_cent) <> 0) THEN
        RAISE EXCEPTION 'ontvangst % spiegelt niet wat zij herroept', NEW.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER herroeping_klopt AFTER INSERT ON ontvangst DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.herroept IS NOT NULL) EXECUTE FUNCTION herroeping_klopt();
-- What one nota has to get back pays what another of the same gemeente has open; nothing is booked, since both stand on 1300.
-- A mistake is undone by a mirrored row.
CREATE TABLE notaverrekening (
    id uuid PRIMARY KEY, fonds text NOT NULL REFERENCES fonds, gemeentecode text NOT NULL CHECK (gemeentecode ~ '^GM[0-9]{4}$'),
    van text NOT NULL REFERENCES nota, met text NOT NULL REFERENCES nota, CHECK (van <> met),
    bedrag_cent bigint NOT NULL CHECK (bedrag_cent <> 0 AND bedrag_cent BETWEEN -1000000000000 AND 1000000000000),
    reden text NOT NULL, herroept uuid UNIQUE REFERENCES notaverrekening, CHECK ((herroept IS NULL) = (bedrag_cent > 0)),
    vastgelegd_op timestamptz NOT NULL CHECK (isfinite(vastgelegd_op)));
CREATE INDEX notaverrekening_van_idx ON notaverrekening (van);
CREATE INDEX notaverrekening_met_idx ON notaverrekening (met);
CREATE INDEX notaverrekening_gemeentecode_idx ON notaverrekening (gemeentecode, fonds);

-- What is open of a nota; negative to get back. A creditnota of a nota counts with that nota.
CREATE FUNCTION nota_open(p_nota text) RETURNS numeric LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT n.bedrag_cent + (SELECT coalesce(sum(c.bedrag_cent), 0) FROM public.nota AS c WHERE c.betreft = n.id)
        - (SELECT coalesce(sum(t.bedrag_cent), 0) FROM public.toerekening AS t WHERE t.nota = n.id)
        - (SELECT coalesce(sum(v.bedrag_cent), 0) FROM public.notaverrekening AS v WHERE v.met = n.id)
        + (SELECT coalesce(sum(v.bedrag_cent), 0) FROM public.notaverrekening AS v WHERE v.van = n.id)
    FROM public.nota AS n WHERE n.id = p_nota AND n.betreft IS NULL
$$;
CREATE FUNCTION notaverrekening_kan() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.vergrendel_debiteur(NEW.fonds, NEW.gemeentecode);
    IF (SELECT count(*) FROM public.nota WHERE id IN (NEW.van, NEW.met) AND (fonds, gemeentecode) = (NEW.fonds, NEW.gemeentecode)) <> 2
       OR (CASE WHEN NEW.herroept IS NULL
               THEN -public.nota_open(NEW.van) >= NEW.bedrag_cent AND public.nota_open(NEW.met) >= NEW.bedrag_cent
               ELSE EXISTS (SELECT FROM public.notaverrekening AS v WHERE v.id = NEW.herroept AND v.herroept IS NULL
                            AND (v.van, v.met, v.bedrag_cent) = (NEW.van, NEW.met, -NEW.bedrag_cent)) END) IS NOT TRUE THEN
        RAISE EXCEPTION 'verrekening % kan niet', NEW.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER notaverrekening_kan BEFORE INSERT ON notaverrekening FOR EACH ROW EXECUTE FUNCTION notaverrekening_kan();

CREATE FUNCTION toerekening_kan() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE van public.ontvangst; aan public.nota; open_cent numeric; gebruikt numeric;
BEGIN
    SELECT * INTO van FROM public.ontvangst WHERE id = NEW.ontvangst;
    PERFORM public.vergrendel_debiteur(van.fonds, van.gemeentecode);
    SELECT * INTO aan FROM public.nota WHERE id = NEW.nota;
    open_cent := public.nota_open(aan.id);
    SELECT coalesce(sum(bedrag_cent), 0) + NEW.bedrag_cent INTO gebruikt FROM public.toerekening WHERE ontvangst = van.id;
    IF ((van.fonds, van.gemeentecode) = (aan.fonds, aan.gemeentecode) AND aan.betreft IS NULL
        AND sign(NEW.bedrag_cent) = sign(van.bedrag_cent) AND abs(gebruikt) <= abs(van.bedrag_cent)
        AND CASE WHEN van.herroept IS NOT NULL THEN sign(NEW.bedrag_cent + (SELECT coalesce(sum(bedrag_cent), 0) FROM public.toerekening
                     WHERE ontvangst IN (van.id, van.herroept) AND nota = aan.id)) IN (0, -sign(NEW.bedrag_cent))
                 WHEN EXISTS (SELECT FROM public.ontvangst WHERE herroept = van.id) THEN false
                 ELSE sign(open_cent) = sign(NEW.bedrag_cent) AND abs(open_cent) >= abs(NEW.bedrag_cent) END) IS NOT TRUE THEN
        RAISE EXCEPTION 'ontvangst % kan zo niet op nota %', NEW.ontvangst, NEW.nota USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER toerekening_kan BEFORE INSERT ON toerekening FOR EACH ROW EXECUTE FUNCTION toerekening_kan();

-- What is stored, stays.
CREATE TRIGGER peiling_niet_weg BEFORE DELETE ON peiling FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER peiling_niet_legen BEFORE TRUNCATE ON peiling FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
DO $$
DECLARE tabel text;
BEGIN
    FOREACH tabel IN ARRAY CAST('{peilinggemeente,omslagvoorstel,omslag,afrekening,afrekeningregel,nota,ontvangst,toerekening,notaverrekening}' AS text[]) LOOP
        EXECUTE format('CREATE TRIGGER %1$s_bevroren BEFORE UPDATE OR DELETE ON %1$s FOR EACH ROW EXECUTE FUNCTION weiger_wijziging()', tabel);
        EXECUTE format('CREATE TRIGGER %1$s_niet_legen BEFORE TRUNCATE ON %1$s FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging()', tabel);
        EXECUTE format('REVOKE ALL ON %I FROM fonds_api', tabel);
        EXECUTE format('GRANT SELECT, INSERT ON %I TO fonds_api', tabel);
    END LOOP;
END $$;
REVOKE ALL ON peiling FROM fonds_api;
GRANT SELECT, INSERT ON peiling TO fonds_api;
GRANT UPDATE (status, aangevraagd_op, gereed_op, aantal, probleem) ON peiling TO fonds_api;
GRANT UPDATE (totaal_cent) ON bijdrageronde TO fonds_api;
