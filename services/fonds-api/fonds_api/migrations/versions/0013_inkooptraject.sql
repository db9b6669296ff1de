-- What catalogus said of a participant: the gemeenten behind it on a day, with their inhabitants.
CREATE TABLE inkoopopgave (
    id uuid PRIMARY KEY,
    deelnemer text NOT NULL CHECK (deelnemer ~ '^/v1/(gemeenten/GM[0-9]{4}|samenwerkingsverbanden/[a-z0-9-]{1,60})$'),
    peildatum date NOT NULL CHECK (peildatum BETWEEN '2000-01-01' AND '2100-12-31'),
    status text NOT NULL CHECK (status IN ('aangevraagd', 'gereed', 'mislukt')),
    aangevraagd_op timestamptz NOT NULL CHECK (isfinite(aangevraagd_op)), gereed_op timestamptz CHECK (isfinite(gereed_op)),
    inwoners bigint CHECK (inwoners > 0), probleem jsonb CHECK (jsonb_typeof(probleem) = 'object'),
    CHECK ((status = 'gereed') = (gereed_op IS NOT NULL)), CHECK ((status = 'gereed') = (inwoners IS NOT NULL)),
    CHECK ((status = 'mislukt') = (probleem IS NOT NULL)));
CREATE INDEX inkoopopgave_deelnemer_idx ON inkoopopgave (deelnemer, gereed_op);
CREATE TABLE inkoopopgavelid (
    opgave uuid REFERENCES inkoopopgave, gemeentecode text CHECK (gemeentecode ~ '^GM[0-9]{4}$'),
    naam text NOT NULL, inwoners integer NOT NULL CHECK (inwoners > 0), PRIMARY KEY (opgave, gemeentecode));
CREATE INDEX inkoopopgavelid_gemeentecode_idx ON inkoopopgavelid (gemeentecode);
CREATE FUNCTION inkoopopgave_blijft() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF OLD.status = 'gereed' THEN
        RAISE EXCEPTION 'inkoopopgave % is gereed', OLD.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER inkoopopgave_blijft BEFORE UPDATE ON inkoopopgave FOR EACH ROW EXECUTE FUNCTION inkoopopgave_blijft();
CREATE TRIGGER inkoopopgave_niet_weg BEFORE DELETE ON inkoopopgave FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE FUNCTION inkoopopgavelid_kan() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM FROM public.inkoopopgave WHERE id = NEW.opgave AND status = 'aangevraagd' FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'inkoopopgave % wordt nu niet vastgelegd', NEW.opgave USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER inkoopopgavelid_kan BEFORE INSERT ON inkoopopgavelid FOR EACH ROW EXECUTE FUNCTION inkoopopgavelid_kan();
CREATE FUNCTION inkoopopgave_klopt() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE deze uuid := CASE TG_TABLE_NAME WHEN 'inkoopopgave' THEN (to_jsonb(NEW) ->> 'id') ELSE (to_jsonb(NEW) ->> 'opgave') END;
BEGIN
    IF (SELECT inwoners FROM public.inkoopopgave WHERE id = deze)
       IS DISTINCT FROM (SELECT sum(inwoners) FROM public.inkoopopgavelid WHERE opgave = deze) THEN
        RAISE EXCEPTION 'inkoopopgave % is niet de som van haar gemeenten', deze USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER inkoopopgave_klopt AFTER INSERT OR UPDATE ON inkoopopgave DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION inkoopopgave_klopt();
CREATE CONSTRAINT TRIGGER inkoopopgavelid_klopt AFTER INSERT ON inkoopopgavelid DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION inkoopopgave_klopt();

CREATE TABLE inkooptraject (
    code text PRIMARY KEY REFERENCES fonds CHECK (code ~ '^traject-[a-z0-9][a-z0-9-]{0,31}$'),
    naam text NOT NULL, bronvermelding text NOT NULL,
    sleutel text NOT NULL CHECK (sleutel IN ('inwoners', 'gelijk', 'delen')),
    peildatum date CHECK (peildatum BETWEEN '2000-01-01' AND '2100-12-31'),
    CHECK ((sleutel = 'inwoners') = (peildatum IS NOT NULL)),
    vastgelegd_op timestamptz NOT NULL CHECK (isfinite(vastgelegd_op)));
