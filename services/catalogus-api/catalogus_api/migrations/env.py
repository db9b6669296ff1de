from gemeengoed_kit.migrations import run

run("catalogus_api")
