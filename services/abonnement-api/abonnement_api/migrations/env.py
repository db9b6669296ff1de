from gemeengoed_kit.migrations import run

run("abonnement_api")