CREATE TABLE inkoopmutatie (
    traject text NOT NULL REFERENCES inkooptraject, nummer integer NOT NULL CHECK (nummer >= 1),
    soort text NOT NULL CHECK (soort IN ('toetreding', 'uittreding', 'weging')),
    deelnemer text NOT NULL CHECK (deelnemer ~ '^/v1/(gemeenten/GM[0-9]{4}|samenwerkingsverbanden/[a-z0-9-]{1,60})$'),
    naam text NOT NULL, gewicht integer NOT NULL CHECK (gewicht BETWEEN 0 AND 1000000000),
    CHECK ((soort = 'uittreding') = (gewicht = 0)), opgave uuid REFERENCES inkoopopgave,
    toelichting text NOT NULL, vastgelegd_op timestamptz NOT NULL CHECK (isfinite(vastgelegd_op)),
    PRIMARY KEY (traject, nummer));
CREATE INDEX inkoopmutatie_deelnemer_idx ON inkoopmutatie (deelnemer);
-- Somebody else lets a post of a large amount be booked, once; or a post be taken back (storneert).
CREATE TABLE inkoopmachtiging (
    traject text NOT NULL REFERENCES inkooptraject, nummer integer NOT NULL CHECK (nummer >= 1),
    soort text NOT NULL CHECK (soort IN ('voorfinanciering', 'kosten', 'ontvangst', 'teruggave', 'aflossing', 'storno')),
    deelnemer text, storneert integer, CHECK ((soort = 'storno') = (storneert IS NOT NULL)),
    bedrag_cent bigint NOT NULL CHECK (bedrag_cent BETWEEN 1 AND 1000000000000000),
    naam text NOT NULL, toelichting text NOT NULL, vastgelegd_op timestamptz NOT NULL CHECK (isfinite(vastgelegd_op)),
    verloopt_op timestamptz NOT NULL CHECK (isfinite(verloopt_op)), CHECK (verloopt_op > vastgelegd_op),
    peer_id text NOT NULL, rol text NOT NULL, contract text NOT NULL,
    PRIMARY KEY (traject, nummer));
CREATE TABLE inkooppost (
    traject text NOT NULL REFERENCES inkooptraject, nummer integer NOT NULL CHECK (nummer >= 1),
    soort text NOT NULL CHECK (soort IN ('voorfinanciering', 'kosten', 'ontvangst', 'teruggave', 'aflossing')),
    kostensoort text CHECK (kostensoort IN ('aanbesteding', 'contractbeheer')), deelnemer text,
    CHECK ((soort = 'kosten') = (kostensoort IS NOT NULL)),
    CHECK ((soort IN ('ontvangst', 'teruggave')) = (deelnemer IS NOT NULL)),
    storneert integer, bedrag_cent bigint NOT NULL CHECK (abs(bedrag_cent) BETWEEN 1 AND 1000000000000000),
    CHECK ((storneert IS NULL) = (bedrag_cent > 0)), UNIQUE (traject, storneert),
    btw_cent bigint NOT NULL DEFAULT 0,
    CHECK (btw_cent = 0 OR soort = 'kosten' AND sign(btw_cent) = sign(bedrag_cent) AND abs(btw_cent) < abs(bedrag_cent)),
    machtiging integer, UNIQUE (traject, machtiging), FOREIGN KEY (traject, machtiging) REFERENCES inkoopmachtiging (traject, nummer),
    peer_id text NOT NULL, rol text NOT NULL, contract text NOT NULL,
    FOREIGN KEY (traject, storneert) REFERENCES inkooppost (traject, nummer),
    boekdatum date NOT NULL CHECK (boekdatum BETWEEN '2000-01-01' AND '2100-12-31'),
    omschrijving text NOT NULL, boeking uuid NOT NULL UNIQUE REFERENCES boeking,
    vastgelegd_op timestamptz NOT NULL CHECK (isfinite(vastgelegd_op)),
    PRIMARY KEY (traject, nummer));
