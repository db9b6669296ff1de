from gemeengoed_kit.migrations import run

run("fonds_api")
