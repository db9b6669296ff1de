-- A bureau may have made it itself under this number.
INSERT INTO rekening (fonds, nummer, naam, soort) VALUES ('derdengelden', '2490', 'Betalingen onderweg', 'passiva')
    ON CONFLICT DO NOTHING;