CREATE INDEX inkooppost_deelnemer_idx ON inkooppost (deelnemer) WHERE deelnemer IS NOT NULL;
CREATE TABLE inkoopafrekening (
    traject text NOT NULL REFERENCES inkooptraject, nummer integer NOT NULL CHECK (nummer >= 1),
    kosten_cent bigint NOT NULL CHECK (kosten_cent >= 0),
    tot_mutatie integer NOT NULL CHECK (tot_mutatie >= 0), tot_post integer NOT NULL CHECK (tot_post >= 0),
    aantal_regels integer NOT NULL CHECK (aantal_regels >= 1),
    boekdatum date NOT NULL CHECK (boekdatum BETWEEN '2000-01-01' AND '2100-12-31'),
    toelichting text NOT NULL, boeking uuid NOT NULL UNIQUE REFERENCES boeking,
    vastgelegd_op timestamptz NOT NULL CHECK (isfinite(vastgelegd_op)),
    PRIMARY KEY (traject, nummer));
CREATE TABLE inkoopafrekeningsregel (
    traject text NOT NULL, afrekening integer NOT NULL, nummer integer NOT NULL CHECK (nummer >= 1),
    deelnemer text NOT NULL, naam text NOT NULL, gewicht integer NOT NULL CHECK (gewicht >= 0),
    aandeel_cent bigint NOT NULL CHECK (aandeel_cent >= 0), eerder_cent bigint NOT NULL CHECK (eerder_cent >= 0),
    verschil_cent bigint NOT NULL, CHECK (verschil_cent = aandeel_cent - eerder_cent),
    PRIMARY KEY (traject, afrekening, nummer), UNIQUE (traject, afrekening, deelnemer),
    FOREIGN KEY (traject, afrekening) REFERENCES inkoopafrekening (traject, nummer));
CREATE TABLE inkoopsluiting (
    traject text PRIMARY KEY REFERENCES inkooptraject,
    boekdatum date NOT NULL CHECK (boekdatum BETWEEN '2000-01-01' AND '2100-12-31'),
    boeking uuid UNIQUE REFERENCES boeking,
    vastgelegd_op timestamptz NOT NULL CHECK (isfinite(vastgelegd_op)));

-- Everything about one traject happens one after the other.
CREATE FUNCTION vergrendel_inkooptraject(traject text) RETURNS void LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    SELECT public.vergrendel('inkooptraject ' || traject)
$$;

-- Numbers follow without a gap, and nothing comes after the end. One function for the tables that are numbered per traject.
CREATE FUNCTION inkoop_volgt_op() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE laatste integer;
BEGIN
    PERFORM public.vergrendel_inkooptraject(NEW.traject);
    EXECUTE format('SELECT coalesce(max(nummer), 0) FROM public.%I WHERE traject = $1', TG_TABLE_NAME)
        INTO laatste USING NEW.traject;
    IF NEW.nummer <> laatste + 1 OR EXISTS (SELECT FROM public.inkoopsluiting WHERE traject = NEW.traject) THEN
        RAISE EXCEPTION '% % % volgt niet op de laatste, of het traject is afgesloten', TG_TABLE_NAME, NEW.traject, NEW.nummer
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER inkoopmutatie_volgt_op BEFORE INSERT ON inkoopmutatie FOR EACH ROW EXECUTE FUNCTION inkoop_volgt_op();
CREATE TRIGGER inkooppost_volgt_op BEFORE INSERT ON inkooppost FOR EACH ROW EXECUTE FUNCTION inkoop_volgt_op();
CREATE TRIGGER inkoopmachtiging_volgt_op BEFORE INSERT ON inkoopmachtiging FOR EACH ROW EXECUTE FUNCTION inkoop_volgt_op();
CREATE TRIGGER inkoopafrekening_volgt_op BEFORE INSERT ON inkoopafrekening FOR EACH ROW EXECUTE FUNCTION inkoop_volgt_op();

