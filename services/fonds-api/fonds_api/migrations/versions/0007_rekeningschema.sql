ALTER TABLE rekening
    ADD boven text, ADD boekbaar boolean NOT NULL DEFAULT true,
    ADD prioriteit text CHECK (prioriteit ~ '^[A-Z][1-9]$'),
    ADD budgetsoort text CHECK (budgetsoort IN ('structureel', 'meerjarig', 'kortcyclisch')),
    ADD FOREIGN KEY (fonds, boven) REFERENCES rekening (fonds, nummer);
CREATE UNIQUE INDEX rekening_post_key ON rekening (fonds, prioriteit, budgetsoort) WHERE prioriteit IS NOT NULL;

-- The papers name no accounts. A lasten account for each begrotingspost (prioriteit × budgetsoort), so that each figure of a
-- report is the balance of an account.
INSERT INTO rekening (fonds, nummer, naam, soort, boekbaar) VALUES
    ('ggu', '0500', 'Algemene reserve', 'passiva', true),
    ('ggu', '0510', 'Reserve overgehevelde budgetten', 'passiva', true),
    ('ggu', '0900', 'Nog te bestemmen resultaat', 'passiva', true),
    ('ggu', '1310', 'Te verrekenen met gemeenten', 'passiva', true),
    ('ggu', '1600', 'Crediteuren', 'passiva', true),
    ('ggu', '4000', 'Bestedingen', 'lasten', false),
    ('ggu', '4900', 'Btw op bestedingen', 'lasten', true),
    ('ggu', '4990', 'Toevoeging aan reserves', 'lasten', true),
    ('ggu', '8100', 'Derde geldstromen', 'baten', true),
    ('ggu', '8200', 'Onttrekking aan reserves', 'baten', true);
INSERT INTO rekening (fonds, nummer, naam, soort, boven, boekbaar)
    SELECT 'ggu', '4' || lpad(nr || '0', 3, '0'), 'Bestedingen prioriteit ' || prioriteit, 'lasten', '4000', false
    FROM unnest(CAST('{A1,A2,B1,B2,B3,C1,C2,C3,D1,D2}' AS text[])) WITH ORDINALITY AS p (prioriteit, nr);
INSERT INTO rekening (fonds, nummer, naam, soort, boven, boekbaar, prioriteit, budgetsoort)
    SELECT 'ggu', substr(hoofd.nummer, 1, 3) || nr, hoofd.naam || ', ' || s.budgetsoort, 'lasten', hoofd.nummer, true,
           right(hoofd.naam, 2), s.budgetsoort
    FROM rekening AS hoofd, unnest(CAST('{structureel,meerjarig,kortcyclisch}' AS text[])) WITH ORDINALITY AS s (budgetsoort, nr)
    WHERE hoofd.fonds = 'ggu' AND hoofd.boven = '4000';
