INSERT INTO fonds (code, naam, omschrijving, bronvermelding, boekingsrollen) VALUES
    ('ggu', 'Fonds Gezamenlijke Gemeentelijke Uitvoering',
        'Waaruit gemeenten sinds 1 januari 2018 betalen wat zij samen uitvoeren.',
        'VNG, Meerjarenprogramma Gezamenlijke Gemeentelijke Uitvoering 2020-2024, Financiële basis', '{fondsbeheerder}'),
    ('derdengelden', 'Gelden van derden',
        'Wat gemeenten betalen voor Vertrouwenswerk jeugd, Kindertelefoon en Luisterend Oor, '
        'tot het is afgedragen aan wie ze aanbiedt.',
        'VNG, BALV 30-11-2016, voorstel D', '{fondsbeheerder,administratie}');

INSERT INTO rekening (fonds, nummer, naam, soort) VALUES
    ('ggu', '1100', 'Bank', 'activa'),
    ('ggu', '1300', 'Debiteuren gemeenten', 'activa'),
    ('ggu', '8000', 'Bijdragen gemeenten', 'baten'),
    ('derdengelden', '1100', 'Bank', 'activa'),
    ('derdengelden', '1300', 'Debiteuren gemeenten', 'activa'),
    ('derdengelden', '2310', 'Gefactureerd Vertrouwenswerk jeugd', 'passiva'),
    ('derdengelden', '2320', 'Gefactureerd Kindertelefoon', 'passiva'),
    ('derdengelden', '2330', 'Gefactureerd Luisterend Oor', 'passiva'),
    ('derdengelden', '2340', 'Gefactureerd Beheer en betaling', 'passiva'),
    ('derdengelden', '2410', 'Af te dragen aan stichting Advies- en Klachtenbureau jeugdzorg', 'passiva'),
    ('derdengelden', '2420', 'Af te dragen aan stichting Kindertelefoon', 'passiva'),
    ('derdengelden', '2430', 'Af te dragen aan stichting Sensoor', 'passiva'),
    ('derdengelden', '2440', 'Af te dragen aan administratiebureau', 'passiva'),
    ('derdengelden', '2900', 'Nog te koppelen ontvangsten', 'passiva');