CREATE FUNCTION inkoopmutatie_kan() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE gewicht integer;
BEGIN
    SELECT m.gewicht INTO gewicht FROM public.inkoopmutatie AS m
        WHERE m.traject = NEW.traject AND m.deelnemer = NEW.deelnemer AND m.nummer < NEW.nummer ORDER BY m.nummer DESC LIMIT 1;
    IF (NEW.soort = 'toetreding') <> (coalesce(gewicht, 0) = 0)
       OR NEW.gewicht > 1 AND EXISTS (SELECT FROM public.inkooptraject WHERE code = NEW.traject AND sleutel = 'gelijk')
       OR NEW.opgave IS NOT NULL AND NOT EXISTS (SELECT FROM public.inkoopopgave AS o JOIN public.inkooptraject AS t
           ON t.code = NEW.traject AND t.sleutel = 'inwoners' AND t.peildatum = o.peildatum
           WHERE o.id = NEW.opgave AND o.status = 'gereed' AND (o.deelnemer, o.inwoners) = (NEW.deelnemer, CAST(NEW.gewicht AS bigint))) THEN
        RAISE EXCEPTION 'inkooptraject %: % van % kan niet', NEW.traject, NEW.soort, NEW.deelnemer
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER inkoopmutatie_kan AFTER INSERT ON inkoopmutatie FOR EACH ROW EXECUTE FUNCTION inkoopmutatie_kan();

-- A storno mirrors one post that is no storno itself.
CREATE FUNCTION inkooppost_kan() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.inkooppost AS p WHERE p.traject = NEW.traject AND p.nummer = NEW.storneert
                   AND p.storneert IS NULL AND (p.bedrag_cent, p.btw_cent) = (-NEW.bedrag_cent, -NEW.btw_cent)
                   AND p.boeking = (SELECT storno_van FROM public.boeking WHERE id = NEW.boeking)
                   AND (p.soort, p.kostensoort, p.deelnemer) IS NOT DISTINCT FROM (NEW.soort, NEW.kostensoort, NEW.deelnemer)) THEN
        RAISE EXCEPTION 'inkooppost % % spiegelt post % niet', NEW.traject, NEW.nummer, NEW.storneert
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER inkooppost_kan AFTER INSERT ON inkooppost FOR EACH ROW WHEN (NEW.storneert IS NOT NULL)
    EXECUTE FUNCTION inkooppost_kan();

-- From the amount of its fonds on, somebody else let it: this amount of this kind, once.
CREATE FUNCTION inkooppost_gemachtigd() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.machtiging IS NULL AND abs(NEW.bedrag_cent) < coalesce(
           (SELECT vier_ogen_vanaf_cent FROM public.fonds WHERE code = NEW.traject), 9223372036854775807) THEN
        RETURN NEW;
    END IF;
    IF NOT EXISTS (SELECT FROM public.inkoopmachtiging AS m WHERE (m.traject, m.nummer) = (NEW.traject, NEW.machtiging)
                   AND m.bedrag_cent = abs(NEW.bedrag_cent) AND m.storneert IS NOT DISTINCT FROM NEW.storneert
                   AND m.soort = CASE WHEN NEW.storneert IS NULL THEN NEW.soort ELSE 'storno' END
                   AND m.deelnemer IS NOT DISTINCT FROM CASE WHEN NEW.storneert IS NULL THEN NEW.deelnemer END
                   AND NEW.vastgelegd_op < m.verloopt_op AND m.contract <> NEW.contract
                   AND (m.peer_id, m.rol) <> (NEW.peer_id, NEW.rol)) THEN
        RAISE EXCEPTION 'inkooppost % % heeft een ander niet gemachtigd', NEW.traject, NEW.nummer
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER inkooppost_gemachtigd BEFORE INSERT ON inkooppost FOR EACH ROW EXECUTE FUNCTION inkooppost_gemachtigd();
-- Its entry is its own and for its amounts (0010).
CREATE FUNCTION inkooppost_geboekt() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE kosten text := CASE NEW.kostensoort WHEN 'aanbesteding' THEN '4000' ELSE '4100' END;
BEGIN
    PERFORM public.eis_geboekt(NEW.boeking, NEW.traject, format('/v1/inkooptrajecten/%s/posten/%s', NEW.traject, NEW.nummer), NEW.boekdatum,
        ARRAY[CASE NEW.soort WHEN 'kosten' THEN kosten WHEN 'teruggave' THEN '1300' WHEN 'aflossing' THEN '1400' ELSE '1100' END, '4900',
              CASE NEW.soort WHEN 'voorfinanciering' THEN '1400' WHEN 'ontvangst' THEN '1300' ELSE '1100' END],
        ARRAY[NEW.bedrag_cent - NEW.btw_cent, NEW.btw_cent, -NEW.bedrag_cent]);
    RETURN NULL;
END $$;
CREATE TRIGGER inkooppost_geboekt AFTER INSERT ON inkooppost FOR EACH ROW EXECUTE FUNCTION inkooppost_geboekt();

CREATE FUNCTION weiger_afrekeningsregel_erbij() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.nummer <= (SELECT aantal_regels FROM public.inkoopafrekening
                      WHERE traject = NEW.traject AND nummer = NEW.afrekening) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'afrekening % % heeft geen plaats voor regel %', NEW.traject, NEW.afrekening, NEW.nummer
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER inkoopafrekeningsregel_niet_erbij BEFORE INSERT ON inkoopafrekeningsregel
    FOR EACH ROW EXECUTE FUNCTION weiger_afrekeningsregel_erbij();

-- A settlement divides all costs until now, to the cent, over who takes part, and goes on from the one before.
CREATE FUNCTION controleer_inkoopafrekening() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE aantal bigint; cent numeric; kosten numeric; erbij numeric;
BEGIN
    erbij := NEW.kosten_cent - coalesce((SELECT kosten_cent FROM public.inkoopafrekening
        WHERE traject = NEW.traject AND nummer = NEW.nummer - 1), 0);
    PERFORM public.eis_geboekt(NEW.boeking, NEW.traject, format('/v1/inkooptrajecten/%s/afrekeningen/%s', NEW.traject, NEW.nummer),
        NEW.boekdatum, ARRAY['1300', '8000'], ARRAY[erbij, -erbij]);
    SELECT count(*), coalesce(sum(aandeel_cent), 0) INTO aantal, cent FROM public.inkoopafrekeningsregel
        WHERE traject = NEW.traject AND afrekening = NEW.nummer;
    SELECT coalesce(sum(bedrag_cent), 0) INTO kosten FROM public.inkooppost
        WHERE traject = NEW.traject AND soort = 'kosten' AND nummer <= NEW.tot_post;
    IF (aantal, cent) IS DISTINCT FROM (NEW.aantal_regels::bigint, NEW.kosten_cent::numeric)
       OR kosten <> NEW.kosten_cent
       OR EXISTS (SELECT deelnemer, aandeel_cent FROM public.inkoopafrekeningsregel
                      WHERE traject = NEW.traject AND afrekening = NEW.nummer - 1 AND aandeel_cent > 0
                  EXCEPT SELECT deelnemer, eerder_cent FROM public.inkoopafrekeningsregel
                      WHERE traject = NEW.traject AND afrekening = NEW.nummer)
       OR EXISTS (SELECT deelnemer, eerder_cent FROM public.inkoopafrekeningsregel
                      WHERE traject = NEW.traject AND afrekening = NEW.nummer AND eerder_cent > 0
                  EXCEPT SELECT deelnemer, aandeel_cent FROM public.inkoopafrekeningsregel
                      WHERE traject = NEW.traject AND afrekening = NEW.nummer - 1) THEN
        RAISE EXCEPTION 'afrekening % % verdeelt haar kosten niet tot op de cent', NEW.traject, NEW.nummer
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER inkoopafrekening_klopt AFTER INSERT ON inkoopafrekening DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION controleer_inkoopafrekening();

-- Cost-neutral: nobody owes anything, VNG has its money back, all costs were divided, and every balance is zero.
CREATE FUNCTION inkoopsluiting_kan() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE laatste integer;
BEGIN
    PERFORM public.vergrendel_inkooptraject(NEW.traject);
    SELECT max(nummer) INTO laatste FROM public.inkoopafrekening WHERE traject = NEW.traject;
    IF EXISTS (SELECT FROM public.boekingsregel WHERE fonds = NEW.traject GROUP BY rekening HAVING sum(bedrag_cent) <> 0)
       OR (SELECT coalesce(sum(CASE soort WHEN 'voorfinanciering' THEN bedrag_cent WHEN 'aflossing' THEN -bedrag_cent END), 0)
           FROM public.inkooppost WHERE traject = NEW.traject) <> 0
       OR (SELECT coalesce(sum(bedrag_cent), 0) FROM public.inkooppost WHERE traject = NEW.traject AND soort = 'kosten')
          <> coalesce((SELECT kosten_cent FROM public.inkoopafrekening WHERE traject = NEW.traject AND nummer = laatste), 0)
       OR EXISTS (SELECT FROM (
              SELECT deelnemer, aandeel_cent AS cent FROM public.inkoopafrekeningsregel
                  WHERE traject = NEW.traject AND afrekening = laatste
              UNION ALL SELECT deelnemer, CASE soort WHEN 'ontvangst' THEN -bedrag_cent ELSE bedrag_cent END
                  FROM public.inkooppost WHERE traject = NEW.traject AND deelnemer IS NOT NULL) AS stand
              GROUP BY deelnemer HAVING sum(cent) <> 0) THEN
        RAISE EXCEPTION 'inkooptraject % is niet kostenneutraal', NEW.traject USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER inkoopsluiting_kan BEFORE INSERT ON inkoopsluiting FOR EACH ROW EXECUTE FUNCTION inkoopsluiting_kan();

CREATE TRIGGER inkoopopgave_niet_legen BEFORE TRUNCATE ON inkoopopgave FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER inkoopopgavelid_bevroren BEFORE UPDATE OR DELETE ON inkoopopgavelid
    FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER inkoopopgavelid_niet_legen BEFORE TRUNCATE ON inkoopopgavelid
    FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER inkoopmachtiging_bevroren BEFORE UPDATE OR DELETE ON inkoopmachtiging
    FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER inkoopmachtiging_niet_legen BEFORE TRUNCATE ON inkoopmachtiging
    FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER inkooptraject_bevroren BEFORE UPDATE OR DELETE ON inkooptraject FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER inkooptraject_niet_legen BEFORE TRUNCATE ON inkooptraject FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER inkoopmutatie_bevroren BEFORE UPDATE OR DELETE ON inkoopmutatie FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER inkoopmutatie_niet_legen BEFORE TRUNCATE ON inkoopmutatie FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER inkooppost_bevroren BEFORE UPDATE OR DELETE ON inkooppost FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER inkooppost_niet_legen BEFORE TRUNCATE ON inkooppost FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER inkoopafrekening_bevroren BEFORE UPDATE OR DELETE ON inkoopafrekening
    FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER inkoopafrekening_niet_legen BEFORE TRUNCATE ON inkoopafrekening
    FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER inkoopafrekeningsregel_bevroren BEFORE UPDATE OR DELETE ON inkoopafrekeningsregel
    FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER inkoopafrekeningsregel_niet_legen BEFORE TRUNCATE ON inkoopafrekeningsregel
    FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER inkoopsluiting_bevroren BEFORE UPDATE OR DELETE ON inkoopsluiting
    FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER inkoopsluiting_niet_legen BEFORE TRUNCATE ON inkoopsluiting
    FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
REVOKE ALL ON inkoopopgave, inkoopopgavelid, inkoopmachtiging FROM fonds_api;
GRANT SELECT, INSERT ON inkoopopgave, inkoopopgavelid, inkoopmachtiging TO fonds_api;
GRANT UPDATE (status, gereed_op, inwoners, probleem, aangevraagd_op) ON inkoopopgave TO fonds_api;
REVOKE ALL ON inkooptraject, inkoopmutatie, inkooppost, inkoopafrekening, inkoopafrekeningsregel, inkoopsluiting FROM fonds_api;
GRANT SELECT, INSERT ON inkooptraject, inkoopmutatie, inkooppost, inkoopafrekening, inkoopafrekeningsregel, inkoopsluiting
    TO fonds_api;
